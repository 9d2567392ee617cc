"""The index folder: generations side by side, a pointer to the current one, and the locks.

::

    current            name of the generation in use; replaced atomically
    g000001/           one tantivy index, with ``version.txt``
    write.lock         held while a batch is written or a rebuilt index is swapped in
    rebuild.lock       held during a rebuild; freed by the system if the process dies
    rebuild.journal    batches indexed meanwhile, one JSON line each; replayed before the swap
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import tantivy
from django.utils.translation import gettext as _

from search.embedded.schema import SCHEMA_VERSION, build_schema, is_later
from search.port import EngineUnavailable, IndexOutdated, IndexUnreadable


class IndexFolder:
    """Finds, creates and swaps generations under ``root``."""

    def __init__(self, root: Path):
        self.root = root
        self.journal = root / "rebuild.journal"
        self._pointer = root / "current"
        self._make_root()

    def _make_root(self) -> None:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EngineUnavailable(
                _("Không tạo được thư mục chỉ mục %(folder)s (%(error)s); hãy kiểm tra quyền ghi")
                % {"folder": self.root, "error": error.strerror}
            ) from error

    def pointer_state(self) -> tuple[int, int]:
        """Changes whenever another generation becomes current; cheap enough for every search."""
        try:
            state = self._pointer.stat()
        except FileNotFoundError:
            return (0, 0)
        return (state.st_mtime_ns, state.st_ino)

    def current(self) -> Path:
        """The generation in use, an empty one made at first use; raises ``IndexUnreadable``."""
        if not self._pointer.exists():
            with self.locked("write.lock"):
                return self.current_locked()
        return self._pointed_to()

    def current_locked(self) -> Path:
        """The same for a caller that holds ``write.lock``."""
        if not self._pointer.exists():
            self.make_current(self.create())
        return self._pointed_to()

    def _pointed_to(self) -> Path:
        name = self._pointer.read_text("ascii", errors="replace").strip()
        folder = self.root / name
        if not name.startswith("g") or "/" in name or not folder.is_dir():
            raise IndexUnreadable(
                _("Chỉ mục %(folder)s không còn; hãy chạy diembao reindex để dựng lại từ kho bài")
                % {"folder": folder}
            )
        return folder

    def identity(self, folder: Path) -> str:
        """Tells a generation from another of the same name: made anew after it was lost, or put back."""
        try:
            state, file = folder.stat(), (folder / "version.txt").stat()
        except OSError:
            return folder.name
        return f"{folder.name}-{state.st_ino}-{file.st_ino}-{file.st_mtime_ns}"

    def open(self, folder: Path) -> tantivy.Index:
        """Opens a generation; raises ``IndexUnreadable`` when it is damaged or of another version.

        Of a later one it is an ``IndexOutdated``: the program was put back, and may go forward again.
        """
        try:
            version = (folder / "version.txt").read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            version = "?"
        if version != SCHEMA_VERSION:
            problem = IndexOutdated if is_later(version) else IndexUnreadable
            raise problem(
                _(
                    "Chỉ mục %(folder)s thuộc phiên bản %(live)s, chương trình cần %(wanted)s; "
                    "hãy chạy diembao reindex để dựng lại từ kho bài"
                )
                % {"folder": folder, "live": version, "wanted": SCHEMA_VERSION}
            )
        try:
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual")
            index.reload()
        except (ValueError, OSError) as error:
            raise IndexUnreadable(
                _("Chỉ mục %(folder)s hỏng (%(error)s); hãy chạy diembao reindex để dựng lại từ kho bài")
                % {"folder": folder, "error": error}
            ) from error
        return index

    def create(self) -> Path:
        """A new, empty generation beside the others."""
        numbers = [int(path.name[1:]) for path in self.root.glob("g*") if path.name[1:].isdigit()]
        folder = self.root / f"g{max(numbers, default=0) + 1:06d}"
        folder.mkdir()
        tantivy.Index(build_schema(), str(folder), reuse=False)
        (folder / "version.txt").write_text(SCHEMA_VERSION + "\n", "utf-8")
        return folder

    def written(self) -> dict[str, int]:
        """See ``SearchEngine.written``: the generation's identity, and the stamp of its last commit."""
        folder = self.current()
        self.open(folder)  # says what is wrong with it
        return {self.identity(folder): int(json.loads((folder / "meta.json").read_bytes())["opstamp"])}

    def make_current(self, folder: Path) -> None:
        """Points to ``folder`` in one atomic step and removes what came before it."""
        temporary = self.root / "current.new"
        with temporary.open("w", encoding="ascii") as file:
            file.write(folder.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._pointer)
        self.remove_others(folder)

    def remove_others(self, kept: Path) -> None:
        """Removes generations other than ``kept``: replaced ones, and those of a rebuild that died."""
        for path in self.root.glob("g*"):
            if path != kept and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)

    @contextlib.contextmanager
    def locked(self, name: str, *, patience: float | None = None) -> Iterator[bool]:
        """Holds a lock among threads and processes; gives whether it was got.

        ``patience``: seconds to wait for it; None: as long as it takes.
        """
        if not self.root.is_dir():  # removed while we run
            self._make_root()
        with (self.root / name).open("a") as file:
            yield _lock(file.fileno(), patience)

    def rebuilding(self) -> bool:
        """Whether a rebuild is under way, here or in another process."""
        with self.locked("rebuild.lock", patience=0.0) as got:
            return not got


def _lock(descriptor: int, patience: float | None) -> bool:
    if patience is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return True
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.01)
        else:
            return True
