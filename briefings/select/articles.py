"""The articles about a province in a span of time, and what they are known by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from archive.models import Article, Finding, Revision, StoryLink
from briefings.inputs import ArticleInput, BeforeInput
from provinces.gazetteer import Gazetteer
from provinces.gazetteer.units import Level

CHUNK = 500  # parameters of one statement
AHEAD = timedelta(days=1)


@dataclass(slots=True)
class Marks:
    """Topics and communes of one article, strongest first."""

    topics: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def about(codes: Collection[str], starts: datetime, ends: datetime) -> QuerySet[Any]:
    """Articles printed after ``starts`` and until ``ends`` (first seen, where that is unknown)."""
    named = Finding.objects.filter(
        article=OuterRef("pk"), kind="province", label="about", code__in=codes
    ).exclude(status=Finding.Status.FALSE_ALARM)
    rows = Article.objects.annotate(at=Coalesce("published_at", "first_seen_at"))
    # What was printed in the span was first seen in it or later: the index on first_seen_at serves. A page
    # whose clock runs ahead may have been seen a little before the time it gives itself.
    rows = rows.filter(first_seen_at__gt=starts - AHEAD, at__gt=starts, at__lte=ends)
    return rows.filter(Exists(named))


def read_articles(
    codes: Collection[str], gazetteer: Gazetteer, starts: datetime, ends: datetime
) -> list[ArticleInput]:
    """Every article of the span, in the order of printing, at its newest revision."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    rows = list(
        about(codes, starts, ends)
        .annotate(revision=Subquery(newest.values("pk")[:1]), was=Subquery(newest.values("digest")[:1]))
        .select_related("outlet", "story")
        .only(
            *("title", "url", "published_at", "published_precision", "first_seen_at"),
            *("outlet__name", "outlet__kind", "outlet__scope", "story__origin"),
        )
        .order_by("at", "pk")
    )
    marks = _marks([row.pk for row in rows], codes, gazetteer)
    return [
        ArticleInput(
            id=row.pk,
            revision=row.revision,
            digest=row.was,
            title=row.title,
            outlet=row.outlet_id,
            outlet_name=row.outlet.name,
            kind=row.outlet.kind,
            scope=row.outlet.scope,
            url=row.url,
            at=row.at,
            precision=row.published_precision if row.published_at else "unknown",
            seen=row.first_seen_at,
            story=row.story_id,
            origin=row.story is None or row.story.origin_id == row.pk,
            topics=tuple(marks[row.pk].topics),
            places=tuple(marks[row.pk].places),
        )
        for row in rows
    ]


def read_before(
    codes: Collection[str], gazetteer: Gazetteer, starts: datetime, ends: datetime
) -> list[BeforeInput]:
    """The articles of the week before, as far as they are counted."""
    rows = list(
        about(codes, starts, ends)
        .values_list("pk", "outlet_id", "outlet__kind", "outlet__scope", "at", "story_id")
        .order_by("at", "pk")
    )
    marks = _marks([row[0] for row in rows], codes, gazetteer)
    return [
        BeforeInput(
            id=pk,
            outlet=outlet,
            kind=kind,
            scope=scope,
            at=at,
            story=story,
            topics=tuple(marks[pk].topics),
            places=tuple(marks[pk].places),
        )
        for pk, outlet, kind, scope, at, story in rows
    ]


def found_late(codes: Collection[str], starts: datetime, ends: datetime, before: datetime) -> list[int]:
    """Articles printed in the week before whose first sight came after its cut-off."""
    rows = about(codes, before, starts).filter(first_seen_at__gt=starts, first_seen_at__lte=ends)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def reprints(articles: Iterable[ArticleInput]) -> dict[int, int]:
    """Article → the one printed earlier that it took its text from, by the links of its story.

    Links follow the order of archiving; who reprinted whom follows that of printing.
    """
    rows = {row.id: row for row in articles}
    taken: dict[int, tuple[float, int]] = {}
    for some in _chunks(sorted(rows)):
        links = StoryLink.objects.filter(article__in=some, kind=StoryLink.Kind.REPRINT)
        for one, two, score in links.values_list("article_id", "other_id", "score"):
            if two not in rows or rows[one].story != rows[two].story:
                continue
            origin, copy = sorted((one, two), key=lambda pk: _printing(rows[pk]))
            taken[copy] = max(taken.get(copy, (0.0, -origin)), (score, -origin))
    return {copy: -origin for copy, (_, origin) in sorted(taken.items())}


def _printing(row: ArticleInput) -> tuple[datetime, bool, int]:
    """Of two at one moment an aggregator comes after the other."""
    return row.at, row.kind == "aggregator", row.id


def _marks(ids: list[int], codes: Collection[str], gazetteer: Gazetteer) -> dict[int, Marks]:
    found: dict[int, Marks] = defaultdict(Marks)
    for some in _chunks(ids):
        rows = (
            Finding.objects.filter(article__in=some, kind__in=("topic", "place"))
            .exclude(status=Finding.Status.FALSE_ALARM)
            .order_by("article", "kind", F("score").desc(), "pk")
        )
        for article, kind, label, code in rows.values_list("article_id", "kind", "label", "code"):
            marks = found[article]
            if kind == "topic" and label not in marks.topics:
                marks.topics.append(label)
            elif kind == "place":
                commune = _commune(code, codes, gazetteer)
                if commune and commune not in marks.places:
                    marks.places.append(commune)
    return found


def _commune(code: str, codes: Collection[str], gazetteer: Gazetteer) -> str:
    """The commune of the province that a code means today; "" for anything else."""
    rows = gazetteer.rows(code)
    if not rows or rows[-1].level is not Level.COMMUNE:
        return ""
    unit = rows[-1]
    if not set(gazetteer.province_codes_now(unit)) & set(codes):
        return ""
    heirs = gazetteer.successors(unit)
    return heirs[0].code if len(heirs) == 1 and heirs[0].level is Level.COMMUNE else unit.code


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
