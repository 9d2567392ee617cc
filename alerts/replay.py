"""What a rule would have done: replayed over the archive before it is saved, and what it would have told.

Counts as ``alerts.firing`` does: one alert per story, again for a new tier of outlets; articles found
long after they were printed make none. Later versions of an article are not replayed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.conditions import NEVER_ALONE, Conditions
from alerts.fingerprint import tier_of
from alerts.firing import FRESH
from alerts.matching import ActiveRule
from alerts.names import SIGNALS
from archive.models import Article, Story
from archive.stories import printed_at
from archive.vietnam import VIETNAM
from search.port import Filters, SearchEngine

DAYS = 90
EXAMPLES = 10
_CHUNK = 500

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
    """The conditions as an engine understands them; the size of the story is not among them."""
    wanted = SIGNALS if "*" in conditions.signals else conditions.signals
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
    sizes = dict(Story.objects.values_list("pk", "size")) if conditions.min_size > 1 else {}
    by_day: Counter[date] = Counter()
    tiers: dict[int, set[str]] = {}
    examples: list[Article] = []
    alerts = 0
    for article in _by_time(ids):
        if article.first_seen_at - printed_at(article) > FRESH:
            continue
        story = article.story_id
        if story is not None and sizes.get(story, conditions.min_size) < conditions.min_size:
            continue
        known = tiers.setdefault(story if story is not None else -article.pk, set())
        if not known:
            alerts += 1
            examples.append(article)
        if tier_of(article) not in known:
            known.add(tier_of(article))
            by_day[article.first_seen_at.astimezone(VIETNAM).date()] += 1
    return Replay(
        days=_covered(since, today, days),
        articles=len(ids),
        alerts=alerts,
        firings=sum(by_day.values()),
        by_day=tuple(sorted(by_day.items())),
        examples=tuple(reversed(examples[-EXAMPLES:])),
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


def _by_time(ids: list[int]) -> list[Article]:
    """The articles without their texts, in the order in which they were seen."""
    found: list[Article] = []
    for start in range(0, len(ids), _CHUNK):
        rows = Article.objects.filter(pk__in=ids[start : start + _CHUNK]).select_related("outlet")
        found += rows.defer("text", "lead")
    return sorted(found, key=lambda row: (row.first_seen_at, row.pk))


def _covered(since: date, today: date, days: int) -> int:
    """An archive of a week says nothing of the other eighty-three days."""
    first = Article.objects.order_by("first_seen_at").values_list("first_seen_at", flat=True).first()
    if first is None:
        return 1
    return max(1, min(days, (today - max(since, first.astimezone(VIETNAM).date())).days + 1))
