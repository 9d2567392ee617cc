"""One page of hits and the cursor to the next: ``search_after``, by score under a point in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from search import cursor as cursors
from search.elastic.connection import Connection
from search.port import LARGEST_ID, CursorError, Sort

KEEP_ALIVE = "5m"
_FAR = 2**40  # seconds, or a score


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, and the cursor to the next page."""

    hits: list[tuple[int, float | None]]
    raw: dict[str, Any]
    cursor: str | None


def fetch(
    connection: Connection,
    index: str,
    body: dict[str, Any],
    values: dict[str, cursors.Value],
    size: int,
    sort: Sort,
) -> Answer:
    """One page of ``body``; ``values`` come from the cursor, empty for the first page."""
    ranked = sort is Sort.RELEVANCE
    order = {Sort.NEWEST: "desc", Sort.OLDEST: "asc"}
    by_time = {"time": {"order": order.get(sort, ""), "format": "epoch_second"}}
    keys = [{"_score": "desc"}, {"id": "desc"}] if ranked else [by_time, {"id": order[sort]}]
    body = {**body, "sort": keys, "size": size + 1}
    if values:
        body["search_after"] = [_first_key(values, ranked), cursors.number(values, "id", LARGEST_ID)]
    pit = str(values.get("pit", "")) if ranked else ""

    def work(client: Elasticsearch) -> tuple[dict[str, Any], str]:
        if not ranked:
            return dict(client.search(index=index, **body)), ""
        return _under_pit(client, index, body, pit)

    raw, pit = connection.call(work)
    found = raw["hits"]["hits"]
    hits = [(int(hit["sort"][1]), float(hit["_score"]) if ranked else None) for hit in found[:size]]
    if len(found) <= size:
        if pit:
            connection.call(lambda client: _close(client, pit))
        return Answer(hits, raw, None)
    last = found[size - 1]["sort"]
    next_values: dict[str, cursors.Value] = {
        "sort": sort,
        "after": float(last[0]) if ranked else int(last[0]),
        "id": last[1],
    }
    if pit:
        next_values["pit"] = pit
    return Answer(hits, raw, cursors.encode(next_values))


def _under_pit(
    client: Elasticsearch, index: str, body: dict[str, Any], pit: str
) -> tuple[dict[str, Any], str]:
    """When the point in time has expired, the page goes on from the same score in today's index."""
    if pit:
        try:
            raw = client.search(**body, pit={"id": pit, "keep_alive": KEEP_ALIVE})
        except NotFoundError:
            pass
        else:
            return dict(raw), str(raw["pit_id"])
    pit = str(client.open_point_in_time(index=index, keep_alive=KEEP_ALIVE)["id"])
    raw = client.search(**body, pit={"id": pit, "keep_alive": KEEP_ALIVE})
    return dict(raw), str(raw["pit_id"])


def _close(client: Elasticsearch, pit: str) -> None:
    try:
        client.close_point_in_time(id=pit)
    except NotFoundError:
        return


def _first_key(values: dict[str, cursors.Value], ranked: bool) -> float | str:
    value = values.get("after")
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < _FAR:
        raise CursorError("Dấu trang không đọc được; hãy tìm lại từ trang đầu")
    return value if ranked else str(int(value))
