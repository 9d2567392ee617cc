"""Indexing, deleting and rebuilding on a cluster.

During a rebuild every write goes to the old and the new index. The rebuild itself only creates what is
not there, so that it cannot overwrite something newer. A deletion leaves a mark in the new index, since
the rebuild may still be about to send what was deleted; marked articles go just before the swap.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch, NotFoundError

from search.elastic import bulk
from search.elastic.compile import Dsl
from search.elastic.connection import Connection
from search.elastic.indexes import Indexes
from search.elastic.rollover import roll_over, send_home
from search.elastic.scan import rising_ids
from search.port import Document, EngineUnavailable, IndexReport, Progress, RebuildReport, SegmentSource

_IDS_AT_ONCE = 1_000
_REQUESTS_AT_ONCE = 2
_MARKED = {"term": {"deleted": True}}


def _mark(number: int) -> bulk.Item:
    """Stands in the new index for the deletion of an article; its id is no article's."""
    return bulk.Item(number, f"deleted-{number}", {"id": -1 - number, "deleted": True})


class Writing:
    """Everything that changes an index."""

    def __init__(self, connection: Connection, indexes: Indexes, segments: SegmentSource):
        self._connection = connection
        self._indexes = indexes
        self._segments = segments

    def index(self, documents: Iterable[Document]) -> IndexReport:
        """See ``SearchEngine.index``."""
        batch = list({document.id: document for document in documents}.values())
        failed: bulk.Failed = []
        done: list[int] = []
        targets = self._targets() if batch else []
        for chunk in bulk.chunks(bulk.ready(batch, self._segments, failed)):
            done = [*done, *self._write(chunk, targets, failed)]
        if done:
            self._connection.call(lambda client: client.indices.refresh(index=self._indexes.read))
            self._connection.call(lambda client: roll_over(client, self._indexes))
        order = {document.id: at for at, document in enumerate(batch)}
        return IndexReport(tuple(done), tuple(sorted(failed, key=lambda pair: order[pair[0]])))

    def _write(self, chunk: Sequence[bulk.Item], targets: Sequence[str], failed: bulk.Failed) -> list[int]:
        refused: bulk.Failed = []
        for alias in targets[1:]:
            bulk.send(self._connection, chunk, alias, refused)
            with suppress(NotFoundError):
                self._unmark([item.number for item in chunk])
        return send_home(self._connection, self._indexes, chunk, failed)

    def _targets(self) -> list[str]:
        building = self._connection.call(self._indexes.building)
        return [self._indexes.write, *([self._indexes.build] if building else [])]

    def delete(self, ids: Sequence[int]) -> None:
        """See ``SearchEngine.delete``."""
        for start in range(0, len(ids), _IDS_AT_ONCE):
            some = list(ids[start : start + _IDS_AT_ONCE])
            match = {"terms": {"id": some}}
            if len(self._targets()) > 1:
                with suppress(NotFoundError):  # swapped in a moment ago: it is the index below
                    self._delete_by_query(self._indexes.build, match)
                    bulk.send(self._connection, [_mark(number) for number in some], self._indexes.build, [])
            self._delete_by_query(self._indexes.read, match)

    def _unmark(self, ids: Sequence[int]) -> None:
        """Articles indexed again after their deletion are not deleted any more."""
        operations = [{"delete": {"_id": _mark(number).key}} for number in ids]
        self._connection.call(
            lambda client: client.bulk(operations=operations, index=self._indexes.build, require_alias=True)
        )

    def _sweep(self) -> int:
        """Deletes from the new index what was deleted while it was built; says how many ids that is."""
        build = self._indexes.build
        self._connection.call(lambda client: client.indices.refresh(index=build))
        marked = [-1 - number for number in rising_ids(self._connection, build, _MARKED)]
        for start in range(0, len(marked), _IDS_AT_ONCE):
            some = marked[start : start + _IDS_AT_ONCE]
            self._delete_by_query(build, {"terms": {"id": some}})
        self._delete_by_query(build, _MARKED)
        return len(marked)

    def _delete_by_query(self, alias: str, query: Dsl) -> int:
        def work(client: Elasticsearch) -> int:
            client.indices.refresh(index=alias)
            answer = client.delete_by_query(index=alias, query=query, conflicts="proceed", refresh=True)
            return int(answer["deleted"])

        return self._connection.call(work)

    def rebuild(self, documents: Iterable[Document], progress: Progress | None) -> RebuildReport:
        """See ``SearchEngine.rebuild``."""
        made = self._connection.call(self._indexes.start_build)
        failed: bulk.Failed = []
        try:
            count = self._fill(made, documents, progress, failed)
        except BaseException:
            with suppress(EngineUnavailable):  # the next rebuild removes it
                self._connection.call(lambda client: self._indexes.remove(client, made))
            raise
        # Not in the ``try``: when the answer to the swap is lost, what was made may be the index in use.
        self._connection.call(lambda client: self._indexes.swap(client, made))
        self._delete_by_query(made, _MARKED)  # of deletions since the sweep, done in the new index already
        return RebuildReport(count, tuple(failed))

    def _fill(
        self, made: str, documents: Iterable[Document], progress: Progress | None, failed: bulk.Failed
    ) -> int:
        """Puts every document into ``made``; gives how many it holds, raises if it lacks one."""
        seen = 0

        def counted() -> Iterator[Document]:
            nonlocal seen
            for document in documents:
                seen += 1
                yield document

        accepted: set[int] = set()
        chunks = bulk.chunks(bulk.ready(counted(), self._segments, failed))
        for done in self._send_side_by_side(chunks, failed):
            accepted.update(done)
            if progress:
                progress(seen)
        deleted = self._sweep()
        count = self._count(made)
        if count < len(accepted) - deleted:
            raise EngineUnavailable(
                _(
                    "Chỉ mục mới có %(count)s bài, đáng ra %(expected)s; chỉ mục cũ được giữ lại, "
                    "hãy chạy lại diembao reindex"
                )
                % {"count": count, "expected": len(accepted) - deleted}
            )
        if progress:
            progress(seen)
        return count

    def _send_side_by_side(
        self, chunks: Iterable[list[bulk.Item]], failed: bulk.Failed
    ) -> Iterator[list[int]]:
        """The next chunks are made while the server works on the last ones; few wait at a time."""

        def send(chunk: list[bulk.Item]) -> list[int]:
            return bulk.send(self._connection, chunk, self._indexes.build, failed, only_new=True)

        with ThreadPoolExecutor(_REQUESTS_AT_ONCE, thread_name_prefix="search-bulk") as pool:
            sent: deque[Future[list[int]]] = deque()
            for chunk in chunks:
                sent.append(pool.submit(send, chunk))
                if len(sent) > _REQUESTS_AT_ONCE:
                    yield sent.popleft().result()
            while sent:
                yield sent.popleft().result()

    def _count(self, index: str) -> int:
        return int(self._connection.call(lambda client: client.count(index=index))["count"])
