"""Indexes the articles whose newest version the search index has not seen."""

from __future__ import annotations

from archive.findings import awaiting_index, mark_index_error, mark_indexed
from search.documents import document_of
from search.port import SearchEngine


class IndexStep:
    """Marks are cleared after the engine has the documents: a kill in between indexes them again."""

    name = "index"

    def __init__(self, engine: SearchEngine):
        self._engine = engine

    def run(self, limit: int) -> int:
        """Index up to ``limit`` waiting articles. Raises ``EngineUnavailable``: the rows stay marked."""
        waiting = awaiting_index(limit)
        if not waiting:
            return 0
        report = self._engine.index([document_of(article) for article in waiting])
        versions = {article.pk: article.version for article in waiting}
        mark_indexed([(pk, versions[pk]) for pk in report.indexed])
        for pk, reason in report.failed:
            mark_index_error(pk, versions[pk], reason)
        return len(waiting)
