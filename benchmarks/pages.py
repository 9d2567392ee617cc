"""Server time of every page that is read, over an archive of many articles: median and 95th percentile.

    python -m benchmarks.pages [--articles 20000] [--rounds 12] [--only WORD] [--keep DIR]

The archive is the corpus multiplied, with what an office has done over it, in SQLite and the embedded engine,
in a folder that is deleted afterwards. Pages and operations of the API are asked through Django's test client
by an administrator, after what a process does at its start (web.warm_up): middleware, view, queries, template
and compression count, the network does not. A page that can be read and is not measured is an error. The
first request of a page is told apart ("cold"). CPU time is told beside the clock.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import pages_work, pages_world
from benchmarks.pages_addresses import Address, missing, operations, pages

if TYPE_CHECKING:
    from django.test import Client

SLOWEST_MS = 200.0
FILES = ("briefing-file", "/files/", "case-docx")  # drawn when asked for: told, but no pages


def measure(rounds: int, count: int, only: str) -> float:
    """Print one line for each page; returns the largest 95th percentile of a page in milliseconds."""
    from django.contrib.auth.models import User
    from django.test import Client

    user = User.objects.get(username="admin")
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(user)
    token = {"Authorization": f"Bearer {_token(user)}"}
    table = pages(count) | operations(count)
    if left := missing(iter(table), client.get):
        raise SystemExit(f"can be read and are not measured: {', '.join(left)}")
    worst = 0.0
    print(f"{'page':50} {'cold':>8} {'median':>8} {'p95':>8} {'cpu p50':>8} {'cpu p95':>8} ms   {'bytes':>8}")
    for name, address in table.items():
        if only not in name:
            continue
        headers = token if name.startswith("API ") else {}
        file = any(word in name for word in FILES)
        row = _measured(partial(_get, client, address, headers), min(rounds, 5) if file else rounds)
        worst = worst if file else max(worst, row.p95)
        mark = "  file" if file else "  SLOW" if row.p95 > SLOWEST_MS else ""
        print(
            f"{name:50} {row.cold:8.0f} {row.median:8.0f} {row.p95:8.0f} {row.cpu:8.0f} {row.cpu95:8.0f}"
            f"      {row.size:8}{mark}",
            flush=True,
        )
    return worst


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds, and the bytes of an answer that is not streamed."""

    cold: float
    median: float
    p95: float
    cpu: float
    cpu95: float
    size: int


def _get(client: Client, address: Address, headers: dict[str, str], turn: int) -> Any:
    return client.get(address(turn), headers=headers)


def _measured(get: Callable[[int], Any], rounds: int) -> Row:
    spans, cpus, size = [], [], 0
    for turn in range(rounds + 1):
        began, cpu = time.perf_counter(), time.process_time()
        response = get(turn)
        # Of what is streamed the first piece is waited for: it comes when the work of the page is done.
        body = next(iter(response.streaming_content), b"") if response.streaming else response.content
        spans.append(1000 * (time.perf_counter() - began))
        cpus.append(1000 * (time.process_time() - cpu))
        response.close()
        size = max(size, len(body))
        if response.status_code not in (200, 302, 410):
            raise SystemExit(f"{response.request['PATH_INFO']} answered {response.status_code}")
    warm, work = spans[1:] or spans, cpus[1:] or cpus
    return Row(spans[0], statistics.median(warm), _p95(warm), statistics.median(work), _p95(work), size)


def _token(user: Any) -> str:
    from web.api.scopes import Scope
    from web.api.tokens import create, revoke
    from web.models import ApiToken

    now = datetime.now(UTC)
    for row in ApiToken.objects.filter(revoked_at=None):
        revoke(row, by=None, now=now)
    return create("benchmark", user, list(Scope), days=1, by=None, now=now)[1]


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def main() -> int:
    parser = argparse.ArgumentParser(description="Server time of every page.")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--only", default="", help="only pages with this in their name")
    parser.add_argument("--keep", type=Path, help="fill this folder, or measure over it when it is filled")
    args = parser.parse_args()
    if not (pages_world.DATA / "press_dev.jsonl.gz").is_file():
        raise SystemExit(f"no corpus at {pages_world.DATA}")
    folder = args.keep or Path(tempfile.mkdtemp(prefix="diembao-pages-"))
    os.environ |= {
        "DIEMBAO_DATA": str(folder),
        "DIEMBAO_PROVINCE": "demo",
        "DJANGO_SETTINGS_MODULE": "diembao.django_settings",
        "DIEMBAO_ALLOWED_HOSTS": "testserver",
        "DIEMBAO_LOG_LEVEL": "error",
        **dict.fromkeys(("DIEMBAO_API_READS", "DIEMBAO_API_EXPORTS"), "100000"),
    }
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from briefings.models import Briefing
    from search.documents import documents_from_archive
    from web.engine import engine
    from web.warm_up import warm_up

    try:
        call_command("migrate", verbosity=0)
        if not User.objects.exists():
            _told("filled", lambda: pages_world.fill(args.articles))
            _told("indexed", lambda: engine().rebuild(documents_from_archive()))
        if not Briefing.objects.exists():
            _told("worked on", lambda: pages_work.fill(args.articles))
        warm_up()
        gc.collect()
        gc.freeze()  # as the web process does
        worst = measure(args.rounds, args.articles, args.only)
        print(f"{args.articles} articles; slowest page at p95: {worst:.0f} ms")
        engine().close()
    finally:
        if args.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    return 0 if worst <= SLOWEST_MS else 1


def _told(what: str, work: Callable[[], object]) -> None:
    began = time.monotonic()
    work()
    print(f"{what} in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
