"""Writes to the current generation, and builds the next one beside it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import tantivy
from django.utils.translation import gettext as _
from tantivy import Query

from search.embedded import journal
from search.embedded.folder import IndexFolder
from search.embedded.schema import build_schema, to_tantivy
from search.indexed import UnfitDocument, prepare
from search.port import (
    LARGEST_ID,
    Document,
    EngineUnavailable,
    IndexReport,
    IndexUnreadable,
    Progress,
    RebuildReport,
)

_BATCH_HEAP = 64_000_000  # bytes tantivy may use before it writes a segment
_REBUILD_HEAP = 400_000_000
_REBUILD_THREADS = 2
_PROGRESS_EVERY = 1000  # documents


class Writer:
    """One process writes at a time; batches and a rebuild may overlap."""

    def __init__(self, folder: IndexFolder):
        self._folder = folder
        self._lock = threading.Lock()
        self._writer: tantivy.IndexWriter | None = None
        self._generation: str | None = None

    def index(self, documents: Iterable[Document]) -> IndexReport:
        """See ``SearchEngine.index``. Nothing of the batch is kept when the disk refuses it."""
        batch = list({document.id: document for document in documents}.values())
        ready: dict[int, tantivy.Document] = {}
        failed: list[tuple[int, str]] = []
        with self._writing() as writer:
            for document in batch:
                try:
                    ready[document.id] = to_tantivy(prepare(document))
                except UnfitDocument as error:
                    failed.append((document.id, str(error)))
            _remove(writer, ready)
            for made in ready.values():
                writer.add_document(made)
            writer.commit()
            if self._folder.rebuilding():
                journal.append(self._folder.journal, [d for d in batch if d.id in ready], ())
        return IndexReport(tuple(ready), tuple(failed))

    def delete(self, ids: Iterable[int]) -> None:
        """See ``SearchEngine.delete``."""
        gone = list(ids)
        with self._writing() as writer:
            _remove(writer, gone)
            writer.commit()
            if self._folder.rebuilding():
                journal.append(self._folder.journal, (), gone)

    def rebuild(self, documents: Iterable[Document], progress: Progress | None) -> RebuildReport:
        """See ``SearchEngine.rebuild``."""
        # Patience, because whoever asks whether a rebuild is under way holds the lock for a moment.
        with self._folder.locked("rebuild.lock", patience=1.0) as got:
            if not got:
                raise EngineUnavailable(_("Chỉ mục đang được dựng lại ở tiến trình khác; hãy đợi nó xong"))
            with self._folder.locked("write.lock"):
                # Readers would make a first generation otherwise, and remove the one being built.
                with contextlib.suppress(IndexUnreadable):
                    self._folder.current_locked()
                self._folder.journal.write_bytes(b"")
            with _disk_errors(self._folder.root):
                return self._build(documents, progress)

    def _build(self, documents: Iterable[Document], progress: Progress | None) -> RebuildReport:
        generation = self._folder.create()
        writer = self._folder.open(generation).writer(_REBUILD_HEAP, _REBUILD_THREADS)
        failed: list[tuple[int, str]] = []
        seen: set[int] = set()
        for document in documents:
            if document.id in seen:
                _remove(writer, (document.id,))
            seen.add(document.id)
            try:
                writer.add_document(to_tantivy(prepare(document)))
            except UnfitDocument as error:
                failed.append((document.id, str(error)))
            if progress and len(seen) % _PROGRESS_EVERY == 0:
                progress(len(seen))
        writer.commit()
        with self._lock, self._folder.locked("write.lock"):
            for change in journal.read(self._folder.journal):
                self._replay(writer, change)
            writer.commit()
            writer.wait_merging_threads()
            self._drop_writer()
            self._folder.make_current(generation)
            self._folder.journal.unlink()
        if progress:
            progress(len(seen))
        count = self._folder.open(generation).searcher().num_docs
        return RebuildReport(count, tuple(failed))

    def _replay(self, writer: tantivy.IndexWriter, change: journal.Change) -> None:
        _remove(writer, (*change.deleted, *(document.id for document in change.documents)))
        for document in change.documents:
            writer.add_document(to_tantivy(prepare(document)))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        with self._lock, self._folder.locked("write.lock"):
            folder = self._folder.current_locked()
            generation = self._folder.identity(folder)
            if generation != self._generation or self._writer is None:
                self._drop_writer()
                with _disk_errors(self._folder.root):
                    self._writer = self._folder.open(folder).writer(_BATCH_HEAP, 1)
                self._generation = generation
            try:
                with _disk_errors(self._folder.root):
                    yield self._writer
            except BaseException:
                self._drop_writer()  # uncommitted changes go with it
                raise

    def _drop_writer(self) -> None:
        self._writer = None
        self._generation = None

    def close(self) -> None:
        """Gives up the writer's lock."""
        with self._lock:
            self._drop_writer()


def _remove(writer: tantivy.IndexWriter, ids: Iterable[int]) -> None:
    """Deletes by query: by term, tantivy-py 0.27 takes unsigned numbers for signed and finds nothing."""
    known = [number for number in ids if 0 <= number <= LARGEST_ID]
    if known:
        writer.delete_documents_by_query(Query.term_set_query(build_schema(), "id", known))


@contextlib.contextmanager
def _disk_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except UnfitDocument:
        raise
    except (OSError, ValueError) as error:
        if "LockBusy" in str(error):
            raise EngineUnavailable(
                _("Một tiến trình khác đang ghi chỉ mục %(folder)s; chỉ chạy một diembao watch")
                % {"folder": root}
            ) from error
        raise EngineUnavailable(
            _("Không ghi được chỉ mục %(folder)s (%(error)s); hãy kiểm tra đĩa còn chỗ và quyền ghi")
            % {"folder": root, "error": error}
        ) from error
