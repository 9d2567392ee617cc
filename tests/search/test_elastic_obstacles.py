"""A real server that lacks a part, may not be written to, or whose answer is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch

from es_mappings import INDEX_PREFIX, READ_ALIAS, WRITE_ALIAS
from search.elastic import ElasticEngine
from search.elastic.indexes import INDEX_VERSION, Indexes
from search.port import EngineUnavailable, SearchRequest, Sort
from search.query import parse
from tests.search.elastic_engine import SharedElastic, elastic_config
from tests.search.makers import Store, document

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def shared(elasticsearch_url: str) -> Iterator[SharedElastic]:
    own = SharedElastic(elasticsearch_url)
    yield own
    own.remove()


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url, request_timeout=60) as opened:
        yield opened


@pytest.fixture
def parted(shared: SharedElastic, client: Elasticsearch) -> Iterator[ElasticEngine]:
    """Five articles, and behind the same aliases an older index whose shard no node holds."""
    shared.engine.index([document(number, "lũ về") for number in range(1, 6)])
    older = f"{shared.prefix}{INDEX_PREFIX}0"
    client.indices.create(
        index=older,
        mappings={"_meta": {"version": INDEX_VERSION}},
        settings={"index.routing.allocation.require._name": "nobody"},
        aliases={
            shared.prefix + READ_ALIAS: {},
            shared.prefix + WRITE_ALIAS: {"is_write_index": False},
            f"{older}-only": {},
        },
        wait_for_active_shards=0,
    )
    engine = ElasticEngine(
        elastic_config(shared.url, elasticsearch_timeout=5.0), Store(), prefix=shared.prefix
    )
    yield engine
    engine.close()


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
def test_a_part_is_never_shown_as_all(parted: ElasticEngine, sort: Sort) -> None:
    with pytest.raises(EngineUnavailable):
        parted.search(SearchRequest(parse("lũ"), sort=sort))


def test_a_part_is_never_counted_listed_or_called_sound(parted: ElasticEngine) -> None:
    with pytest.raises(EngineUnavailable, match="một phần"):
        parted.count(parse("lũ"))
    with pytest.raises(EngineUnavailable):
        list(parted.ids())
    assert not parted.health().ok


def test_an_article_whose_index_cannot_be_read_waits_and_is_not_written_twice(
    parted: ElasticEngine, shared: SharedElastic, client: Elasticsearch
) -> None:
    with pytest.raises(EngineUnavailable, match="chưa đọc được chỉ mục"):
        parted.index([document(2, "bão tan")])
    newest = f"{shared.prefix}{INDEX_PREFIX}1"
    client.indices.refresh(index=newest)
    assert client.count(index=newest, q="title:bao")["count"] == 0


@pytest.mark.parametrize("block", ["write", "read_only"])
def test_an_index_that_may_not_be_written_to_sets_no_article_aside(
    shared: SharedElastic, client: Elasticsearch, block: str
) -> None:
    shared.engine.index([document(1, "lũ")])
    (live,) = client.indices.get_alias(name=shared.prefix + READ_ALIAS)
    client.indices.put_settings(index=live, settings={f"index.blocks.{block}": True})
    try:
        with pytest.raises(EngineUnavailable, match=r"chưa nhận 2 bài .*cluster_block_exception"):
            shared.engine.index([document(2, "lũ"), document(3, "lũ")])
    finally:
        client.indices.put_settings(index=live, settings={f"index.blocks.{block}": None})
    assert shared.engine.index([document(2, "lũ"), document(3, "lũ")]).failed == ()
    assert list(shared.engine.ids()) == [1, 2, 3]


def test_a_full_disk_makes_articles_wait(
    shared: SharedElastic, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server blocks an index so when its disk is nearly full."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    shared.engine.index([document(1, "lũ")])
    (live,) = client.indices.get_alias(name=shared.prefix + READ_ALIAS)
    client.indices.put_settings(index=live, settings={"index.blocks.read_only_allow_delete": True})
    with pytest.raises(EngineUnavailable, match="chưa nhận 1 bài"):
        shared.engine.index([document(2, "lũ")])
    client.indices.put_settings(index=live, settings={"index.blocks.read_only_allow_delete": None})
    assert shared.engine.index([document(2, "lũ")]).indexed == (2,)


def test_aliases_that_were_forgotten_when_an_index_was_put_back_are_mended(
    shared: SharedElastic, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.elastic.rollover.load", lambda name: {"conditions": {"max_docs": 2}})
    engine = shared.engine
    for number in (1, 2, 3):
        engine.index([document(number, "lũ")])
    read = shared.prefix + READ_ALIAS
    before = client.indices.get_alias(name=f"{shared.prefix}*").body
    assert len(before) == 2
    for name, index in before.items():
        client.indices.delete_alias(index=name, name=[each for each in index["aliases"] if each != read])
    with pytest.raises(EngineUnavailable):
        engine.index([document(4, "lũ")])
    assert engine.index([document(1, "bão"), document(4, "bão")]).failed == ()
    assert list(engine.ids()) == [1, 2, 3, 4]
    assert list(engine.scan(parse("bão"))) == [1, 4]
    after = client.indices.get_alias(name=f"{shared.prefix}*").body
    assert {name: set(after[name]["aliases"]) for name in before} == {
        name: set(index["aliases"]) for name, index in before.items()
    }
    writable = [
        index["aliases"][shared.prefix + WRITE_ALIAS].get("is_write_index") for index in after.values()
    ]
    assert writable.count(True) == 1


@pytest.mark.parametrize("lost", [1, 9], ids=["once", "for good"])
def test_the_lost_answer_to_a_swap_never_removes_the_index_in_use(
    shared: SharedElastic, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    engine = shared.engine
    engine.index([document(number, "lũ") for number in range(3)])
    swap, left = Indexes.swap, [lost]

    def answerless(self: Indexes, client: Elasticsearch, made: str) -> None:
        swap(self, client, made)
        if left[0]:
            left[0] -= 1
            raise ConnectionTimeout("the answer did not come")

    monkeypatch.setattr(Indexes, "swap", answerless)
    documents = [document(number, "bão") for number in range(3)]
    if lost == 1:
        assert engine.rebuild(documents).indexed == 3
    else:
        with pytest.raises(EngineUnavailable, match="không trả lời"):
            engine.rebuild(documents)
    assert list(engine.scan(parse("bão"))) == [0, 1, 2]
    live = client.indices.get_alias(index=f"{shared.prefix}*")
    (aliases,) = [set(index["aliases"]) for index in live.values()]
    assert {shared.prefix + READ_ALIAS, shared.prefix + WRITE_ALIAS} <= aliases
    engine.index([document(3, "bão")])
    assert engine.count(parse("bão")) == 4
