"""The door for pages, API, commands and steps: an engine by settings, searching by text, reindexing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from archive.models import Article
from archive.outage import index_short_since
from archive.vietnam import VIETNAM
from search.config import SearchConfig
from search.documents import documents_from_archive, segments_from_archive, texts_from_archive
from search.elastic import ElasticEngine
from search.embedded import EmbeddedEngine
from search.port import (
    EngineUnavailable,
    Filters,
    Progress,
    RebuildReport,
    SearchEngine,
    SearchRequest,
    SearchResult,
    Sort,
)
from search.query import ParsedQuery, parse

__all__ = ["SearchConfig", "lacking", "open_engine", "reindex", "scan_all", "search"]


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


def lacking() -> str | None:
    """What to say while the index lacks articles that the archive holds; None: it does not."""
    since = index_short_since()
    if since is None:
        return None
    return _(
        "Chỉ mục tìm kiếm thiếu bài, phát hiện từ %(since)s; còn %(count)s bài đang được đưa vào lại, "
        "hãy thử lại khi xong để không thiếu bài"
    ) % {
        "since": f"{since.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
        "count": Article.objects.filter(needs_index=True).count(),
    }


def scan_all(engine: SearchEngine, query: ParsedQuery, filters: Filters | None = None) -> Iterator[int]:
    """Every match once, for what must be complete.

    Raises ``EngineUnavailable``, also while the index is known to lack articles.
    """
    if words := lacking():
        raise EngineUnavailable(words)
    return engine.scan(query, filters)


def reindex(engine: SearchEngine, progress: Progress | None = None) -> RebuildReport:
    """Rebuilds the index from the whole archive; searching and indexing go on meanwhile."""
    return engine.rebuild(documents_from_archive(), progress)
