"""The door for pages, API, commands and steps: an engine by settings, searching by text, reindexing."""

from __future__ import annotations

from datetime import date

from search.config import SearchConfig
from search.documents import documents_from_archive, segments_from_archive, texts_from_archive
from search.elastic import ElasticEngine
from search.embedded import EmbeddedEngine
from search.port import (
    Filters,
    Progress,
    RebuildReport,
    SearchEngine,
    SearchRequest,
    SearchResult,
    Sort,
)
from search.query import parse

__all__ = ["SearchConfig", "open_engine", "reindex", "search"]


def open_engine(config: SearchConfig) -> SearchEngine:
    """The engine of the settings. Does not fail when it is away or damaged: its ``health`` says so."""
    if config.chosen == "elastic":
        return ElasticEngine(config, texts_from_archive, segments_from_archive)
    return EmbeddedEngine(config.folder, texts_from_archive)


def search(
    engine: SearchEngine,
    text: str,
    filters: Filters | None = None,
    *,
    sort: Sort = Sort.RELEVANCE,
    size: int = 20,
    cursor: str | None = None,
    facets: tuple[str, ...] = (),
    timeline: bool = False,
    highlight: bool = True,
    today: date | None = None,
) -> SearchResult:
    """One page for a typed query. Raises ``QuerySyntaxError``, ``CursorError``, ``EngineUnavailable``."""
    request = SearchRequest(
        parse(text, today=today),
        filters or Filters(),
        sort=sort,
        size=size,
        cursor=cursor,
        facets=facets,
        timeline=timeline,
        highlight=highlight,
    )
    return engine.search(request)


def reindex(engine: SearchEngine, progress: Progress | None = None) -> RebuildReport:
    """Rebuilds the index from the whole archive; searching and indexing go on meanwhile."""
    return engine.rebuild(documents_from_archive(), progress)
