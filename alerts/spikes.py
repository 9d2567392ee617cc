"""Spikes: more is printed on a topic about a province than is usual at that hour of the week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property

from django.conf import settings

from alerts.conditions import Conditions
from alerts.matching import Match
from alerts.names import topic_name
from alerts.rhythm import WEEKS, Rhythm, rhythm
from archive.models import Article, Finding
from archive.stories import printed_at
from provinces.gazetteer import Gazetteer
from provinces.loader import gazetteer_of
from search.port import Document

MOST_HOURS = 72
LISTED = 20  # articles of a spike that are shown


@dataclass(frozen=True, slots=True)
class Beat:
    """What a rhythm is of: a topic, and the province of today (its code) that articles are about."""

    topic: str
    province: str


@dataclass(frozen=True, slots=True)
class Spike:
    """A rule's match in a time of more articles than usual. ``articles``: of the window, newest first."""

    match: Match
    beat: Beat
    rhythm: Rhythm
    articles: tuple[int, ...]
    at: datetime


class Beats:
    """The times of articles by topic and province over the weeks up to ``until``; a topic is read once."""

    def __init__(self, until: datetime, back: timedelta = timedelta()):
        self._since = until - back - timedelta(weeks=WEEKS, hours=MOST_HOURS)
        self._until = until
        self._topics: dict[str, dict[str, list[tuple[float, int]]]] = {}

    @cached_property
    def begin(self) -> float:
        """Since when the archive can tell (POSIX seconds)."""
        first = Article.objects.order_by("first_seen_at").values_list("first_seen_at", flat=True).first()
        return max(self._since, first or self._until).timestamp()

    def rows(self, beat: Beat) -> list[tuple[float, int]]:
        """(POSIX seconds when printed, article) in the order of time."""
        return self._of(beat.topic).get(beat.province, [])

    def listened_to(self, conditions: Conditions) -> Iterator[Beat]:
        """Every rhythm that there is for a rule: its topics and provinces, or all."""
        known = Finding.objects.filter(kind="topic").order_by("label").values_list("label", flat=True)
        for topic in conditions.topics or known.distinct():
            for province in sorted(self._of(topic)):
                if not conditions.about or province in conditions.about:
                    yield Beat(topic, province)

    def _of(self, topic: str) -> dict[str, list[tuple[float, int]]]:
        if topic not in self._topics:
            self._topics[topic] = self._read(topic)
        return self._topics[topic]

    def _read(self, topic: str) -> dict[str, list[tuple[float, int]]]:
        told = Finding.objects.filter(kind="topic", label=topic).exclude(status=Finding.Status.FALSE_ALARM)
        articles = Article.objects.filter(pk__in=told.values("article"), first_seen_at__gte=self._since).only(
            "published_at", "published_precision", "first_seen_at"
        )
        about = Finding.objects.filter(kind="province", label="about", article__in=articles.values("pk"))
        about = about.exclude(status=Finding.Status.FALSE_ALARM)
        provinces: dict[int, set[str]] = {}
        for article_id, code in about.values_list("article", "code"):
            provinces.setdefault(article_id, set()).update(_now(code))
        found: dict[str, list[tuple[float, int]]] = {}
        for article in articles.iterator():
            for code in provinces.get(article.pk, ()):
                found.setdefault(code, []).append((printed_at(article).timestamp(), article.pk))
        for rows in found.values():
            rows.sort()
        return found


def beats_of(conditions: Conditions, document: Document) -> list[Beat]:
    """The rhythms that a rule listens to in an article: its topics and provinces, of those that are asked."""
    topics = [topic for topic in document.topics if not conditions.topics or topic in conditions.topics]
    about = [code for code in document.about if not conditions.about or code in conditions.about]
    return [Beat(topic, code) for topic in topics for code in about]


def spikes_of(match: Match, beats: Beats) -> list[Spike]:
    """The spikes that an article which meets the rule is part of."""
    conditions, at = match.active.conditions, printed_at(match.article)
    found = []
    for beat in beats_of(conditions, match.document):
        rows = beats.rows(beat)
        times = [time for time, _ in rows]
        seen = rhythm(times, at.timestamp(), conditions.spike_hours, beats.begin)
        if seen is not None and seen.unusual(conditions.spike_count):
            start = at.timestamp() - conditions.spike_hours * 3600
            inside = [pk for time, pk in rows if start < time <= at.timestamp()]
            found.append(Spike(match, beat, seen, tuple(reversed(inside[-LISTED:])), at))
    return found


def spike_words(spike: Spike) -> str:
    """ "12 bài về Đất đai ở Phú Thọ trong 6 giờ, thường 2"."""
    seen, hours = spike.rhythm, spike.match.active.conditions.spike_hours
    usual = f"{seen.usual:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    where = f"{topic_name(spike.beat.topic)} ở {province_name(spike.beat.province)}"
    return f"{seen.count} bài về {where} trong {hours} giờ, thường {usual}"


def rhythm_words(spike: Spike) -> str:
    """What "usual" was counted from."""
    seen = spike.rhythm
    windows = (
        f"cùng giờ cùng thứ của {seen.windows} tuần" if seen.weekly else f"cùng giờ của {seen.windows} ngày"
    )
    return f"Thường: trung bình {windows} trước; khả năng ngẫu nhiên nhỏ hơn 1 phần nghìn."


@cache
def _gazetteer() -> Gazetteer:
    return gazetteer_of(settings.DIEMBAO_PROVINCE)


@cache
def _now(code: str) -> tuple[str, ...]:
    rows = _gazetteer().rows(code)
    return tuple(_gazetteer().province_codes_now(rows[-1])) if rows else ((code,) if code else ())


@cache
def province_name(code: str) -> str:
    """The province's name today; the code itself when nobody knows it."""
    rows = _gazetteer().rows(code)
    return rows[-1].name if rows else code
