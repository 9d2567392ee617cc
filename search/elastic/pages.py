"""One page of hits and the cursor to the next: ``search_after``, by score under a point in time.

Hits and counts are asked for side by side: who only wants the best hits may leave most matches unread,
and who only counts need not score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch, NotFoundError

from search import cursor as cursors
from search.elastic.best import best
from search.elastic.connection import Connection
from search.port import LARGEST_ID, CursorError, Sort
from search.ranking import Ranking

KEEP_ALIVE = "5m"
_FAR = 2**40  # seconds, or a score

Found = tuple[list[tuple[int, dict[str, Any]]], dict[str, Any], str]
"""Hits, each with the number of its ranking; what was counted; the point in time."""
Ask = Callable[[Elasticsearch, dict[str, Any]], Found]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits as (id, score), what was counted, and the cursor to the next page."""

    hits: list[tuple[int, float | None]]
    counted: dict[str, Any]
    cursor: str | None


def fetch(
    connection: Connection,
    pool: ThreadPoolExecutor,
    index: str,
    rankings: Sequence[Ranking[dict[str, Any]]],
    counts: dict[str, Any],
    values: dict[str, cursors.Value],
    size: int,
    sort: Sort,
    *,
    few: bool,
) -> Answer:
    """One page of ``rankings``, one after another, and ``counts``; ``values`` come from the cursor.

    ``few``: how the rankings were made, for those of the next page to be the same.
    """
    ranked = sort is Sort.RELEVANCE
    order = {Sort.NEWEST: "desc", Sort.OLDEST: "asc"}
    by_time = {"time": {"order": order.get(sort, ""), "format": "epoch_second"}}
    keys: list[dict[str, Any]] = (
        [{"_score": "desc"}, {"id": "desc"}] if ranked else [by_time, {"id": order[sort]}]
    )
    part = cursors.number(values, "part", len(rankings) - 1) if values else 0
    after = [_first_key(values, ranked), cursors.number(values, "id", LARGEST_ID)] if values else None
    pit = str(values.get("pit", "")) if ranked else ""

    def both(client: Elasticsearch, where: dict[str, Any]) -> Found:
        whole = {**where, "allow_partial_search_results": False}  # a part would pass for all
        counting = pool.submit(lambda: dict(client.search(**whole, **counts)))
        found: list[tuple[int, dict[str, Any]]] = []
        used = ""
        for number in range(part, len(rankings)):
            start = after if number == part else None
            hits, used = best(client, whole, rankings[number], keys, start, size + 1 - len(found))
            found += [(number, hit) for hit in hits]
            if len(found) > size:
                break
        return found, counting.result(), used

    def work(client: Elasticsearch) -> Found:
        return _under_pit(client, index, both, pit) if ranked else both(client, {"index": index})

    found, counted, pit = connection.call(work)
    hits = [(int(hit["sort"][1]), float(hit["_score"]) if ranked else None) for _, hit in found[:size]]
    if len(found) <= size:
        if pit:
            connection.call(lambda client: _close(client, pit))
        return Answer(hits, counted, None)
    part, last = found[size - 1][0], found[size - 1][1]["sort"]
    next_values: dict[str, cursors.Value] = {
        "sort": sort,
        "part": part,
        "few": int(few),
        "after": float(last[0]) if ranked else int(last[0]),
        "id": last[1],
    }
    if pit:
        next_values["pit"] = pit
    return Answer(hits, counted, cursors.encode(next_values))


def _under_pit(client: Elasticsearch, index: str, ask: Ask, pit: str) -> Found:
    """When the point in time has expired, the page goes on from the same score in today's index."""
    if pit:
        with suppress(NotFoundError):
            return ask(client, {"pit": {"id": pit, "keep_alive": KEEP_ALIVE}})
    pit = str(client.open_point_in_time(index=index, keep_alive=KEEP_ALIVE)["id"])
    return ask(client, {"pit": {"id": pit, "keep_alive": KEEP_ALIVE}})


def _close(client: Elasticsearch, pit: str) -> None:
    try:
        client.close_point_in_time(id=pit)
    except NotFoundError:
        return


def _first_key(values: dict[str, cursors.Value], ranked: bool) -> float | str:
    value = values.get("after")
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < _FAR:
        raise CursorError(_("Dấu trang không đọc được; hãy tìm lại từ trang đầu"))
    return value if ranked else str(int(value))
