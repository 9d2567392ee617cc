"""Exact totals, facets and the timeline of a match, in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tantivy

from search.embedded.reader import View
from search.indexed import day_of
from search.port import FacetCount, SearchRequest

_MOST_DAYS = 65_000


@dataclass(frozen=True, slots=True)
class Counts:
    """See ``SearchResult``."""

    total: int
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    timeline: tuple[tuple[date, int], ...] = ()


def count(view: View, match: tantivy.Query) -> int:
    """The exact number of matches."""
    result = view.searcher.search(match, 1, order_by_field="id")
    return int(result.count)  # type: ignore[attr-defined]  # missing from tantivy's stubs


def count_all(view: View, match: tantivy.Query, request: SearchRequest) -> Counts:
    """What ``request`` wants counted."""
    wanted: dict[str, Any] = {
        name: {"terms": {"field": name, "size": request.facet_size, "order": {"_count": "desc"}}}
        for name in request.facets
    }
    if request.timeline:
        wanted["day"] = {"terms": {"field": "day", "size": _MOST_DAYS}}
    if not wanted:
        return Counts(count(view, match))
    wanted["total"] = {"value_count": {"field": "id"}}
    answer = view.searcher.aggregate(match, wanted)
    days = sorted((int(b["key"]), int(b["doc_count"])) for b in answer.get("day", {}).get("buckets", ()))
    return Counts(
        total=int(answer["total"]["value"]),
        facets={name: _facet(answer[name]) for name in request.facets},
        timeline=tuple((day_of(day), number) for day, number in days),
    )


def _facet(answer: dict[str, Any]) -> tuple[FacetCount, ...]:
    return tuple(FacetCount(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer["buckets"])
