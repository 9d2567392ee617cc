"""Everything that matches, in order and complete; and matching a fresh batch against many queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from elasticsearch import Elasticsearch

from search.elastic.compile import Dsl
from search.elastic.connection import Connection
from search.elastic.pages import KEEP_ALIVE
from search.port import EngineUnavailable

_CHUNK = 5_000
_IDS_AT_ONCE = 1_000
_QUERIES_AT_ONCE = 50


def rising_ids(connection: Connection, index: str, match: Dsl) -> Iterator[int]:
    """Every id once, as of now: a point in time is opened before this returns."""
    opened = connection.call(lambda client: client.open_point_in_time(index=index, keep_alive=KEEP_ALIVE))
    return _pages(connection, str(opened["id"]), match)


def _pages(connection: Connection, pit: str, match: Dsl) -> Iterator[int]:
    after: list[Any] = []
    try:
        while True:
            body: dict[str, Any] = {"search_after": after} if after else {}

            def page(client: Elasticsearch, body: dict[str, Any] = body) -> dict[str, Any]:
                return dict(
                    client.search(
                        query=match,
                        size=_CHUNK,
                        sort=[{"id": "asc"}],
                        source=False,
                        track_total_hits=False,
                        allow_partial_search_results=False,  # a part would pass for all
                        pit={"id": pit, "keep_alive": KEEP_ALIVE},
                        **body,
                    )
                )

            hits = connection.call(page)["hits"]["hits"]
            yield from (int(hit["sort"][0]) for hit in hits)
            if len(hits) < _CHUNK:
                return
            after = hits[-1]["sort"]
    finally:
        with suppress(EngineUnavailable):  # it ends by itself
            connection.call(lambda client: client.options(ignore_status=404).close_point_in_time(id=pit))


def matched(
    connection: Connection, index: str, queries: Mapping[str, Dsl], ids: Sequence[int]
) -> dict[str, list[int]]:
    """Which ids match each query: named queries over the ids, for want of a percolator."""
    found: dict[str, list[int]] = {name: [] for name in queries}
    names = list(queries)
    for first in range(0, len(ids), _IDS_AT_ONCE):
        some_ids = list(ids[first : first + _IDS_AT_ONCE])
        for start in range(0, len(names), _QUERIES_AT_ONCE):
            some = names[start : start + _QUERIES_AT_ONCE]
            named = [{"bool": {"filter": [queries[name]], "_name": str(at)}} for at, name in enumerate(some)]
            query = {
                "bool": {"filter": [{"terms": {"id": some_ids}}], "should": named, "minimum_should_match": 1}
            }
            answer = connection.call(
                lambda client, query=query, size=_IDS_AT_ONCE: client.search(  # type: ignore[misc]
                    index=index,
                    query=query,
                    size=size,
                    sort=[{"id": "asc"}],
                    source=False,
                    allow_partial_search_results=False,
                )
            )
            for hit in answer["hits"]["hits"]:
                for at in hit.get("matched_queries", ()):
                    found[some[int(at)]].append(int(hit["sort"][0]))
    return found
