"""The week on the dashboard: how much was written, on what, by whom, about which communes.

Everything but the total is counted by the search engine about the office's province, so that each
number is what the search page shows behind its link. Kept for ``KEPT_S``; ``at`` says from when it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from archive.models import Article
from cases.office import office
from search.port import EngineUnavailable, Filters, SearchEngine, SearchRequest, SearchResult
from search.query import parse
from web.clock import day_start, days_before, today
from web.dot_map import DotMap, dot_map
from web.engine import engine

KEPT_S = 120
DAYS = 7
TOPICS = 8
# More communes than any province has, and the units above and before them.
PLACES = 2000
KEY = "web.week"


@dataclass(frozen=True, slots=True)
class Row:
    """One topic or kind of outlet: articles of the last seven days and of the seven before."""

    code: str
    count: int
    before: int
    share: float  # of the seven days' articles, 0 to 1
    address: str  # of the search that finds them
    days: tuple[tuple[date, int], ...] = ()  # of topics: the fourteen days, oldest first


@dataclass(frozen=True, slots=True)
class Week:
    """One reading. ``problem``: why nothing could be counted by the engine, "" when it could."""

    at: datetime
    first: date  # of the last seven days
    last: date
    monday: date
    count: int  # of the calendar week so far, everything collected
    count_before: int  # of the week before, up to the same moment
    whole_before: int
    problem: str = ""
    total: int = 0  # about the province, seven days
    total_before: int = 0
    topics: tuple[Row, ...] = ()
    kinds: tuple[Row, ...] = ()
    communes: DotMap | None = None


def read_week(now: datetime) -> Week:
    """The week, at most ``KEPT_S`` old."""
    kept: Week | None = cache.get(KEY)
    if kept is None:
        kept = _read(now)
        cache.set(KEY, kept, KEPT_S)
    return kept


def _read(now: datetime) -> Week:
    last = today(now)
    first = last - timedelta(days=DAYS - 1)
    monday = last - timedelta(days=last.weekday())
    counts = _counts(now, monday)
    known = {"at": now, "first": first, "last": last, "monday": monday}
    try:
        return Week(**known, **counts, **_about_province(engine(), first, last))  # type: ignore[arg-type]
    except EngineUnavailable as error:
        return Week(**known, **counts, problem=str(error))  # type: ignore[arg-type]


def _counts(now: datetime, monday: date) -> dict[str, int]:
    start, before = day_start(monday), day_start(monday - timedelta(days=7))
    # As for the days (web.today): what was published in these weeks was first seen in them too.
    return (
        Article.objects.filter(first_seen_at__gte=before)
        .annotate(moment=Coalesce("published_at", "first_seen_at"))
        .order_by()
        .aggregate(
            count=Count("pk", filter=Q(moment__gte=start, moment__lte=now)),
            count_before=Count("pk", filter=Q(moment__gte=before, moment__lte=now - timedelta(days=7))),
            whole_before=Count("pk", filter=Q(moment__gte=before, moment__lt=start)),
        )
    )


def _about_province(door: SearchEngine, first: date, last: date) -> dict[str, object]:
    span = {"from": first.isoformat(), "to": last.isoformat()}
    earlier = first - timedelta(days=DAYS)
    this = _search(door, first, last)
    before = _search(door, earlier, first - timedelta(days=1))
    topics, topics_before = _facet(this, "topic"), _facet(before, "topic")
    kinds, kinds_before = _facet(this, "kind"), _facet(before, "kind")
    leading = sorted(topics, key=lambda code: (-topics[code], code))[:TOPICS]
    return {
        "total": this.total,
        "total_before": before.total,
        "topics": tuple(
            Row(
                code=code,
                count=topics[code],
                before=topics_before.get(code, 0),
                share=topics[code] / this.total,
                address=_address({"topic": code} | span),
                days=_days(door, code, earlier, last),
            )
            for code in leading
        ),
        "kinds": tuple(
            Row(
                code=code,
                count=kinds.get(code, 0),
                before=kinds_before.get(code, 0),
                share=kinds.get(code, 0) / this.total if this.total else 0.0,
                address=_address({"kind": code} | span),
            )
            for code in sorted(kinds | kinds_before, key=lambda code: (-kinds.get(code, 0), code))
        ),
        "communes": dot_map(
            _facet(this, "place"), last, lambda code: _address({"place": code, **span}, about=False)
        ),
    }


def _search(door: SearchEngine, since: date, until: date, topic: str = "") -> SearchResult:
    return door.search(
        SearchRequest(
            query=parse(""),
            filters=Filters(
                about=(office().code,), topics=(topic,) if topic else (), since=since, until=until
            ),
            size=1,
            facets=() if topic else ("topic", "kind", "place"),
            facet_size=PLACES,
            timeline=bool(topic),
            highlight=False,
        )
    )


def _facet(result: SearchResult, name: str) -> dict[str, int]:
    return {value.value: value.count for value in result.facets.get(name, ())}


def _days(door: SearchEngine, topic: str, first: date, last: date) -> tuple[tuple[date, int], ...]:
    found = dict(_search(door, first, last, topic).timeline)
    return tuple((day, found.get(day, 0)) for day in days_before(last, (last - first).days + 1))


def _address(params: Mapping[str, str], *, about: bool = True) -> str:
    return "?" + urlencode({"about": office().code, **params})
