"""When a rule would have fired over the articles of the past: the same judgements as ``alerts.firing``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.conditions import Conditions
from alerts.fingerprint import tier_of
from alerts.firing import FRESH
from alerts.reach import printing_of, spread_enough
from alerts.rhythm import rhythm
from alerts.spike_firing import MORE
from alerts.spikes import Beats
from archive.models import Article
from archive.stories import printed_at

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Firing:
    """``first``: of a new alert; else of one that is told again. ``article``: the one that says why."""

    article: Article
    at: datetime
    first: bool


def by_time(ids: Sequence[int]) -> list[Article]:
    """The articles without their texts, in the order in which they were seen."""
    found: list[Article] = []
    for start in range(0, len(ids), _CHUNK):
        rows = Article.objects.filter(pk__in=ids[start : start + _CHUNK]).select_related("outlet")
        found += rows.defer("text", "lead")
    return sorted(found, key=_seen)


def of_articles(matched: Iterable[Article]) -> Iterator[Firing]:
    """Of a rule that asks nothing of the story: at once, and again for each new tier of outlets."""
    tiers: dict[int, set[str]] = {}
    for article in filter(_fresh, matched):
        known = tiers.setdefault(_subject(article), set())
        tier = tier_of(article)
        if tier not in known:
            yield Firing(article, article.first_seen_at, first=not known)
            known.add(tier)


def of_stories(conditions: Conditions, matched: Sequence[Article]) -> Iterator[Firing]:
    """Of a rule that waits for the story: when it has spread enough, whoever of it came last."""
    meets = {article.pk for article in matched if _fresh(article)}
    alone = [article for article in matched if article.story_id is None]
    stories = {article.story_id for article in matched if article.story_id is not None}
    groups = [*_members(stories), *([article] for article in alone)]
    for members in groups:
        yield from _of_story(conditions, members, meets)


def _of_story(conditions: Conditions, members: Sequence[Article], meets: Collection[int]) -> Iterator[Firing]:
    because: Article | None = None
    fired: set[str] = set()
    for place, article in enumerate(members, 1):
        if because is None and article.pk in meets:
            because = article
        if because is None:
            continue
        printings = [printing_of(one) for one in members[:place]]
        tiers = {one.tier for one in printings}
        if fired:
            if tiers - fired:
                yield Firing(because, article.first_seen_at, first=False)
                fired |= tiers
        elif _fresh(article) and spread_enough(conditions, printings):
            yield Firing(because, article.first_seen_at, first=True)
            fired = tiers


def of_spikes(
    conditions: Conditions, matched: Iterable[Article], now: datetime, back: timedelta
) -> Iterator[Firing]:
    """Of a rule for spikes: once a spell, and again for a new tier or twice as many articles."""
    known = {article.pk: article for article in matched if _fresh(article)}
    beats = Beats(now, back)
    for beat in beats.listened_to(conditions):
        yield from _of_beat(conditions, beats.rows(beat), beats.begin, known)


def _of_beat(
    conditions: Conditions, rows: Sequence[tuple[float, int]], begin: float, known: Mapping[int, Article]
) -> Iterator[Firing]:
    times, span = [time for time, _ in rows], conditions.spike_hours * 3600.0
    until, count, tiers = float("-inf"), 0, set[str]()
    for time, pk in rows:
        article = known.get(pk)
        seen = rhythm(times, time, conditions.spike_hours, begin) if article is not None else None
        if article is None or seen is None or not seen.unusual(conditions.spike_count):
            continue
        tier = tier_of(article)
        first = time - until > span
        if first:
            tiers = set()
        told = first or tier not in tiers or seen.count >= MORE * count
        if told:
            yield Firing(article, article.first_seen_at, first=first)
            count = seen.count
        until, tiers = time, tiers | {tier}


def _members(stories: Collection[int]) -> Iterator[list[Article]]:
    wanted = sorted(stories)
    for start in range(0, len(wanted), _CHUNK):
        rows = Article.objects.filter(story__in=wanted[start : start + _CHUNK]).select_related("outlet")
        groups: dict[int | None, list[Article]] = {}
        for article in sorted(rows.defer("text", "lead"), key=_seen):
            groups.setdefault(article.story_id, []).append(article)
        yield from groups.values()


def _fresh(article: Article) -> bool:
    return article.first_seen_at - printed_at(article) <= FRESH


def _subject(article: Article) -> int:
    return article.story_id if article.story_id is not None else -article.pk


def _seen(article: Article) -> tuple[datetime, int]:
    return article.first_seen_at, article.pk
