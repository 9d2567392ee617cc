"""Inserting, replacing, deleting, rebuilding, matching of fresh batches."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from search.embedded.batch import match_batch
from search.port import Document, SearchEngine
from search.query import parse
from tests.search.contract.conftest import Filled
from tests.search.makers import Store, document, found


def test_an_article_is_findable_when_index_returns(filled: Filled) -> None:
    assert found(filled(document(1, "lũ")), "lũ") == [1]


def test_indexing_twice_changes_nothing(filled: Filled) -> None:
    engine = filled(document(1, "lũ"), document(2, "lũ"))
    filled(document(1, "lũ"), document(2, "lũ"))
    assert engine.count(parse("lũ")) == 2


def test_a_new_version_replaces_the_old(filled: Filled) -> None:
    engine = filled(document(1, "lũ"))
    filled(document(1, "bão", topics=("storm",)))
    assert found(engine, "lũ") == []
    assert found(engine, "chủđề:storm") == [1]


def test_the_last_of_two_versions_in_a_batch_wins(filled: Filled) -> None:
    engine = filled(document(1, "lũ"), document(1, "bão"))
    assert (engine.count(parse("lũ")), engine.count(parse("bão"))) == (0, 1)


def test_deleted_articles_are_gone_and_unknown_ids_no_error(filled: Filled) -> None:
    engine = filled(document(1, "lũ"), document(2, "lũ"))
    engine.delete([2, 77, -1, 2**40])
    assert found(engine, "lũ") == [1]


def test_a_document_that_cannot_be_indexed_is_named_and_the_rest_go_on(
    engine: SearchEngine, store: Store
) -> None:
    documents = [
        document(1, "lũ"),
        document(2**31, "lũ"),
        document(3, "lũ \ud800"),
        document(4, "lũ", published_at=datetime(2026, 1, 1)),  # noqa: DTZ001
        document(5, "lũ", published_at=datetime(1, 1, 1, tzinfo=UTC)),
        document(6, "lũ " + "x" * 100_000),
    ]
    report = engine.index(documents)
    assert report.indexed == (1, 6)
    assert [number for number, _ in report.failed] == [2**31, 3, 4, 5]
    assert all(reason for _, reason in report.failed)
    assert sorted(engine.ids()) == [1, 6]


def test_strange_texts_are_indexed(engine: SearchEngine, store: Store) -> None:
    texts = [
        "",
        "\x00 lũ \x01",
        "👩‍👩‍👧 lũ",
        "l\u200bũ",
        "\u202elũ",
        "ｌũ lũ",
        "{{lũ}} <b>lũ</b>",
        "lũ\u0301\u0323",
    ]
    report = engine.index(store.keep([document(n, text, text) for n, text in enumerate(texts)]))
    assert len(report.indexed) == len(texts)
    assert set(found(engine, "lũ")) >= {1, 2, 3, 4, 5, 6}


def test_empty_batches(engine: SearchEngine) -> None:
    assert engine.index([]).indexed == ()
    engine.delete([])
    assert engine.match({"a": parse("lũ")}, []) == {"a": []}
    assert found(engine, "lũ") == []


def test_a_batch_is_matched_against_many_rules(filled: Filled) -> None:
    batch = [document(1, "lũ ở Lam Giang"), document(2, "bão"), document(3, "lũ quét")]
    engine = filled(*batch, document(4, "lũ"))
    rules = {
        "flood": parse("lũ"),
        "storm": parse("bão"),
        "phrase": parse('"lũ quét"'),
        "none": parse("động đất"),
    }
    met = {"flood": [1, 3], "storm": [2], "phrase": [3], "none": []}
    assert engine.match(rules, [1, 2, 3, 99]) == met
    assert match_batch(rules, [*batch, document(2**31, "lũ")]) == met, "without the index"
    assert match_batch(rules, []) == {name: [] for name in rules}


def test_rebuilding_holds_exactly_what_was_given(filled: Filled, store: Store) -> None:
    engine = filled(document(1, "lũ"), document(2, "lũ"))
    bad = document(2**31, "lũ")
    reported: list[int] = []
    report = engine.rebuild([document(2, "bão"), document(3, "lũ"), bad], reported.append)
    assert report.indexed == 2
    assert [number for number, _ in report.failed] == [2**31]
    assert list(engine.ids()) == [2, 3]
    assert (found(engine, "lũ"), found(engine, "bão")) == ([3], [2])
    assert reported[-1] == 3


def test_search_and_indexing_go_on_during_a_rebuild(filled: Filled, store: Store) -> None:
    engine = filled(document(1, "lũ"), document(2, "lũ"), document(3, "lũ"))

    def archive() -> Iterator[Document]:
        yield document(1, "lũ")
        yield document(2, "lũ")
        # While the new index is being built:
        assert engine.count(parse("lũ")) == 3
        engine.index(store.keep([document(1, "bão"), document(9, "lũ")]))
        engine.delete([2])
        assert sorted(found(engine, "lũ")) == [3, 9]
        yield document(3, "lũ")

    engine.rebuild(archive())
    assert list(engine.ids()) == [1, 3, 9]
    assert found(engine, "bão") == [1]
    engine.index(store.keep([document(10, "bão")]))
    assert sorted(found(engine, "bão")) == [1, 10]


def test_what_is_deleted_during_a_rebuild_does_not_come_back(filled: Filled, store: Store) -> None:
    engine = filled(document(1, "lũ"), document(2, "lũ"))

    def archive() -> Iterator[Document]:
        yield from (document(number, "lũ") for number in range(1, 1_500))
        # Sent already, not sent yet, in neither index, and deleted only to be indexed again:
        engine.delete([1, 1_600, 1_700, 1_800, 1_900])
        engine.index(store.keep([document(1_900, "bão")]))
        yield from (document(number, "lũ") for number in range(1_500, 2_000))
        engine.delete([2])

    report = engine.rebuild(archive())
    gone = {1, 2, 1_600, 1_700, 1_800}
    assert list(engine.ids()) == [number for number in range(1, 2_000) if number not in gone]
    assert report.indexed == engine.count(parse("")) == 1_994
    assert found(engine, "bão") == [1_900]
    engine.delete([3])
    assert engine.count(parse("")) == 1_993


def test_a_failed_rebuild_leaves_the_old_index(filled: Filled) -> None:
    engine = filled(document(1, "lũ"))

    def breaks() -> Iterator[Document]:
        yield document(5, "lũ")
        raise RuntimeError("the archive went away")

    try:
        engine.rebuild(breaks())
    except RuntimeError:
        pass
    else:
        raise AssertionError("the error was swallowed")
    assert found(engine, "lũ") == [1]
    engine.rebuild([document(6, "lũ")])
    assert found(engine, "lũ") == [6]


def test_threads_share_an_engine(filled: Filled, store: Store) -> None:
    engine = filled(*(document(number, "lũ") for number in range(20)))
    errors: list[BaseException] = []

    def write(start: int) -> None:
        try:
            for number in range(start, start + 5):
                engine.index([document(number, "lũ")])
        except BaseException as error:
            errors.append(error)

    def read() -> None:
        try:
            for _ in range(20):
                assert len(found(engine, "lũ", size=100)) >= 20
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(start,)) for start in (100, 200)]
    threads += [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert engine.count(parse("lũ")) == 30


def test_health_counts_documents(filled: Filled) -> None:
    engine = filled(document(1, "lũ"), replace(document(2, "bão"), gone=True))
    health = engine.health()
    assert (health.ok, health.documents) == (True, 2)
    assert health.engine == engine.name
