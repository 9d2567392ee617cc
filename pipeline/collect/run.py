"""Runs the collect step: outlets synchronised, leases given back, then the collector's day."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection

from archive.frontier import release_leases
from archive.outlets import sync_outlets
from crawlers.collector import collector, runner
from pipeline.collect.database import DatabaseThread
from pipeline.collect.desk import ArchiveDesk
from pipeline.collect.settings import CollectSettings
from provinces.records import Outlet

log = logging.getLogger(__name__)


def collect(
    outlets: Iterable[Outlet],
    settings: CollectSettings,
    *,
    duration_s: float | None = None,
    on_archived: Callable[[], None] = lambda: None,
) -> bool:
    """Collect until SIGINT or SIGTERM, or for ``duration_s`` seconds; once per process.

    ``outlets`` replace those of the archive. ``on_archived`` is called, in the event loop, whenever
    the steps that follow have something to do; it must be quick. Returns whether the time ran out:
    False after a signal.
    """
    return runner.run(lambda: _day(list(outlets), settings, duration_s, on_archived))


async def _day(
    outlets: list[Outlet],
    settings: CollectSettings,
    duration_s: float | None,
    on_archived: Callable[[], None],
) -> bool:
    stop = asyncio.Event()
    with _stop_on_signals(stop):
        async with DatabaseThread() as database:
            await database.run(_prepare, outlets, settings)
            desk = ArchiveDesk(settings, database, on_archived)
            try:
                await collector.collect(desk, settings.limits, stop=stop, seconds=duration_s)
            finally:
                desk.close()
    log.info("collect: ended")
    return not stop.is_set()


@contextmanager
def _stop_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """SIGINT and SIGTERM set ``stop``; afterwards they do again what they usually do."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _prepare(outlets: list[Outlet], settings: CollectSettings) -> None:
    report = sync_outlets(outlets, now=datetime.now(UTC), default_delay=settings.default_delay_s)
    log.info(
        "collect: %d outlets, %d sources (%d new, %d retired)",
        report.outlets,
        report.sources,
        report.new_sources,
        report.retired_sources,
    )
    # SQLite means one worker, so any lease left is a killed predecessor's. On PostgreSQL others may
    # be at work, and what a dead one held comes back when its lease runs out.
    if connection.vendor == "sqlite":
        release_leases()
