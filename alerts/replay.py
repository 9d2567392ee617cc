"""What a rule would have done: replayed over the archive before it is saved, and what it would have told.

Counts as ``alerts.firing`` does (``alerts.rehearsal``): one alert per story, again for a new tier of
outlets; articles found long after they were printed make none. Later versions are not replayed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.conditions import NEVER_ALONE, Conditions
from alerts.matching import ActiveRule
from alerts.rehearsal import Firing, by_time, of_articles, of_spikes, of_stories
from archive.models import Article
from archive.vietnam import VIETNAM
from classifiers.signals.names import NAMES as SIGNAL_NAMES
from search.port import Filters, SearchEngine

DAYS = 90
EXAMPLES = 10

Progress = Callable[[int, int], None]
"""Called with the number of rules done, and of all."""


@dataclass(frozen=True, slots=True)
class Replay:
    """``days``: what the archive covers of the span, at least 1. ``by_day``: firings by day, oldest first."""

    days: int
    articles: int
    alerts: int
    firings: int
    by_day: tuple[tuple[date, int], ...]
    examples: tuple[Article, ...]  # newest first

    @property
    def a_day(self) -> float:
        """Firings a day."""
        return self.firings / self.days

    @property
    def busiest(self) -> tuple[date, int] | None:
        """The day with most firings; None without any."""
        return max(self.by_day, key=lambda row: row[1], default=None)


def filters_of(conditions: Conditions, since: date, until: date) -> Filters:
    """The conditions as an engine understands them; what is asked of the story is not among them."""
    wanted = SIGNAL_NAMES if "*" in conditions.signals else conditions.signals
    return Filters(
        topics=conditions.topics,
        places=conditions.places,
        about=conditions.about,
        kinds=conditions.kinds,
        scopes=conditions.scopes,
        signals=tuple(signal for signal in wanted if signal not in NEVER_ALONE),
        since=since,
        until=until,
    )


def replay(engine: SearchEngine, active: ActiveRule, *, now: datetime, days: int = DAYS) -> Replay:
    """Raises ``EngineUnavailable``."""
    today = now.astimezone(VIETNAM).date()
    since = today - timedelta(days=days - 1)
    conditions = active.conditions
    ids = list(engine.scan(active.query, filters_of(conditions, since, today)))
    matched = by_time(ids)
    if conditions.spike_hours:
        firings = of_spikes(conditions, matched, now, timedelta(days=days))
    elif conditions.patient:
        firings = of_stories(conditions, matched)
    else:
        firings = of_articles(matched)
    by_day: Counter[date] = Counter()
    examples: list[Firing] = []
    for firing in firings:
        by_day[firing.at.astimezone(VIETNAM).date()] += 1
        if firing.first:
            examples.append(firing)
    examples.sort(key=lambda firing: firing.at)
    return Replay(
        days=_covered(since, today, days),
        articles=len(ids),
        alerts=len(examples),
        firings=sum(by_day.values()),
        by_day=tuple(sorted(by_day.items())),
        examples=tuple(firing.article for firing in reversed(examples[-EXAMPLES:])),
    )


def replay_all(
    engine: SearchEngine,
    rules: Iterable[ActiveRule],
    *,
    now: datetime,
    days: int = DAYS,
    progress: Progress = lambda done, total: None,
) -> Iterator[tuple[ActiveRule, Replay]]:
    """Every rule's replay, one after the other."""
    active = list(rules)
    for done, rule in enumerate(active, 1):
        yield rule, replay(engine, rule, now=now, days=days)
        progress(done, len(active))


def _covered(since: date, today: date, days: int) -> int:
    """An archive of a week says nothing of the other eighty-three days."""
    first = Article.objects.order_by("first_seen_at").values_list("first_seen_at", flat=True).first()
    if first is None:
        return 1
    return max(1, min(days, (today - max(since, first.astimezone(VIETNAM).date())).days + 1))
