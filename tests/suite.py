"""``make test``: the whole suite, with the real servers that can be had here.

1. Everything, on SQLite, with a real Elasticsearch and Chromium where they are found.
2. The rooms that touch the database once more, on a PostgreSQL of our own.

``REQUIRE_SERVERS=1`` (set by ``.ci/run``) makes a missing server a failure instead of a skip.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack

from tests.servers import elasticsearch, postgresql

ON_POSTGRESQL = [
    "tests/alerts",
    "tests/archive",
    "tests/briefings",
    "tests/cases",
    "tests/pipeline",
    "tests/web",
]


def pytest(*arguments: str, **environment: str) -> int:
    """Run pytest in a process of its own; returns its exit code."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env={**os.environ, **environment}).returncode


def main(arguments: list[str]) -> int:
    """Both passes; returns the exit code."""
    required = os.environ.get("REQUIRE_SERVERS") == "1"
    if required and shutil.which("chromium") is None:
        sys.stdout.write("Without Chromium: not installed (Debian: apt-get install chromium)\n")
        return 1
    with ExitStack() as servers:
        environment = {}
        try:
            environment["TEST_ELASTICSEARCH_URL"] = servers.enter_context(elasticsearch.running())
        except elasticsearch.NotAvailable as reason:
            sys.stdout.write(f"Without Elasticsearch: {reason}\n")
            if required:
                return 1
        failed = pytest(*arguments, **environment)
        if arguments or failed:
            return failed
        return _on_postgresql(environment, required)


def _on_postgresql(environment: dict[str, str], required: bool) -> int:
    try:
        with postgresql.running() as url:
            sys.stdout.write("\nOnce more on PostgreSQL: " + ", ".join(ON_POSTGRESQL) + "\n")
            # The whole server is thrown away afterwards, so its test database need not be dropped first: that
            # fails as soon as one server thread of a test still holds its pooled connection.
            marked = ("--reuse-db", "-m", "not browser and not corpus")
            return pytest(*marked, *ON_POSTGRESQL, DATABASE_URL=url, **environment)
    except postgresql.NotAvailable as reason:
        sys.stdout.write(f"Without PostgreSQL: {reason}\n")
        return int(required)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
