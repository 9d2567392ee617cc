"""One page of hits from a view, by score or by time, and the cursor to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import tantivy
from django.utils.translation import gettext as _
from tantivy import FieldType, Occur, Order, Query

from search import cursor as cursors
from search.embedded.reader import View
from search.port import LARGEST_ID, CursorError, Sort

_SLACK = 200  # places by which the ranking may have moved when a view is no longer kept
_DEEPEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """Ids with scores (None when ordered by time), and the cursor; None after the last page."""

    hits: list[tuple[int, float | None]]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class _Hit:
    """``offset``: how many of its ranking come up to and with it."""

    id: int
    score: float
    part: int
    offset: int


def by_time(
    view: View, match: tantivy.Query, values: dict[str, cursors.Value], size: int, sort: Sort
) -> Page:
    """Newest or oldest first; the cursor holds where the last page ended, so additions shift nothing."""
    newest = sort is Sort.NEWEST
    query = match
    if values:
        last = cursors.number(values, "after", 2**64 - 1)
        low, high = (None, last) if newest else (last, None)
        rest = Query.range_query(
            view.schema,
            "recency",
            FieldType.Unsigned,
            low,
            high,
            include_lower=newest,
            include_upper=not newest,
        )
        query = Query.boolean_query([(Occur.Must, match), (Occur.Must, rest)])
    found = view.searcher.search(
        query, size + 1, count=False, order_by_field="recency", order=Order.Desc if newest else Order.Asc
    ).hits
    hits: list[tuple[int, float | None]] = [(recency & LARGEST_ID, None) for recency, _ in found[:size]]
    more = len(found) > size
    return Page(hits, cursors.encode({"sort": sort, "after": found[size - 1][0]}) if more else None)


def by_score(
    view: View, rankings: Sequence[tantivy.Query], values: dict[str, cursors.Value], size: int
) -> Page:
    """Best first, one of ``rankings`` after another, on the view of the first page.

    When that view is gone, the page goes on after the last hit in today's ranking.
    """
    part, offset = 0, 0
    if values:
        part = cursors.number(values, "part", len(rankings) - 1)
        offset = cursors.number(values, "offset", _DEEPEST)
        if values.get("view") != view.token:
            offset = _found_again(view, rankings[part], values, offset + size + _SLACK)
    found: list[_Hit] = []
    while part < len(rankings) and len(found) <= size:
        wanted = size + 1 - len(found)
        hits = view.searcher.search(rankings[part], wanted, count=False, offset=offset).hits
        found += [
            _Hit(number, float(score), part, offset + place)
            for place, (number, (score, _)) in enumerate(zip(_ids(view, hits), hits, strict=True), start=1)
        ]
        part, offset = part + 1, 0
    page: list[tuple[int, float | None]] = [(hit.id, hit.score) for hit in found[:size]]
    if len(found) <= size:
        return Page(page, None)
    last = found[size - 1]
    marks: dict[str, cursors.Value] = {"view": view.token, "part": last.part, "offset": last.offset}
    return Page(page, cursors.encode({"sort": Sort.RELEVANCE, **marks, "score": last.score, "id": last.id}))


def _ids(view: View, found: list[tuple[float, tantivy.DocAddress]]) -> list[int]:
    if not found:
        return []
    numbers = view.searcher.fast_field_values("id", [address for _, address in found])
    return [int(number) for number in numbers if number is not None]


def _found_again(view: View, ranking: tantivy.Query, values: dict[str, cursors.Value], depth: int) -> int:
    """How many come before the first hit after the last one shown, among the best ``depth``."""
    found = view.searcher.search(ranking, depth, count=False).hits
    ids = _ids(view, found)
    if values.get("id") in ids:
        return ids.index(int(values["id"])) + 1
    score = values.get("score")
    if not isinstance(score, (int, float)):
        raise CursorError(_("Dấu trang không đọc được; hãy tìm lại từ trang đầu"))
    return next((at for at, (found_score, _) in enumerate(found) if found_score < score), len(found))
