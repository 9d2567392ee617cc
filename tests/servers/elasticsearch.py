"""An Elasticsearch of the tests' own: started on loopback with its own user and heap, stopped and removed.

``python -m tests.servers.elasticsearch [--heap 4g]`` runs one until Ctrl-C, for benchmarks.
``TEST_ELASTICSEARCH_URL`` names a server that runs already; it is used as it is.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.servers import elasticsearch_security
from tests.servers.elasticsearch_download import NotAvailable, unpacked
from tests.servers.ports import free_port

__all__ = ["NotAvailable", "Server", "running"]

USER = "diembao-es"
OPEN = ("xpack.security.enabled: false", "xpack.security.autoconfiguration.enabled: false")
START_S = 600  # some 15 s of processor time, which may take minutes on a busy machine


class Server:
    """One node over a folder of its own; ``kill`` and ``start`` it again to test what survives."""

    def __init__(self, home: Path, folder: Path, heap: str, *, secured: bool = False):
        self.home, self.folder, self.heap, self.secured = home, folder, heap, secured
        self.port = free_port()
        self.url = f"{'https' if secured else 'http'}://127.0.0.1:{self.port}"
        self.ca = folder / "config" / "certs" / "ca.crt"
        self.process: subprocess.Popen[bytes] | None = None
        self._configure()

    def _configure(self) -> None:
        config = self.folder / "config"
        shutil.copytree(self.home / "config", config)
        lines = [
            "discovery.type: single-node",
            "network.host: 127.0.0.1",
            f"http.port: {self.port}",
            f"transport.port: {free_port()}",
            *(elasticsearch_security.SETTINGS if self.secured else OPEN),
            "cluster.routing.allocation.disk.threshold_enabled: false",
            f"path.data: {self.folder / 'data'}",
            f"path.logs: {self.folder / 'logs'}",
            f"path.repo: {self.folder / 'backups'}",
        ]
        (config / "elasticsearch.yml").write_text("\n".join(lines) + "\n")
        if self.secured:
            elasticsearch_security.secure(config)
        if os.geteuid() == 0:
            for path in [self.folder, *self.folder.rglob("*")]:
                shutil.chown(path, USER)

    def _command(self) -> list[str]:
        """The launcher's own class: the server's ``bin`` folder is not in the artifact."""
        java = shutil.which("java")
        if java is None:
            raise NotAvailable("Java is not installed (Debian: apt-get install openjdk-17-jre-headless)")
        library = self.home / "lib"
        memory = ["-Xms16m", "-Xmx64m"]
        launcher = library / "tools" / "server-launcher"
        if launcher.is_dir():  # from 9.4 on
            path = f"{launcher}/*"
            command = [java, *memory, "-cp", path, "org.elasticsearch.server.launcher.ServerLauncher"]
            return self._as_user(command)
        command = [
            java,
            *memory,
            "-Dcli.name=server",
            "-Dcli.script=" + str(self.home / "bin" / "elasticsearch"),
            "-Dcli.libs=lib/tools/server-cli",
            f"-Des.path.home={self.home}",
            f"-Des.path.conf={self.folder / 'config'}",
            "-Des.distribution.type=tar",
            "-cp",
            f"{library}/*:{library}/cli-launcher/*",
            "org.elasticsearch.launcher.CliToolLauncher",
        ]
        return self._as_user(command)

    def _as_user(self, command: list[str]) -> list[str]:
        return command if os.geteuid() != 0 else ["runuser", "-u", USER, "--", *command]

    def start(self) -> None:
        """Start and wait until it answers; raises ``NotAvailable`` with the end of its log."""
        java = Path(shutil.which("java") or "/usr").resolve()
        environment = {
            "PATH": os.environ["PATH"],
            "ES_JAVA_OPTS": f"-Xms{self.heap} -Xmx{self.heap}",
            "ES_JAVA_HOME": str(java.parent.parent),
            # What the launcher of 9.4 wants to be told; earlier ones take it as properties.
            "ES_HOME": str(self.home),
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_DISTRIBUTION_TYPE": "tar",
            "JAVA_HOME": str(java.parent.parent),
            "JAVA": str(java),
            "HOME": str(self.folder),
        }
        log = (self.folder / "console.log").open("ab")
        self.process = subprocess.Popen(
            self._command(),
            cwd=self.home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        trust = ssl.create_default_context(cafile=str(self.ca)) if self.secured else None
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(
                    f"{self.url}/_cluster/health", timeout=2, context=trust
                ) as answer:
                    if answer.status == 200:
                        return
            except urllib.error.HTTPError as error:
                if self.secured and error.code == 401:  # it asks who we are, so it is up
                    return
                time.sleep(0.5)
            except (urllib.error.URLError, OSError):
                time.sleep(0.5)
        code = self.process.poll()
        self.kill()
        load = os.getloadavg()[0]
        why = (
            f"ended with code {code}"
            if code is not None
            else f"gave no answer in {START_S} s (load {load:.0f})"
        )
        raise NotAvailable(f"Elasticsearch {why}; its console ends: {self.console()[-800:]}")

    def console(self) -> str:
        """What it printed so far."""
        return (self.folder / "console.log").read_text("utf-8", "replace")

    def kill(self) -> None:
        """``kill -9`` it, its launcher and its server alike."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def _ensure_user() -> None:
    """Elasticsearch refuses root, so root makes a user for it."""
    if os.geteuid() != 0:
        return
    try:
        pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER], check=True
        )


@contextmanager
def server(heap: str = "1g", *, secured: bool = False) -> Iterator[Server]:
    """A fresh server of our own, killed and removed at the end; ``secured``: see elasticsearch_security."""
    home = unpacked()
    _ensure_user()
    folder = Path(tempfile.mkdtemp(prefix="diembao-elasticsearch-"))
    folder.chmod(0o755)
    node = Server(home, folder, heap, secured=secured)
    try:
        node.start()
        yield node
    finally:
        node.kill()
        shutil.rmtree(folder, ignore_errors=True)


def for_tests(*, secured: bool = False) -> Iterator[Server]:
    """The body of a fixture that needs a server of its own; without any, the tests are skipped.

    Where servers are required (``REQUIRE_SERVERS=1``) it raises ``NotAvailable`` instead.
    """
    if not os.environ.get("TEST_ELASTICSEARCH_URL"):
        pytest.skip("no Elasticsearch: run `make test`, or set TEST_ELASTICSEARCH_URL (see tests/servers)")
    try:
        with server(heap="512m", secured=secured) as node:
            yield node
    except NotAvailable as reason:
        if os.environ.get("REQUIRE_SERVERS") == "1":
            raise
        pytest.skip(f"no Elasticsearch of our own: {reason}")


@contextmanager
def running(heap: str = "1g") -> Iterator[str]:
    """Yields the URL of ``TEST_ELASTICSEARCH_URL`` or of a fresh server; raises ``NotAvailable``."""
    given = os.environ.get("TEST_ELASTICSEARCH_URL")
    if given:
        yield given
        return
    with server(heap) as node:
        yield node.url


def main() -> None:
    """Run a server until interrupted."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--heap", default="1g")
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))  # the server must not outlive us
    with server(parser.parse_args().heap) as node:
        sys.stdout.write(f"{node.url}\n")
        sys.stdout.flush()
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
