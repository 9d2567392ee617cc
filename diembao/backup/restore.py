"""Restores a backup: everything is unpacked and checked before anything is replaced."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from diembao.backup.create import CHUNK
from diembao.backup.dump import engine, load
from diembao.backup.manifest import NAME, BackupError, Manifest, safe_name


def _unpack(source: Path, folder: Path) -> tuple[Manifest, dict[str, str]]:
    """Unpack into ``folder``; returns the manifest and the digests of what was really there."""
    found: dict[str, str] = {}
    raw: bytes | None = None
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                file = archive.extractfile(member)
                if file is None:
                    continue  # folders and links: we write none
                if member.name == NAME:
                    raw = file.read()
                    continue
                path = folder / safe_name(member.name)
                path.parent.mkdir(parents=True, exist_ok=True)
                digest = hashlib.sha256()
                with path.open("wb") as out:
                    while block := file.read(CHUNK):
                        digest.update(block)
                        out.write(block)
                found[member.name] = digest.hexdigest()
    except tarfile.TarError as error:
        raise BackupError(f"{source} cannot be read ({error}); use another backup") from error
    if raw is None:
        raise BackupError(f"{source} has no {NAME}: it is cut short or no backup; use another one")
    return Manifest.from_json(raw), found


def restore(source: Path, database: dict[str, Any], data: Path, snapshots: Path, *, force: bool) -> Manifest:
    """Put the backup in place of what is there; raises ``BackupError`` before touching anything.

    Without ``force`` a data folder that already holds evidence or a database is refused.
    """
    if not force and (any(snapshots.rglob("*.warc*")) or (data / "diembao.sqlite3").exists()):
        raise BackupError(
            f"{data} already holds data; restore into an empty folder, or replace it with --force"
        )
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data) as folder:
        manifest, found = _unpack(source, Path(folder))
        wrong = sorted(
            name for name in manifest.files.keys() | found if manifest.files.get(name) != found.get(name)
        )
        if wrong:
            raise BackupError(f"{source}: {wrong[0]} is missing or altered; use another backup")
        if manifest.database != engine(database):
            raise BackupError(
                f"{source} holds a {manifest.database} database but the settings name {engine(database)}; "
                "set or unset DATABASE_URL to match"
            )
        old = data / ".replaced-snapshots"
        shutil.rmtree(old, ignore_errors=True)
        load(database, Path(folder, "database"))
        if snapshots.exists():
            snapshots.rename(old)
        unpacked = Path(folder, "snapshots")
        unpacked.mkdir(exist_ok=True)
        unpacked.rename(snapshots)
        shutil.rmtree(old, ignore_errors=True)
    return manifest
