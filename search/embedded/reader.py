"""Searchers that follow what the writing process commits and swaps in."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import tantivy
from django.utils.translation import gettext as _

from search.embedded.folder import IndexFolder
from search.port import IndexUnreadable

_KEEP_S = 15 * 60.0  # a reader may stay this long on a page before asking for the next
_KEEP_MOST = 100


@dataclass(frozen=True, slots=True)
class View:
    """The index as of one moment: later commits do not change it."""

    token: str
    searcher: tantivy.Searcher
    schema: tantivy.Schema


class Reader:
    """Gives the newest view, and earlier ones by token for paging."""

    def __init__(self, folder: IndexFolder):
        self._folder = folder
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._view: View | None = None
        self._state: tuple[int, ...] = ()
        self._meta: Path | None = None
        self._kept: OrderedDict[str, tuple[float, View]] = OrderedDict()

    def newest(self) -> View:
        """The committed state; raises ``IndexUnreadable``."""
        with self._lock:
            state = self._current_state()
            if self._view is None or state != self._state:
                self._view = self._open()
                self._state = state  # as it was before opening: a commit in between is seen next time
            return self._view

    def _current_state(self) -> tuple[int, ...]:
        pointer = self._folder.pointer_state()
        try:
            meta = self._meta.stat() if self._meta else None
        except FileNotFoundError:
            meta = None
        return (*pointer, meta.st_mtime_ns, meta.st_ino, meta.st_size) if meta else pointer

    def _open(self) -> View:
        pointer = self._folder.pointer_state()
        if self._index is not None and self._state[:2] == pointer:
            try:
                self._index.reload()
            except (ValueError, OSError) as error:
                self._index = None
                raise IndexUnreadable(
                    _("Chỉ mục %(folder)s hỏng (%(error)s); hãy chạy diembao reindex để dựng lại từ kho bài")
                    % {"folder": self._folder.root, "error": error}
                ) from error
        else:
            generation = self._folder.current()
            self._index = self._folder.open(generation)
            self._meta = generation / "meta.json"
        return View(secrets.token_hex(6), self._index.searcher(), self._index.schema)

    def keep(self, view: View) -> None:
        """Keeps a view for the next page."""
        with self._lock:
            self._kept[view.token] = (time.monotonic(), view)
            self._kept.move_to_end(view.token)
            while (
                len(self._kept) > _KEEP_MOST
                or next(iter(self._kept.values()))[0] < time.monotonic() - _KEEP_S
            ):
                self._kept.popitem(last=False)

    def kept(self, token: str) -> View | None:
        """The view of ``token`` if it is still kept in this process."""
        with self._lock:
            entry = self._kept.get(token)
            return entry[1] if entry else None

    def close(self) -> None:
        """Lets go of files."""
        with self._lock:
            self._index = self._view = None
            self._kept.clear()
