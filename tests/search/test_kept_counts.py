"""Counts of the embedded engine are kept as long as the index stays the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search.embedded import EmbeddedEngine, kept_counts
from search.port import Filters, SearchRequest
from search.query import parse
from tests.search.makers import Store, document

REQUEST = SearchRequest(parse("lũ"), facets=("outlet",), timeline=True, size=2)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[SearchRequest]:
    """The requests for which the index was counted."""
    requests: list[SearchRequest] = []
    count_all = kept_counts.count_all

    def noted(view: kept_counts.View, match: object, request: SearchRequest) -> kept_counts.Counts:
        requests.append(request)
        return count_all(view, match, request)

    monkeypatch.setattr(kept_counts, "count_all", noted)
    return requests


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    store = Store()
    engine = EmbeddedEngine(tmp_path, store)
    engine.index(store.keep([document(number, "lũ") for number in range(5)]))
    engine.health()  # the first look at an index is always followed by another
    return engine


def test_the_next_page_and_the_same_search_are_not_counted_again(
    engine: EmbeddedEngine, counted: list[SearchRequest]
) -> None:
    first = engine.search(REQUEST)
    second = engine.search(replace(REQUEST, cursor=first.next_cursor))
    assert engine.search(REQUEST).total == second.total == first.total == 5
    assert second.facets == first.facets
    assert second.timeline == first.timeline
    assert len(counted) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(REQUEST, query=parse("bão")),
        replace(REQUEST, filters=Filters(outlets=("x",))),
        replace(REQUEST, facets=("topic",)),
        replace(REQUEST, facet_size=3),
        replace(REQUEST, timeline=False),
    ],
)
def test_another_search_is_counted(
    engine: EmbeddedEngine, counted: list[SearchRequest], other: SearchRequest
) -> None:
    engine.search(REQUEST)
    engine.search(other)
    assert counted == [REQUEST, other]


def test_a_changed_index_is_counted_again(engine: EmbeddedEngine, counted: list[SearchRequest]) -> None:
    assert engine.search(REQUEST).total == 5
    engine.index([document(9, "lũ")])
    assert engine.search(REQUEST).total == 6
    engine.delete([9, 1])
    assert engine.search(REQUEST).total == 4


def test_only_the_last_counts_are_kept(
    engine: EmbeddedEngine, counted: list[SearchRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_counts, "_MOST", 2)
    for word in ("lũ", "bão", "đê", "lũ", "đê"):
        engine.search(replace(REQUEST, query=parse(word)))
    assert [request.query.text for request in counted] == ["lũ", "bão", "đê", "lũ"]
