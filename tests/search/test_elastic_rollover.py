"""An index that has grown to its limit stays, the next begins, and no article is in two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from elasticsearch import Elasticsearch

from es_mappings import INDEX_PREFIX, READ_ALIAS, ROLLOVER, WRITE_ALIAS, load
from search.port import Document, SearchRequest, Sort
from search.query import parse
from tests.search.elastic_engine import SharedElastic
from tests.search.makers import all_pages, document

pytestmark = pytest.mark.elasticsearch

LIMIT = 10


@pytest.fixture
def shared(elasticsearch_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[SharedElastic]:
    """Indexes that roll over at ten articles instead of fifty gigabytes."""
    monkeypatch.setattr("search.elastic.rollover.load", lambda name: {"conditions": {"max_docs": LIMIT}})
    own = SharedElastic(elasticsearch_url)
    yield own
    own.remove()


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url, request_timeout=60) as opened:
        yield opened


def held(client: Elasticsearch, shared: SharedElastic) -> dict[str, int]:
    """Articles in each index behind the read alias."""
    client.indices.refresh(index=shared.prefix + READ_ALIAS)
    names = client.indices.get_alias(name=shared.prefix + READ_ALIAS)
    return {
        name.removeprefix(f"{shared.prefix}{INDEX_PREFIX}"): int(client.count(index=name)["count"])
        for name in sorted(names)
    }


def news(first: int, last: int, title: str = "lũ về") -> list[Document]:
    return [document(number, title) for number in range(first, last + 1)]


def test_an_index_at_its_limit_stays_and_the_next_begins(
    shared: SharedElastic, client: Elasticsearch
) -> None:
    engine = shared.engine
    engine.index(news(1, 9))
    assert held(client, shared) == {"1": 9}
    engine.index(news(10, 12))
    engine.index(news(13, 15))
    assert held(client, shared) == {"1": 12, "2": 3}
    alias = shared.prefix + WRITE_ALIAS
    writing = client.indices.get_alias(name=alias)
    newest = [n for n, index in writing.items() if index["aliases"][alias]["is_write_index"]]
    assert newest == [f"{shared.prefix}{INDEX_PREFIX}2"]
    assert engine.differences() == []


def test_an_article_of_an_older_index_is_replaced_where_it_is(
    shared: SharedElastic, client: Elasticsearch
) -> None:
    engine = shared.engine
    engine.index(news(1, 10))
    engine.index(news(11, 13))
    report = engine.index([*news(5, 12, "bão tan"), *news(14, 14)])
    assert sorted(report.indexed) == [5, 6, 7, 8, 9, 10, 11, 12, 14]
    assert held(client, shared) == {"1": 10, "2": 4}
    assert list(engine.ids()) == [*range(1, 15)]
    assert list(engine.scan(parse("bão"))) == [*range(5, 13)]
    assert engine.count(parse("lũ")) == 6


def test_pages_facets_and_matching_run_over_all_indexes(shared: SharedElastic) -> None:
    engine = shared.engine
    for first in range(1, 31, 10):
        batch = news(first, first + 9, "lũ quét công an")
        engine.index([replace(each, outlet=f"bao-{each.id % 3}") for each in batch])
    for sort in Sort:
        assert sorted(all_pages(engine, "lũ", 7, sort)) == [*range(1, 31)], sort
    assert all_pages(engine, "công an", 7, Sort.NEWEST) == [*range(30, 0, -1)]
    result = engine.search(SearchRequest(parse('"công an"'), facets=("outlet",), timeline=True))
    assert [each.count for each in result.facets["outlet"]] == [10, 10, 10]
    assert sum(number for _, number in result.timeline) == result.total == 30
    assert engine.match({"rule": parse("lũ NEAR/2 công")}, [3, 13, 23]) == {"rule": [3, 13, 23]}


def test_deleting_and_rebuilding_leave_no_article_behind(
    shared: SharedElastic, client: Elasticsearch
) -> None:
    engine = shared.engine
    engine.index(news(1, 10))
    engine.index(news(11, 20))
    engine.delete([2, 12])
    assert engine.count(parse("lũ")) == 18

    def archive() -> Iterator[Document]:
        for made in news(1, 25):
            yield made
            if made.id == 20:  # the index step goes on meanwhile, in an older index and in the newest
                engine.index(news(3, 3, "bão tan") + news(21, 21, "bão tan"))

    assert engine.rebuild(archive()).indexed == 25
    assert [*held(client, shared).values()] == [25]
    assert list(engine.ids()) == [*range(1, 26)]
    assert list(engine.scan(parse("bão"))) == [3, 21]
    engine.index(news(7, 7, "bão tan"))
    engine.index(news(7, 7, "bão lớn"))
    assert list(engine.ids()) == [*range(1, 26)]


def test_an_older_index_that_a_rebuild_replaced_is_not_made_again(
    shared: SharedElastic, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The write was on its way to an older index when the rebuild swapped."""
    engine = shared.engine
    engine.index(news(1, 10))
    engine.index(news(11, 11))
    stale = ["1"]
    engine.rebuild(news(1, 11))
    names = [f"{shared.prefix}{INDEX_PREFIX}{number}" for number in stale]
    monkeypatch.setattr(
        "search.elastic.rollover._homes",
        lambda connection, indexes, keys: dict.fromkeys(keys, indexes.own_alias(names[0])),
    )
    assert engine.index(news(4, 4, "bão tan")).indexed == (4,)
    assert list(engine.ids()) == [*range(1, 12)]
    assert not client.indices.exists(index=names[0])


def test_the_limit_is_in_the_files(elasticsearch_url: str, client: Elasticsearch) -> None:
    own = SharedElastic(elasticsearch_url)
    try:
        own.engine.index(news(1, 20))
        assert held(client, own) == {"1": 20}
        assert load(ROLLOVER)["conditions"] == {"max_primary_shard_size": "50gb"}
    finally:
        own.remove()
