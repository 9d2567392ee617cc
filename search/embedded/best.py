"""The best hits of one ranking, places compared only where that is needed."""

from __future__ import annotations

from dataclasses import dataclass

import tantivy
from tantivy import Occur, Order, Query

from search.embedded.reader import View
from search.ranking import CANDIDATES, Ranking

_MOST_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Hit:
    """``offset``: how many of its ranking come up to and with it; of its candidates, if it was ``loose``."""

    id: int
    score: float
    offset: int
    loose: bool


def first(view: View, ranking: Ranking[Query], wanted: int) -> list[Hit]:
    """The best ``wanted``; fewer when there are no more."""
    if ranking.loose is not None and ranking.near is not None:
        candidates = _hits(view, ranking.loose, 0, CANDIDATES, loose=True)
        found = _near(view, ranking.near, candidates)
        if len(found) >= wanted or len(candidates) < CANDIDATES:
            return found[:wanted]
    return _hits(view, ranking.whole, 0, wanted, loose=False)


def following(view: View, ranking: Ranking[Query], offset: int, wanted: int, *, loose: bool) -> list[Hit]:
    """The next ``wanted`` after ``offset``, which is that of a hit with the same ``loose``."""
    if not (loose and ranking.loose is not None and ranking.near is not None):
        return _hits(view, ranking.whole, offset, wanted, loose=False)
    found: list[Hit] = []
    size = CANDIDATES
    while True:
        candidates = _hits(view, ranking.loose, offset, size, loose=True)
        found += _near(view, ranking.near, candidates)
        if len(found) >= wanted or len(candidates) < size:
            return found[:wanted]
        offset += size
        size = min(size * 4, _MOST_AT_ONCE)


def ids_of(view: View, addresses: list[tantivy.DocAddress]) -> list[int]:
    """The ids of documents."""
    numbers = view.searcher.fast_field_values("id", addresses) if addresses else []
    return [int(number) for number in numbers if number is not None]


def _hits(view: View, query: Query, offset: int, wanted: int, *, loose: bool) -> list[Hit]:
    found = view.searcher.search(query, wanted, count=False, offset=offset).hits
    ids = ids_of(view, [address for _, address in found])
    return [
        Hit(number, float(score), offset + place, loose)
        for place, (number, (score, _)) in enumerate(zip(ids, found, strict=True), start=1)
    ]


def _near(view: View, near: Query, candidates: list[Hit]) -> list[Hit]:
    if not candidates:
        return []
    batch = Query.term_set_query(view.schema, "id", sorted(hit.id for hit in candidates))
    both = Query.boolean_query([(Occur.Must, batch), (Occur.Must, near)])
    found = view.searcher.search(both, len(candidates), count=False, order_by_field="id", order=Order.Asc)
    matches = {int(number) for number, _ in found.hits}
    return [hit for hit in candidates if hit.id in matches]
