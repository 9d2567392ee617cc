"""The best hits of one ranking, places compared only where that is needed."""

from __future__ import annotations

from typing import Any

from elasticsearch import Elasticsearch

from search.ranking import CANDIDATES, Ranking

Dsl = dict[str, Any]


def best(
    client: Elasticsearch,
    where: Dsl,
    ranking: Ranking[Dsl],
    keys: list[Dsl],
    after: list[Any] | None,
    wanted: int,
) -> tuple[list[Dsl], str]:
    """The best ``wanted`` after the keys ``after``, fewer when there are no more; and the point in time."""
    body: Dsl = {**where, "source": False, "track_total_hits": False}
    page: Dsl = {**body, "sort": keys, **({"search_after": after} if after else {})}
    if ranking.loose is not None and ranking.near is not None:
        candidates = client.search(**page, query=ranking.loose, size=CANDIDATES)["hits"]["hits"]
        # By _id, not by the field id: terms of a number look dear enough for the server to find all of NEAR.
        batch = {"bool": {"filter": [{"ids": {"values": [hit["_id"] for hit in candidates]}}, ranking.near]}}
        answer = client.search(**body, query=batch, size=CANDIDATES)
        near = {hit["_id"] for hit in answer["hits"]["hits"]}
        found = [hit for hit in candidates if hit["_id"] in near]
        if len(found) >= wanted or len(candidates) < CANDIDATES:
            return found[:wanted], str(answer.get("pit_id", ""))
    answer = client.search(**page, query=ranking.whole, size=wanted)
    return list(answer["hits"]["hits"]), str(answer.get("pit_id", ""))
