"""The Elasticsearch engine: ``SearchEngine`` on a cluster."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError

from search import cursor as cursors
from search.config import SearchConfig
from search.elastic import compile as compiler
from search.elastic.connection import Connection
from search.elastic.indexes import Indexes
from search.elastic.pages import fetch
from search.elastic.scan import matched, rising_ids
from search.elastic.writing import Writing
from search.hits import make_hits
from search.port import (
    Document,
    EngineUnavailable,
    FacetCount,
    Filters,
    Health,
    IndexReport,
    Progress,
    RebuildReport,
    SearchRequest,
    SearchResult,
    SegmentSource,
    Sort,
    TextSource,
)
from search.query.tree import Everything, ParsedQuery, positive_terms
from search.ranking import Ranking

T = TypeVar("T")

_COUNTERS = 4
_SHARD_VALUES = 5_000
_MOST_DAYS = 50_000  # since 1900


class ElasticEngine:
    """See ``search.port.SearchEngine``. ``segments`` gives the words of texts; ``prefix`` of index names
    keeps installations apart.
    """

    name = "elastic"

    def __init__(
        self,
        config: SearchConfig,
        texts: TextSource,
        segments: SegmentSource = lambda documents: {},
        *,
        prefix: str = "",
    ):
        self._connection = Connection(config)
        self._indexes = Indexes(self._connection, prefix)
        self._writing = Writing(self._connection, self._indexes, segments)
        self._texts = texts
        self._counters = ThreadPoolExecutor(_COUNTERS, thread_name_prefix="search-count")

    def index(self, documents: Iterable[Document]) -> IndexReport:
        """See ``SearchEngine``."""
        return self._guarded(lambda: self._writing.index(documents))

    def delete(self, ids: Iterable[int]) -> None:
        """See ``SearchEngine``."""
        numbers = list(ids)
        self._guarded(lambda: self._writing.delete(numbers))

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> RebuildReport:
        """See ``SearchEngine``. Works on an index of another version too."""
        with self._our_words():
            return self._writing.rebuild(documents, progress)

    def search(self, request: SearchRequest) -> SearchResult:
        """See ``SearchEngine``."""
        started = time.perf_counter()
        ranked = request.sort is Sort.RELEVANCE and bool(positive_terms(request.query.root))
        sort = request.sort if ranked or request.sort is Sort.OLDEST else Sort.NEWEST
        values = cursors.decode(request.cursor, sort) if request.cursor else {}
        match = self._match(request.query, request.filters)
        rankings, few = [Ranking(match)], True
        if ranked:
            few = self._few(request.query, match, values)
            rankings = compiler.rankings(request.query, request.filters, few=few)
        counts: dict[str, Any] = {"query": match, "size": 0, "track_total_hits": True}
        aggregations = _aggregations(request)
        if aggregations:
            counts["aggregations"] = aggregations
        index = self._indexes.read
        answer = self._guarded(
            lambda: fetch(
                self._connection, self._counters, index, rankings, counts, values, request.size, sort, few=few
            )
        )
        found = answer.counted.get("aggregations", {})
        return SearchResult(
            hits=make_hits(request, answer.hits, self._texts),
            total=int(answer.counted["hits"]["total"]["value"]),
            facets={name: _facet(found[name]) for name in request.facets},
            timeline=_timeline(found["timeline"]) if request.timeline else (),
            next_cursor=answer.cursor,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def count(self, query: ParsedQuery, filters: Filters | None = None) -> int:
        """See ``SearchEngine``."""
        match = self._match(query, filters)
        answer = self._call(lambda client: client.count(index=self._indexes.read, query=match))
        if answer["_shards"]["failed"]:
            raise EngineUnavailable(
                _("Elasticsearch chỉ trả lời một phần: thiếu mảnh chỉ mục; hãy kiểm tra các nút")
            )
        return int(answer["count"])

    def written(self) -> Mapping[str, int]:
        """See ``SearchEngine``."""
        return self._call(self._indexes.written)

    def scan(self, query: ParsedQuery, filters: Filters | None = None) -> Iterator[int]:
        """See ``SearchEngine``."""
        match = self._match(query, filters)
        found = self._guarded(lambda: rising_ids(self._connection, self._indexes.read, match))
        return self._said(found)

    def ids(self) -> Iterator[int]:
        """See ``SearchEngine``."""
        return self.scan(ParsedQuery("", Everything(), with_marks=False))

    def match(self, queries: Mapping[str, ParsedQuery], ids: Sequence[int]) -> dict[str, list[int]]:
        """See ``SearchEngine``."""
        compiled = {name: compiler.matching(parsed.root) for name, parsed in queries.items()}
        return self._guarded(
            lambda: matched(self._connection, self._indexes.read, compiled, sorted(set(ids)))
        )

    def differences(self) -> list[str]:
        """Where the live index differs from es_mappings, one line each."""
        return self._guarded(self._indexes.differences)

    def health(self) -> Health:
        """See ``SearchEngine``."""
        details = {"url": self._connection.url}
        try:
            documents = self.count(ParsedQuery("", Everything(), with_marks=False))
            state = self._call(lambda client: client.cluster.health())
            info = self._call(lambda client: client.info())
        except EngineUnavailable as error:
            since = self._connection.away_since
            if since:
                details["since"] = since.isoformat(timespec="seconds")
            return Health(self.name, False, 0, str(error), details)
        details |= {"status": str(state["status"]), "version": str(info["version"]["number"])}
        if state["status"] == "red":
            message = _("Elasticsearch báo trạng thái đỏ: thiếu mảnh chỉ mục; hãy kiểm tra các nút")
            return Health(self.name, False, documents, message, details)
        return Health(self.name, True, documents, _("sẵn sàng"), details)

    def close(self) -> None:
        """See ``SearchEngine``."""
        self._counters.shutdown(cancel_futures=True)
        self._connection.close()

    def _few(self, query: ParsedQuery, match: compiler.Dsl, values: Mapping[str, cursors.Value]) -> bool:
        """Whether so few match that places of neighbours are compared; as on the first page on all others."""
        if values:
            return bool(cursors.number(dict(values), "few", 1))
        if not compiler.has_dear_neighbours(query):
            return True
        answer = self._call(
            lambda client: client.count(
                index=self._indexes.read, query=match, terminate_after=compiler.PLACES_UP_TO + 1
            )
        )
        return int(answer["count"]) <= compiler.PLACES_UP_TO

    def _match(self, query: ParsedQuery, filters: Filters | None) -> compiler.Dsl:
        return compiler.narrowed(compiler.matching(query.root), filters or Filters())

    def _call(self, work: Callable[[Elasticsearch], T]) -> T:
        return self._guarded(lambda: self._connection.call(work))

    def _guarded(self, work: Callable[[], T]) -> T:
        """``work`` with its index there."""
        with self._our_words():
            self._indexes.ensure()
            return work()

    def _said(self, ids: Iterator[int]) -> Iterator[int]:
        """What is asked for page by page fails in our words, too."""
        with self._our_words():
            yield from ids

    @contextmanager
    def _our_words(self) -> Iterator[None]:
        """What the server refuses, said by an error of the port."""
        try:
            yield
        except NotFoundError as error:
            self._indexes.forget()
            raise self._indexes.missing() from error
        except BadRequestError as error:
            raise EngineUnavailable(
                _("Elasticsearch không nhận yêu cầu này (%(error)s); hãy rút gọn câu tìm")
                % {"error": error.error}
            ) from error
        except ApiError as error:
            raise EngineUnavailable(
                _("Elasticsearch báo lỗi %(code)s (%(error)s); hãy xem nhật ký của máy chủ")
                % {"code": error.status_code, "error": error.error}
            ) from error


def _aggregations(request: SearchRequest) -> dict[str, Any]:
    wanted = {name: _values(name, request.facet_size) for name in request.facets}
    if request.timeline:
        wanted["timeline"] = _values("day", _MOST_DAYS)
    return wanted


def _values(field: str, size: int) -> dict[str, Any]:
    """The most frequent values. Segments are counted side by side if a shard may give all its values."""
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return {"terms": {"field": field, "size": size, "shard_size": max(size, _SHARD_VALUES), "order": order}}


def _facet(answer: dict[str, Any]) -> tuple[FacetCount, ...]:
    return tuple(FacetCount(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer["buckets"])


def _timeline(answer: dict[str, Any]) -> tuple[tuple[date, int], ...]:
    days = {date.fromisoformat(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["buckets"]}
    return tuple(sorted(days.items()))
