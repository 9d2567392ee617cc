"""The engines that every contract test runs on, with a clean index each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.embedded import EmbeddedEngine
from search.port import Document, SearchEngine
from tests.search.elastic_engine import SharedElastic
from tests.search.makers import Store

Filled = Callable[..., SearchEngine]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture(scope="session")
def shared_elastic(elasticsearch_url: str) -> Iterator[SharedElastic]:
    """One set of indexes for the whole run: making them takes longer than most tests."""
    shared = SharedElastic(elasticsearch_url)
    yield shared
    shared.remove()


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Iterator[SearchEngine]:
    """An empty engine."""
    if request.param == "elastic":
        shared: SharedElastic = request.getfixturevalue("shared_elastic")
        with shared.over(store) as elastic:
            yield elastic
        return
    opened = EmbeddedEngine(tmp_path / "index", store)
    yield opened
    opened.close()


@pytest.fixture
def filled(engine: SearchEngine, store: Store) -> Filled:
    """Puts documents into the engine and gives it back."""

    def fill(*documents: Document) -> SearchEngine:
        report = engine.index(store.keep(list(documents)))
        assert not report.failed
        return engine

    return fill
