"""What only a real server can show: templates, refused documents, pressure, a server that dies."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from elasticsearch import ApiError, Elasticsearch

from es_mappings import INDEX_PREFIX, READ_ALIAS
from search.elastic import ElasticEngine
from search.elastic.indexes import Indexes
from search.port import Document, IndexUnreadable, SearchError, SearchRequest
from search.query import parse
from tests.search.elastic_engine import SharedElastic, elastic_config, remove
from tests.search.makers import Store, document, found

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def shared(elasticsearch_url: str) -> Iterator[SharedElastic]:
    own = SharedElastic(elasticsearch_url)
    yield own
    own.remove()


@pytest.fixture
def engine(shared: SharedElastic) -> ElasticEngine:
    return shared.engine


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url, request_timeout=60) as opened:
        yield opened


def test_the_live_index_is_what_the_files_say(
    engine: ElasticEngine, shared: SharedElastic, client: Elasticsearch
) -> None:
    engine.index([document(1, "lũ")])
    assert engine.differences() == []
    (name,) = client.indices.get_alias(name=shared.prefix + READ_ALIAS)
    assert name == f"{shared.prefix}{INDEX_PREFIX}1"
    client.indices.put_settings(index=name, settings={"refresh_interval": "7s"})
    assert engine.differences() == [
        f'{name}: settings.index.refresh_interval: wanted "1s", the cluster has "7s"'
    ]


def test_a_document_that_the_server_refuses_is_set_aside_with_its_reason(engine: ElasticEngine) -> None:
    too_long = replace(document(2, "lũ"), topics=("x" * 40_000,))
    report = engine.index([document(1, "lũ"), too_long, document(3, "lũ")])
    assert report.indexed == (1, 3)
    ((number, reason),) = report.failed
    assert number == 2
    assert "immense term" in reason
    assert sorted(found(engine, "lũ")) == [1, 3]


def test_an_index_of_another_version_is_said_and_rebuilt(
    engine: ElasticEngine, shared: SharedElastic, client: Elasticsearch
) -> None:
    engine.index([document(1, "lũ")])
    client.indices.put_mapping(index=shared.prefix + READ_ALIAS, meta={"version": "old"})
    other = ElasticEngine(elastic_config(shared.url), Store(), prefix=shared.prefix)
    assert "diembao reindex" in other.health().message
    with pytest.raises(IndexUnreadable, match="phiên bản old"):
        other.count(parse("lũ"))
    assert other.rebuild([document(1, "lũ"), document(2, "lũ")]).indexed == 2
    assert other.count(parse("lũ")) == 2
    other.close()


def test_an_index_that_was_removed_is_said_and_made_again(
    engine: ElasticEngine, shared: SharedElastic, client: Elasticsearch
) -> None:
    engine.index([document(1, "lũ")])
    (name,) = client.indices.get_alias(name=shared.prefix + READ_ALIAS)
    client.indices.delete(index=name)
    with pytest.raises(IndexUnreadable, match="diembao reindex"):
        engine.count(parse("lũ"))
    engine.rebuild([document(1, "lũ")])
    assert engine.count(parse("lũ")) == 1


def test_articles_wait_while_there_is_no_index_and_are_not_set_aside(
    engine: ElasticEngine, shared: SharedElastic, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the index goes after the older ones were asked for."""
    engine.index([document(1, "lũ")])
    (name,) = client.indices.get_alias(name=shared.prefix + READ_ALIAS)
    client.indices.delete(index=name)
    monkeypatch.setattr(Indexes, "older", lambda self, client: [])
    with pytest.raises(IndexUnreadable, match="diembao reindex"):
        engine.index([document(2, "lũ")])


def test_an_article_is_never_twice_under_the_read_alias(
    engine: ElasticEngine, shared: SharedElastic, client: Elasticsearch
) -> None:
    """One id, made from the canonical URL, in one index: whatever rebuilds and writers do meanwhile."""
    articles = [document(number, f"lũ số {number}") for number in range(800)]
    engine.index(articles)
    seen: list[tuple[int, int, int]] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            try:
                answer = client.search(
                    index=shared.prefix + READ_ALIAS,
                    size=0,
                    track_total_hits=True,
                    allow_partial_search_results=False,
                    aggregations={"ids": {"cardinality": {"field": "id", "precision_threshold": 40_000}}},
                )
            except ApiError:
                continue  # its index was replaced under it: no answer, and no wrong one
            indexes = client.indices.get_alias(name=shared.prefix + READ_ALIAS)
            total = answer["hits"]["total"]["value"]
            seen.append((total, answer["aggregations"]["ids"]["value"], len(indexes)))

    def archive() -> Iterator[Document]:
        for number, article in enumerate(articles):
            yield article
            if number % 200 == 0:
                engine.index([replace(article, title=f"bão số {number}") for article in articles[:50]])

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(3):
        engine.rebuild(archive())
    stop.set()
    looking.join()
    assert len(seen) > 3
    assert {(total, different, indexes) for total, different, indexes in seen} == {(800, 800, 1)}
    held = client.search(index=f"{shared.prefix}{INDEX_PREFIX}*", size=0, track_total_hits=True)
    assert held["hits"]["total"]["value"] == 800


