"""One page of hits from a view, by score or by time, and the cursor to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import tantivy
from django.utils.translation import gettext as _
from tantivy import FieldType, Occur, Order, Query

from search import cursor as cursors
from search.embedded.best import Hit, first, following, ids_of
from search.embedded.reader import View
from search.port import LARGEST_ID, CursorError, Sort
from search.ranking import Ranking

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


def by_score(
    view: View, rankings: Sequence[Ranking[tantivy.Query]], values: dict[str, cursors.Value], size: int
) -> Page:
    """Best first, one of ``rankings`` after another, on the view of the first page.

    When that view is gone, the page goes on after the last hit in today's ranking.
    """
    found: list[tuple[int, Hit]] = []
    part = 0
    if values:
        part = cursors.number(values, "part", len(rankings) - 1)
        offset = cursors.number(values, "offset", _DEEPEST)
        loose = bool(cursors.number(values, "loose", 1))
        if values.get("view") != view.token:
            offset = _found_again(view, rankings[part], values, offset + size + _SLACK, loose)
        found = [(part, hit) for hit in following(view, rankings[part], offset, size + 1, loose=loose)]
        part += 1
    while part < len(rankings) and len(found) <= size:
        found += [(part, hit) for hit in first(view, rankings[part], size + 1 - len(found))]
        part += 1
    page: list[tuple[int, float | None]] = [(hit.id, hit.score) for _, hit in found[:size]]
    if len(found) <= size:
        return Page(page, None)
    part, last = found[size - 1]
    marks: dict[str, cursors.Value] = {
        "sort": Sort.RELEVANCE,
        "view": view.token,
        "part": part,
        "offset": last.offset,
        "loose": int(last.loose),
        "score": last.score,
        "id": last.id,
    }
    return Page(page, cursors.encode(marks))


def _found_again(
    view: View, ranking: Ranking[tantivy.Query], values: dict[str, cursors.Value], depth: int, loose: bool
) -> int:
    """How many come before the first hit after the last one shown, among the best ``depth``."""
    query = ranking.loose if loose and ranking.loose is not None else ranking.whole
    found = view.searcher.search(query, depth, count=False).hits
    ids = ids_of(view, [address for _, address in found])
    if values.get("id") in ids:
        return ids.index(int(values["id"])) + 1
    score = values.get("score")
    if not isinstance(score, (int, float)):
        raise CursorError(_("Dấu trang không đọc được; hãy tìm lại từ trang đầu"))
    return next((at for at, (found_score, _) in enumerate(found) if found_score < score), len(found))
