"""A PostgreSQL of the tests' own: made in a temporary folder, started on loopback, stopped and removed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.ports import free_port


class NotAvailable(Exception):
    """No server can be had here; the message says why and how to get one."""


def _binaries() -> Path:
    on_path = shutil.which("initdb")
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if on_path:
        candidates.insert(0, Path(on_path).parent)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NotAvailable("PostgreSQL is not installed (Debian: apt-get install postgresql)")


def _as_server_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses root, so root runs it as the package's own user."""
    if os.geteuid() != 0:
        return command
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise NotAvailable("running as root and there is no user postgres to run the server as") from None
    return ["runuser", "-u", "postgres", "--", *command]


@contextmanager
def running() -> Iterator[str]:
    """Yields ``postgresql://...`` of a fresh, empty server; raises ``NotAvailable``."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="diembao-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data, port = folder / "data", free_port()

        def run(program: str, *arguments: str) -> None:
            command = _as_server_user([str(binaries / program), *arguments])
            subprocess.run(command, check=True, capture_output=True, cwd=folder)

        run("initdb", "-D", str(data), "-U", "diembao", "--auth=trust", "-E", "UTF8", "--locale=C", "-N")
        fast = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        options = f"-h 127.0.0.1 -p {port} -k {folder} {fast}"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://diembao@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