def test_words_of_several_syllables_come_before_syllables_of_other_words(elasticsearch_url: str) -> None:
    own = SharedElastic(elasticsearch_url, lambda batch: {each.id: kept[each.id] for each in batch})
    split = "Cô giáo, dục học sinh tiến tới"  # the same syllables side by side, of two words
    documents = [document(1, "x", "Chuyện giáo dục ở đây bắt đầu"), document(2, "x", split)]
    kept = {1: "0//0010000", 2: "0//0000000"}
    try:
        own.engine.index(documents)
        assert found(own.engine, "giao duc") == [1, 2]
        assert own.engine.count(parse("giao duc")) == 2
        kept.update({1: "0//0000000", 2: "0//0010000"})
        own.engine.index(documents)
        assert found(own.engine, "giao duc") == [2, 1]
    finally:
        own.remove()


def test_what_a_dead_rebuild_left_is_taken_over(
    engine: ElasticEngine, shared: SharedElastic, client: Elasticsearch
) -> None:
    engine.index([document(1, "lũ")])
    client.indices.create(
        index=f"{shared.prefix}{INDEX_PREFIX}7", aliases={shared.prefix + "diembao-articles-building": {}}
    )
    engine.rebuild([document(2, "lũ")])
    assert list(client.indices.get(index=f"{shared.prefix}*")) == [f"{shared.prefix}{INDEX_PREFIX}8"]
    assert found(engine, "lũ") == [2]


def test_a_page_after_the_point_in_time_has_expired(engine: ElasticEngine, client: Elasticsearch) -> None:
    engine.index([document(number, "lũ " * (number + 1)) for number in range(30)])
    first = engine.search(SearchRequest(parse("lũ"), size=10))
    client.close_point_in_time(id=_pit(first.next_cursor))
    second = engine.search(SearchRequest(parse("lũ"), size=10, cursor=first.next_cursor))
    ids = [hit.id for hit in (*first.hits, *second.hits)]
    assert len(set(ids)) == 20


def test_a_later_page_is_ranked_like_the_first(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether places of neighbours are compared depends on how many match, which changes between pages."""
    texts = ["nẫm khoáng" if number % 2 else "khoáng " * 5 + "x nẫm" for number in range(20)]
    engine.index([document(number, text) for number, text in enumerate(texts)])
    query = parse("nam khoang")
    whole = [hit.id for hit in engine.search(SearchRequest(query, size=20)).hits]
    first = engine.search(SearchRequest(query, size=7))
    monkeypatch.setattr("search.elastic.compile.PLACES_UP_TO", 0)
    second = engine.search(SearchRequest(query, size=13, cursor=first.next_cursor))
    assert [hit.id for hit in (*first.hits, *second.hits)] == whole


def test_a_scan_that_loses_its_index_on_the_way_fails_in_our_words(
    shared: SharedElastic, engine: ElasticEngine, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.elastic.scan._CHUNK", 2)
    engine.index([document(number, "lũ") for number in range(6)])
    ids = engine.scan(parse("lũ"))
    assert next(ids) == 0
    client.indices.delete(index=f"{shared.prefix}{INDEX_PREFIX}1")
    with pytest.raises(SearchError):
        list(ids)


def _pit(cursor: str | None) -> str:
    from search.cursor import decode

    return str(decode(cursor or "", "relevance")["pit"])


def test_removing_leaves_nothing(elasticsearch_url: str, client: Elasticsearch) -> None:
    own = SharedElastic(elasticsearch_url)
    own.engine.index([document(1, "lũ")])
    own.remove()
    assert not client.indices.get(index=f"{own.prefix}*")
    assert not client.indices.exists_index_template(name=f"{own.prefix}diembao-articles")
    remove(elasticsearch_url, own.prefix)
