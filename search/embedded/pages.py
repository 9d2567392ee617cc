"""One page of hits from a view, by score or by time, and the cursor to the next."""

from __future__ import annotations

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


def by_score(view: View, ranked: tantivy.Query, values: dict[str, cursors.Value], size: int) -> Page:
    """Best first, on the view of the first page; when that is gone, after the last hit in today's ranking."""
    offset = cursors.number(values, "offset", _DEEPEST) if values else 0
    if not values or values.get("view") == view.token:
        found = view.searcher.search(ranked, size + 1, count=False, offset=offset).hits
        ids = _ids(view, found)
    else:
        found = view.searcher.search(ranked, offset + size + _SLACK, count=False).hits
        ids = _ids(view, found)
        skip = _after(found, ids, values)
        found, ids = found[skip : skip + size + 1], ids[skip : skip + size + 1]
        offset = skip
    hits: list[tuple[int, float | None]] = [
        (number, float(score)) for number, (score, _) in zip(ids[:size], found[:size], strict=True)
    ]
    if len(found) <= size:
        return Page(hits, None)
    last_score, last_id = found[size - 1][0], ids[size - 1]
    return Page(
        hits,
        cursors.encode(
            {
                "sort": Sort.RELEVANCE,
                "view": view.token,
                "offset": offset + size,
                "score": last_score,
                "id": last_id,
            }
        ),
    )


def _ids(view: View, found: list[tuple[float, tantivy.DocAddress]]) -> list[int]:
    if not found:
        return []
    numbers = view.searcher.fast_field_values("id", [address for _, address in found])
    return [int(number) for number in numbers if number is not None]


def _after(
    found: list[tuple[float, tantivy.DocAddress]], ids: list[int], values: dict[str, cursors.Value]
) -> int:
    if values.get("id") in ids:
        return ids.index(int(values["id"])) + 1
    score = values.get("score")
    if not isinstance(score, (int, float)):
        raise CursorError(_("Dấu trang không đọc được; hãy tìm lại từ trang đầu"))
    return next((at for at, (found_score, _) in enumerate(found) if found_score < score), len(found))
