"""Restores a backup: everything is unpacked and checked before anything is replaced.

What was checked waits in ``WAITING`` with the mark ``READY`` until database and evidence are both in
place. A kill before the mark leaves the old data; after it ``switch`` can be run again and ends the work.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from pathlib import Path
from typing import Any

from diembao.backup.create import CHUNK
from diembao.backup.dump import engine, load
from diembao.backup.manifest import ATTACHMENTS, NAME, BackupError, Manifest, safe_name

WAITING = ".restore"
READY = "ready"


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
                    out.flush()
                    os.fsync(out.fileno())
                found[member.name] = digest.hexdigest()
    except tarfile.TarError as error:
        raise BackupError(f"{source} cannot be read ({error}); use another backup") from error
    if raw is None:
        raise BackupError(f"{source} has no {NAME}: it is cut short or no backup; use another one")
    return Manifest.from_json(raw), found


def _checked(source: Path, folder: Path, database: dict[str, Any]) -> Manifest:
    manifest, found = _unpack(source, folder)
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
    return manifest


def restore(source: Path, database: dict[str, Any], data: Path, snapshots: Path, *, force: bool) -> Manifest:
    """Put the backup in place of what is there; raises ``BackupError`` before touching anything.

    Without ``force`` a data folder that already holds evidence or a database is refused. Call ``forget``
    when what follows the switch is done too.
    """
    if not force and (any(snapshots.rglob("*.warc*")) or (data / "diembao.sqlite3").exists()):
        raise BackupError(
            f"{data} already holds data; restore into an empty folder, or replace it with --force"
        )
    forget(data)
    folder = data / WAITING
    folder.mkdir(parents=True)
    try:
        manifest = _checked(source, folder, database)
        (folder / "snapshots").mkdir(exist_ok=True)
    except BaseException:
        forget(data)
        raise
    with (folder / READY).open("wb") as mark:
        os.fsync(mark.fileno())
    switch(database, data, snapshots)
    return manifest


def interrupted(data: Path) -> bool:
    """Whether a checked backup waits to be put in place: a restore was killed in the middle."""
    return (data / WAITING / READY).exists()


def switch(database: dict[str, Any], data: Path, snapshots: Path) -> None:
    """Put what was checked in place; may be repeated after a kill at any moment.

    Raises ``BackupError`` when the database cannot be loaded; then the old data stands untouched.
    """
    folder = data / WAITING
    dump, unpacked, old = folder / "database", folder / "snapshots", folder / "replaced-snapshots"
    if dump.exists():
        try:
            load(database, dump)
        except BackupError:
            forget(data)
            raise
        dump.unlink(missing_ok=True)
    if unpacked.exists():
        if snapshots.exists():
            shutil.rmtree(old, ignore_errors=True)
            snapshots.rename(old)
        unpacked.rename(snapshots)
    _add_files(folder / ATTACHMENTS, data / ATTACHMENTS)


def _add_files(unpacked: Path, attachments: Path) -> None:
    """Files of cases are named by their digest: the backup's join those that are there."""
    for path in sorted(path for path in unpacked.rglob("*") if path.is_file()):
        target = attachments / path.relative_to(unpacked)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)


def forget(data: Path) -> None:
    """Everything is in place, or nothing will be: the mark goes first."""
    (data / WAITING / READY).unlink(missing_ok=True)
    shutil.rmtree(data / WAITING, ignore_errors=True)
