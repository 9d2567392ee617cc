"""Exact totals, facets and the timeline of a match, in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tantivy

from search.embedded.reader import View
from search.indexed import day_of
from search.port import FacetCount, SearchRequest

_MOST_DAYS = _MOST_SETS = 65_000


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
    wanted: dict[str, Any] = {name: _values(name, request.facet_size) for name in request.facets}
    if "topic" in wanted:
        wanted["topic"] = _values("topic_set", _MOST_SETS)
    if request.timeline:
        wanted["day"] = _values("day", _MOST_DAYS)
    if not wanted:
        return Counts(count(view, match))
    if not request.timeline:
        wanted["total"] = {"value_count": {"field": "id"}}
    answer = view.searcher.aggregate(match, wanted)
    days = sorted((int(b["key"]), int(b["doc_count"])) for b in answer.get("day", {}).get("buckets", ()))
    facets = {name: _facet(answer[name]) for name in request.facets}
    if "topic" in facets:
        facets["topic"] = _of_sets(facets["topic"], request.facet_size)
    return Counts(
        total=sum(number for _, number in days) if request.timeline else int(answer["total"]["value"]),
        facets=facets,
        timeline=tuple((day_of(day), number) for day, number in days),
    )


def _values(field: str, size: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size, "order": {"_count": "desc"}}}


def _facet(answer: dict[str, Any]) -> tuple[FacetCount, ...]:
    return tuple(FacetCount(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer["buckets"])


def _of_sets(counted: Iterable[FacetCount], size: int) -> tuple[FacetCount, ...]:
    """The most frequent topics, from how many documents have each set of them."""
    totals: Counter[str] = Counter()
    for each in counted:
        totals.update(dict.fromkeys(each.value.split(), each.count))
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, number) for value, number in ranked[:size])
