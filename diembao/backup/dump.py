"""A consistent copy of the database into a file, and back, while the program runs."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from diembao.backup.manifest import BackupError


def engine(database: dict[str, Any]) -> str:
    """ "sqlite" or "postgresql"."""
    return "sqlite" if "sqlite" in database["ENGINE"] else "postgresql"


def _postgresql(program: str, database: dict[str, Any], *arguments: str) -> None:
    if shutil.which(program) is None:
        raise BackupError(f"{program} is not installed (Debian: apt-get install postgresql-client)")
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "PGHOST": str(database["HOST"]),
        "PGPORT": str(database["PORT"] or 5432),
        "PGUSER": str(database["USER"]),
        "PGPASSWORD": str(database["PASSWORD"]),
    }
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-500:]}")


def dump(database: dict[str, Any], target: Path) -> None:
    """Copy the database to ``target`` as it stands at one moment; raises ``BackupError``."""
    if engine(database) == "postgresql":
        name = str(database["NAME"])
        _postgresql("pg_dump", database, "--format=custom", "--no-owner", f"--file={target}", name)
        return
    if not Path(database["NAME"]).is_file():
        raise BackupError(f"there is no database at {database['NAME']}; run diembao init first")
    with closing(sqlite3.connect(database["NAME"])) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def load(database: dict[str, Any], source: Path) -> None:
    """Put a dump in the place of the database; raises ``BackupError``."""
    if engine(database) == "postgresql":
        name = str(database["NAME"])
        arguments = ["--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={name}"]
        _postgresql("pg_restore", database, *arguments, str(source))
        return
    target = Path(database["NAME"])
    for suffix in ("-wal", "-shm"):  # of the database that is replaced; they do not fit the new one
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    source.replace(target)
