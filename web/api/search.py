"""Searching: the same query language, filters and counts as the search page."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from archive.models import Article
from search.port import FACETS, SearchRequest, Sort
from search.query import ParsedQuery, parse
from search.service import lacking
from web.api.fields import Line, Params, Told
from web.api.operation import reads
from web.api.problems import bad_field
from web.api.scopes import Scope
from web.api.shapes import ArticleBrief, brief
from web.choices import LISTS, LONGEST_QUERY, LONGEST_VALUE, MOST_VALUES, Choices
from web.engine import engine
from web.facets import outlet_names, value_name
from web.results import collected

router = Router(tags=["search"])
FacetName = Literal["outlet", "topic", "place", "about", "kind", "scope", "signal"]


class Chosen(Params):
    """Query and filters, as in the search page's address (``since`` and ``until`` are its from and to)."""

    q: Line = Field("", max_length=LONGEST_QUERY, description="Query language: docs/search.md.")
    outlet: list[str] = Field(default_factory=list, max_length=MOST_VALUES)
    topic: list[str] = Field(default_factory=list, max_length=MOST_VALUES)
    about: list[str] = Field(default_factory=list, max_length=MOST_VALUES)
    place: list[str] = Field(default_factory=list, max_length=MOST_VALUES)
    kind: list[str] = Field(default_factory=list, max_length=MOST_VALUES)
    scope: list[str] = Field(default_factory=list, max_length=MOST_VALUES)
    signal: list[str] = Field(default_factory=list, max_length=MOST_VALUES)
    since: date | None = Field(None, description="First day, of Việt Nam.")
    until: date | None = Field(None, description="Last day, of Việt Nam.")
    gone: bool = Field(False, description="Only articles that were taken down.")


class SearchParams(Chosen):
    """One page of a search."""

    sort: Literal["relevance", "newest", "oldest"] | None = None
    size: int = Field(20, ge=1, le=200)
    cursor: str = Field("", max_length=2000, description="``next_cursor`` of the page before.")
    facets: list[FacetName] = Field(default_factory=list, max_length=len(FACETS))
    facet_size: int = Field(20, ge=1, le=1000)
    timeline: bool = False


class Passage(Told):
    """A piece of the text; ``highlights`` are code points of it."""

    text: str
    highlights: list[tuple[int, int]]


class HitTold(Told):
    """One article found. ``highlights``: field to code points of the stored text."""

    article: ArticleBrief
    score: float | None
    highlights: dict[str, list[tuple[int, int]]]
    passage: Passage | None


class FacetValue(Told):
    """How many of the hits carry a value."""

    value: str
    name: str
    count: int


class Day(Told):
    """Hits of one day of Việt Nam."""

    day: date
    count: int


class SearchTold(Told):
    """``total`` is exact. ``completeness``: told when nothing was found, for an outage looks the same, and
    while the search index lacks articles.
    """

    total: int
    items: list[HitTold]
    next_cursor: str | None
    facets: dict[str, list[FacetValue]]
    timeline: list[Day]
    completeness: str | None


@router.get("/search", response=SearchTold, summary="Search articles", **reads(Scope.SEARCH_READ))
def search_articles(request: HttpRequest, params: Query[SearchParams]) -> SearchTold:
    """Page on with ``next_cursor`` until it is null: every hit comes once."""
    query, choices = asked(params)
    result = engine().search(
        SearchRequest(
            query=query,
            filters=choices.filters,
            sort=Sort(params.sort) if params.sort else choices.default_sort,
            size=params.size,
            cursor=params.cursor or None,
            facets=tuple(dict.fromkeys(params.facets)),
            facet_size=params.facet_size,
            timeline=params.timeline,
        )
    )
    rows = Article.objects.select_related("outlet").defer("text").in_bulk([hit.id for hit in result.hits])
    outlets = outlet_names() if "outlet" in params.facets else {}
    gaps = lacking() or (None if result.total else collected(query, choices, timezone.now()).text)
    return SearchTold(
        total=result.total,
        items=[
            HitTold(
                article=brief(rows[hit.id]),
                score=hit.score,
                highlights={name: list(ranges) for name, ranges in hit.highlights.items()},
                passage=Passage(text=hit.snippet.text, highlights=list(hit.snippet.highlights))
                if hit.snippet
                else None,
            )
            for hit in result.hits
            if hit.id in rows
        ],
        next_cursor=result.next_cursor,
        facets={
            facet: [
                FacetValue(value=one.value, name=value_name(facet, one.value, outlets), count=one.count)
                for one in counts
            ]
            for facet, counts in result.facets.items()
        },
        timeline=[Day(day=day, count=count) for day, count in result.timeline],
        completeness=gaps,
    )


def asked(params: Chosen) -> tuple[ParsedQuery, Choices]:
    """Query and filters. Raises ``QuerySyntaxError``, ``Problem``."""
    values: dict[str, tuple[str, ...]] = {}
    for name in LISTS:
        given = tuple(dict.fromkeys(getattr(params, name)))
        if any(not value or len(value) > LONGEST_VALUE or "\x00" in value for value in given):
            raise bad_field(
                f"query.{name}", _("mỗi giá trị dài từ 1 đến %(most)d ký tự") % {"most": LONGEST_VALUE}
            )
        values[name] = given
    choices = Choices(q=params.q, values=values, since=params.since, until=params.until, gone=params.gone)
    return parse(params.q), choices
