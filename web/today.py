"""What the dashboard shows: today beside what is usual, the newest, the changed, the gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import dropwhile
from statistics import median

from django.db.models import Case, Count, Q, When
from django.db.models.functions import Coalesce

from archive.health import Completeness, SourceHealth, completeness, source_health
from archive.models import Article, ArticleEvent, Outlet, Revision, Source
from web.clock import day_start, days_before, today
from web.search_away import SearchAway, search_away

DAYS = 14
NEWEST = 12
LISTED = 8
UPCOMING = 5
# Days with articles before a number is called usual.
KNOWN_DAYS = 3
ATTENTION = ("failing", "silent", "quiet")


@dataclass(frozen=True, slots=True)
class Today:
    """One reading of the archive for the dashboard."""

    now: datetime
    day: date
    count: int
    usual_by_now: float | None  # median of earlier days up to this time of day
    days: tuple[tuple[date, int], ...]
    newest: list[Article]
    changed: list[Revision]
    changed_count: int
    gone: list[ArticleEvent]
    gone_count: int
    attention: list[SourceHealth]
    completeness: Completeness
    outlets: int
    sources: int
    articles: bool  # whether there is any article at all
    waiting: int  # archived but not yet findable
    away: SearchAway | None  # the search engine takes no articles now
    upcoming: list[Source]  # while there is no article: what is read next


def read_today(now: datetime) -> Today:
    """Everything in a fixed number of queries."""
    day = today(now)
    start = day_start(day)
    days, by_now = _counts(now, day)
    watched = dropwhile(lambda pair: pair[1] == 0, days[:-1])  # before the first articles nothing was read
    known = [by_now[earlier] for earlier, _ in watched]
    newest = list(Article.objects.select_related("outlet").defer("text", "segments")[:NEWEST])
    revisions = Revision.objects.filter(number__gt=1, seen_at__gte=start)
    events = ArticleEvent.objects.filter(kind=ArticleEvent.Kind.GONE, at__gte=start)
    attention = [health for health in source_health(now) if health.state in ATTENTION]
    attention.sort(key=lambda health: (ATTENTION.index(health.state), health.source.outlet.name))
    return Today(
        now=now,
        day=day,
        count=days[-1][1],
        usual_by_now=float(median(known)) if len(known) >= KNOWN_DAYS else None,
        days=tuple(days),
        newest=newest,
        changed=list(
            revisions.select_related("article__outlet")
            .defer("text", "lead", "article__text", "article__lead", "article__segments")
            .order_by("-material", "-seen_at")[:LISTED]
        ),
        changed_count=revisions.count(),
        gone=list(
            events.select_related("article__outlet")
            .defer("article__text", "article__segments")
            .order_by("-at")[:LISTED]
        ),
        gone_count=events.count(),
        attention=attention,
        completeness=completeness(start, now, now),
        outlets=Outlet.objects.filter(active=True).count(),
        sources=Source.objects.filter(active=True, outlet__active=True).count(),
        articles=bool(newest),
        waiting=Article.objects.filter(needs_index=True).count(),
        away=search_away(),
        upcoming=[] if newest else _upcoming(),
    )


def _upcoming() -> list[Source]:
    watched = Source.objects.filter(active=True, outlet__active=True).select_related("outlet")
    return list(watched.order_by("next_due_at", "pk")[:UPCOMING])


def _counts(now: datetime, day: date) -> tuple[list[tuple[date, int]], dict[date, int]]:
    """Articles by day of publication (of first sight where unknown): whole days, and up to this time."""
    days = days_before(day, DAYS)
    elapsed = now - day_start(day)
    starts = [day_start(each) for each in days]
    # Each day has two spans, up to this time of day and after it; an article is put into the newest span
    # that began before it. As ranges: SQLite would call Python for every row to cast a time to a day.
    edges = [edge for start in starts for edge in (Q(at__gte=start), Q(at__gt=start + elapsed))]
    span = Case(*(When(edges[place], then=place) for place in reversed(range(len(edges)))), default=-1)
    # What was published in these days was first seen in them too: an index has both times.
    found = dict(
        Article.objects.filter(first_seen_at__gte=starts[0])
        .annotate(at=Coalesce("published_at", "first_seen_at"))
        .filter(at__lt=starts[-1] + timedelta(days=1))
        .annotate(span=span)
        .order_by()
        .values_list("span")
        .annotate(Count("pk"))
    )
    part = {each: found.get(2 * place, 0) for place, each in enumerate(days)}
    return [(each, part[each] + found.get(2 * place + 1, 0)) for place, each in enumerate(days)], part
