"""The embedded engine: ``SearchEngine`` on tantivy."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tantivy
from django.utils.translation import gettext as _
from tantivy import Occur, Order, Query

from search import cursor as cursors
from search.embedded import compile as compiler
from search.embedded.counts import count
from search.embedded.folder import IndexFolder
from search.embedded.kept_counts import KeptCounts
from search.embedded.pages import by_score, by_time
from search.embedded.reader import Reader, View
from search.embedded.writer import Writer
from search.hits import make_hits
from search.port import (
    Document,
    EngineUnavailable,
    Filters,
    Health,
    IndexReport,
    Progress,
    RebuildReport,
    SearchRequest,
    SearchResult,
    Sort,
    TextSource,
)
from search.query.tree import Everything, ParsedQuery, positive_terms

_SCAN_CHUNK = 10_000
_COUNTERS = 4


class EmbeddedEngine:
    """See ``search.port.SearchEngine``. ``texts`` gives the stored texts that highlights point into."""

    name = "embedded"

    def __init__(self, root: Path, texts: TextSource):
        self._folder = IndexFolder(root)
        self._reader = Reader(self._folder)
        self._writer = Writer(self._folder)
        self._texts = texts
        # Counting and ranking are two passes over the postings, and both leave Python alone meanwhile.
        self.counts = KeptCounts()
        self._counters = ThreadPoolExecutor(_COUNTERS, thread_name_prefix="search-count")

    def index(self, documents: Iterable[Document]) -> IndexReport:
        """See ``SearchEngine``."""
        return self._writer.index(documents)

    def delete(self, ids: Iterable[int]) -> None:
        """See ``SearchEngine``."""
        self._writer.delete(ids)

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> RebuildReport:
        """See ``SearchEngine``."""
        return self._writer.rebuild(documents, progress)

    def search(self, request: SearchRequest) -> SearchResult:
        """See ``SearchEngine``."""
        started = time.perf_counter()
        ranked = request.sort is Sort.RELEVANCE and bool(positive_terms(request.query.root))
        sort = request.sort if ranked or request.sort is Sort.OLDEST else Sort.NEWEST
        values = cursors.decode(request.cursor, sort) if request.cursor else {}
        view = self._reader.kept(str(values.get("view", ""))) or self._reader.newest()
        match = self._match(view, request.query, request.filters)
        counting = self._counters.submit(self.counts.count, view, match, request)
        if ranked:
            rankings = compiler.rankings(view, request.query, request.filters)
            page = by_score(view, rankings, values, request.size)
        else:
            page = by_time(view, match, values, request.size, sort)
        if ranked and page.cursor:
            self._reader.keep(view)
        hits = make_hits(request, page.hits, self._texts)
        counts = counting.result()
        return SearchResult(
            hits=hits,
            total=counts.total,
            facets=counts.facets,
            timeline=counts.timeline,
            next_cursor=page.cursor,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def count(self, query: ParsedQuery, filters: Filters | None = None) -> int:
        """See ``SearchEngine``."""
        view = self._reader.newest()
        return count(view, self._match(view, query, filters or Filters()))

    def scan(self, query: ParsedQuery, filters: Filters | None = None) -> Iterator[int]:
        """See ``SearchEngine``."""
        view = self._reader.newest()
        return _rising_ids(view, self._match(view, query, filters or Filters()))

    def ids(self) -> Iterator[int]:
        """See ``SearchEngine``."""
        return self.scan(ParsedQuery("", Everything(), with_marks=False))

    def written(self) -> Mapping[str, int]:
        """See ``SearchEngine``."""
        return self._folder.written()

    def match(self, queries: Mapping[str, ParsedQuery], ids: Sequence[int]) -> dict[str, list[int]]:
        """See ``SearchEngine``."""
        view = self._reader.newest()
        batch = Query.term_set_query(view.schema, "id", sorted(set(ids)))
        found: dict[str, list[int]] = {}
        for name, parsed in queries.items():
            match = compiler.matching(view.schema, parsed.root)
            both = Query.boolean_query([(Occur.Must, batch), (Occur.Must, match)])
            found[name] = list(_rising_ids(view, both)) if ids else []
        return found

    def health(self) -> Health:
        """See ``SearchEngine``."""
        details = {"folder": str(self._folder.root)}
        try:
            documents = self._reader.newest().searcher.num_docs
        except EngineUnavailable as error:
            return Health(self.name, False, 0, str(error), details)
        message = _("đang dựng lại") if self._folder.rebuilding() else _("sẵn sàng")
        return Health(self.name, True, documents, message, details)

    def close(self) -> None:
        """See ``SearchEngine``."""
        self._counters.shutdown(cancel_futures=True)
        self._writer.close()
        self._reader.close()

    def _match(self, view: View, query: ParsedQuery, filters: Filters) -> tantivy.Query:
        match = compiler.matching(view.schema, query.root)
        return compiler.with_filters(view.schema, match, filters)


def _rising_ids(view: View, match: tantivy.Query) -> Iterator[int]:
    query = match
    while True:
        hits = view.searcher.search(
            query, _SCAN_CHUNK, count=False, order_by_field="id", order=Order.Asc
        ).hits
        yield from (int(number) for number, _ in hits)
        if len(hits) < _SCAN_CHUNK:
            return
        after = compiler.ids_above(view.schema, int(hits[-1][0]))
        query = Query.boolean_query([(Occur.Must, match), (Occur.Must, after)])
