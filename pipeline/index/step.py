"""Indexes the articles whose newest version the search index has not seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from archive.findings import awaiting_index, mark_index_error, mark_indexed
from archive.outage import search_is_away, search_is_back
from search.documents import document_of
from search.port import EngineUnavailable, SearchEngine


class IndexStep:
    """Marks are cleared after the engine has the documents: a kill in between indexes them again.

    ``away``: whether the engine took nothing when it was asked last; None before that.
    """

    name = "index"

    def __init__(self, engine: SearchEngine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._engine = engine
        self._clock = clock
        self.away: bool | None = None

    def run(self, limit: int) -> int:
        """Index up to ``limit`` waiting articles. Raises ``EngineUnavailable``: the rows stay marked."""
        waiting = awaiting_index(limit)
        if waiting:
            try:
                report = self._engine.index([document_of(article) for article in waiting])
            except EngineUnavailable:
                self.away = True
                search_is_away(self._clock())
                raise
            versions = {article.pk: article.version for article in waiting}
            mark_indexed([(pk, versions[pk]) for pk in report.indexed])
            for pk, reason in report.failed:
                mark_index_error(pk, versions[pk], reason)
        if self.away is not False:
            self.away = False
            search_is_back()
        return len(waiting)
