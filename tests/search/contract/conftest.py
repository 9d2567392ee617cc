"""The engines that every contract test runs on, with a clean index each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.embedded import EmbeddedEngine
from search.port import Document, SearchEngine
from tests.search.makers import Store

Filled = Callable[..., SearchEngine]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture(params=["embedded"])
def engine(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Iterator[SearchEngine]:
    """An empty engine."""
    opened: SearchEngine = EmbeddedEngine(tmp_path / "index", store)
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
