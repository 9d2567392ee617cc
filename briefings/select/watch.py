"""How complete collection was in a span: outlet by outlet, with an estimate of what is missing."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from django.db.models import Count, Exists, F, Min, OuterRef

from archive.models import Article, Finding, Source, SourceHour
from briefings.inputs import WatchInput

HOUR = timedelta(hours=1)
RHYTHM = timedelta(days=28)  # history that a usual rhythm is read from
KNOWN_DAYS = 3
SURE = 6.0  # items that a rhythm must promise before their absence is called silence
LATE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Watched:
    """The span as a whole."""

    outlets: tuple[WatchInput, ...]
    sources: int
    unwatched: int
    outage: int
    began: datetime | None
    compared: bool  # whether readings go back before the span


def watched(codes: Collection[str], starts: datetime, ends: datetime, now: datetime) -> Watched:
    """What is known of the hours from ``starts`` to ``ends`` (the future left out)."""
    end = min(ends, now)
    first = starts.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    begun: datetime | None = SourceHour.objects.aggregate(Min("hour"))["hour__min"]
    meant = max(first, begun) if begun else end
    sources = list(Source.objects.filter(active=True, outlet__active=True).select_related("outlet"))
    hours = SourceHour.objects.filter(hour__gte=end - RHYTHM, hour__lt=end).order_by("hour")
    of: dict[int, list[SourceHour]] = defaultdict(list)
    tried: set[datetime] = set()
    outages: set[datetime] = set()
    read: set[datetime] = set()
    for row in hours.iterator():
        of[row.source_id].append(row)
        if row.hour >= meant:
            tried.add(row.hour)
            (read if row.good or row.failed else outages).add(row.hour)
    total = max(0, -int((meant - end) // HOUR))  # hours begun
    unwatched, outage = max(0, total - len(tried)), len(outages - read)
    late, share = _late(starts, end, begun), _shares(codes, end)
    outlets: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        outlets[source.outlet_id].append(source)
    rows = [
        _outlet(some, of, meant, end, unwatched + outage, late.get(key, 0), share.get(key, 0.0))
        for key, some in outlets.items()
    ]
    rows.sort(key=lambda row: (-(row.down + row.quiet), row.name, row.outlet))
    compared = begun is not None and begun < starts - timedelta(days=6)
    return Watched(
        outlets=tuple(rows),
        sources=len(sources),
        unwatched=unwatched,
        outage=outage,
        began=begun if begun is None or begun > starts else None,
        compared=compared,
    )


def _outlet(
    sources: list[Source],
    of: dict[int, list[SourceHour]],
    meant: datetime,
    end: datetime,
    unread: int,
    late: int,
    share: float,
) -> WatchInput:
    downs = [sum(1 for h in of[s.pk] if h.hour >= meant and h.failed and not h.good) for s in sources]
    rhythms = [_usual(of[s.pk], meant) for s in sources]
    missed = [
        usual / 24 * (down + unread) for usual, down in zip(rhythms, downs, strict=True) if usual is not None
    ]
    known = [usual for usual in rhythms if usual is not None]
    news = sorted(h.hour for s in sources for h in of[s.pk] if h.new_items and h.hour >= meant)
    quiet = _quiet(news, meant, end)
    if sum(known) / 24 * (quiet - max(downs) - unread) < SURE:
        quiet = 0
    outlet = sources[0].outlet
    return WatchInput(
        outlet=outlet.pk,
        name=outlet.name,
        down=max(downs),
        unread=unread,
        missed=round(sum(missed), 2) if missed else None,
        quiet=quiet,
        late=late,
        share=round(share, 4),
    )


def _usual(hours: list[SourceHour], meant: datetime) -> float | None:
    """Median of new items a day over days that were read for half of their hours or more."""
    items: dict[date, int] = defaultdict(int)
    good: dict[date, int] = defaultdict(int)
    for row in hours:
        items[row.day] += row.new_items
        good[row.day] += bool(row.good)
    days = sorted(day for day, count in good.items() if count >= 12)[1:]  # the first brought the backlog
    return float(median(items[day] for day in days)) if len(days) >= KNOWN_DAYS else None


def _quiet(news: list[datetime], meant: datetime, end: datetime) -> int:
    marks = [meant, *news, end]
    return max((int((b - a) // HOUR) for a, b in itertools.pairwise(marks)), default=0)


def _late(starts: datetime, end: datetime, begun: datetime | None) -> dict[str, int]:
    """By outlet; what had been printed before we ever read anything is no delay."""
    if begun is None:
        return {}
    rows = Article.objects.filter(
        published_precision="minute",
        published_at__gte=max(starts, begun),
        published_at__lte=end,
        first_seen_at__gte=F("published_at") + LATE,
    )
    return dict(rows.order_by().values_list("outlet_id").annotate(Count("pk")))


def _shares(codes: Collection[str], end: datetime) -> dict[str, float]:
    rows = Article.objects.filter(first_seen_at__gt=end - RHYTHM, first_seen_at__lte=end).order_by()
    named = Finding.objects.filter(article=OuterRef("pk"), kind="province", label="about", code__in=codes)
    every = dict(rows.values_list("outlet_id").annotate(Count("pk")))
    ours = dict(rows.filter(Exists(named)).values_list("outlet_id").annotate(Count("pk")))
    return {outlet: ours.get(outlet, 0) / count for outlet, count in every.items()}
