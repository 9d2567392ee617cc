"""Makes a backup: one tar file that is complete or not there."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diembao import __version__
from diembao.backup.dump import dump, engine
from diembao.backup.manifest import ATTACHMENTS, FORMAT, NAME, Manifest

CHUNK = 1 << 20


class _Hashing(io.RawIOBase):
    """Hashes the first ``size`` bytes of a file while they are copied: the file may still grow."""

    def __init__(self, file: io.BufferedReader, size: int):
        self._file, self._left = file, size
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(block)
        self.digest.update(block)
        return block


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as file:
        info = archive.gettarinfo(arcname=name, fileobj=file)
        reader = _Hashing(file, info.size)
        archive.addfile(info, reader)
    return reader.digest.hexdigest()


def create(
    database: dict[str, Any], snapshots: Path, target: Path, attachments: Path | None = None
) -> Manifest:
    """Write the backup to ``target``; safe while the program collects. Raises ``BackupError``, ``OSError``.

    The database is copied first: evidence files and ``attachments`` (files of cases, if there are any) only
    grow, so they hold at least what it refers to.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.partial")
    files: dict[str, str] = {}
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder, tarfile.open(draft, "w") as archive:
            copy = Path(folder, "database")
            dump(database, copy)
            files["database"] = _add(archive, copy, "database")
            kept = {"snapshots": snapshots} | ({ATTACHMENTS: attachments} if attachments else {})
            for kind, folder_of in kept.items():
                # A name that begins with a dot is a file still being written.
                for path in sorted(p for p in folder_of.rglob("*") if p.is_file() and p.name[0] != "."):
                    name = f"{kind}/{path.relative_to(folder_of).as_posix()}"
                    files[name] = _add(archive, path, name)
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            manifest = Manifest(FORMAT, __version__, made_at, engine(database), files)
            info = tarfile.TarInfo(NAME)
            info.size = len(manifest.to_json())
            archive.addfile(info, io.BytesIO(manifest.to_json()))
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest
