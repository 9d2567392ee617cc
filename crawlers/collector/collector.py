"""The collector's day: ask the desk what is due, do it politely, hand it back, until told to stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from crawlers.collector import reading
from crawlers.collector.desk import Deal, Desk
from crawlers.collector.fetcher import Fetcher
from crawlers.collector.hosts import HostGate
from crawlers.collector.limits import Limits
from crawlers.collector.outage import NETWORK, OutageWatch, Verdict
from crawlers.collector.reading import read_page, read_source
from crawlers.collector.runner import with_fetcher
from crawlers.collector.workshop import Workshop
from crawlers.records import FailureKind, FetchFailure, PageJob, SourceJob

log = logging.getLogger(__name__)

TICK_S = 1.0
# Jobs end many times a second; the desk is asked no more often than this.
DEAL_PAUSE_S = 0.1
# Jobs in progress for each host asked at once: while one downloads, others wait their turn or are read.
JOBS_PER_HOST = 6


class Collector:
    """Runs jobs of one desk. ``stop`` set: finish what is in progress and return."""

    def __init__(
        self, desk: Desk, limits: Limits, fetcher: Fetcher, gate: HostGate, workshop: Workshop
    ) -> None:
        self._desk, self._limits = desk, limits
        self._fetcher, self._gate, self._workshop = fetcher, gate, workshop
        self._wake = asyncio.Event()
        self._jobs: dict[asyncio.Task[None], str] = {}  # job in progress: its outlet
        self._held: set[asyncio.Task[None]] = set()  # those of them that only wait for a verdict
        self._resting: dict[str, float] = {}  # outlets that asked us to stay away: until when
        self._watch = OutageWatch(hold_s=limits.hold_s, on_change=self._outage_changed)

    async def run(self, stop: asyncio.Event, seconds: float | None = None) -> None:
        """Collect until ``stop``, or for ``seconds`` and then to the end of what was found."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        # Both jobs may run twice at once without harm, and on a machine that lags they would warn each time.
        quiet: dict[str, Any] = {"max_instances": 10, "coalesce": True, "misfire_grace_time": None}
        scheduler.add_job(self._tick, "interval", seconds=TICK_S, **quiet)
        scheduler.add_job(self._forget, "interval", seconds=600, **quiet)
        scheduler.start()
        stopper = asyncio.ensure_future(stop.wait())
        stopper.add_done_callback(lambda _: self._wake.set())
        try:
            await self._deal_until(stop, _after(seconds), closing=False)
            if not stop.is_set():
                await self._close(stop)
        finally:
            scheduler.shutdown(wait=False)
            stopper.cancel()
            await self._finish()

    async def _deal_until(self, stop: asyncio.Event, end: float | None, *, closing: bool) -> None:
        loop = asyncio.get_running_loop()
        while not stop.is_set():
            left = None if end is None else end - loop.time()
            if left is not None and left <= 0:
                return
            if closing and await self._all_found_is_done(left or 0.0):
                return
            await self._deal(closing=closing)
            self._wake.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), left)
            with suppress(TimeoutError):
                pause = self._limits.probe_s if self._watch.active else DEAL_PAUSE_S
                await asyncio.wait_for(stop.wait(), pause)

    async def _deal(self, *, closing: bool) -> None:
        most = 1 if self._watch.active else JOBS_PER_HOST * self._limits.concurrency
        room = most - (len(self._jobs) - len(self._held))
        if room <= 0:
            return
        now = asyncio.get_running_loop().time()
        self._resting = {outlet: until for outlet, until in self._resting.items() if until > now}
        busy = frozenset(self._jobs.values()) | frozenset(self._resting)
        try:
            deal = await self._desk.deal(datetime.now(UTC), room=room, busy=busy, closing=closing)
        except Exception:
            log.exception("collect: asking for due jobs failed; asked again in a moment")
            await asyncio.sleep(TICK_S)
            return
        for source in deal.sources:
            self._begin(source.outlet, self._source(source))
        for page in deal.pages:
            self._begin(page.outlet, self._page(page))

    def _begin(self, outlet: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._jobs[task] = outlet
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        outlet = self._jobs.pop(task)
        self._held.discard(task)
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            log.error(
                "collect: a job of %s failed; its lease brings it back", outlet, exc_info=task.exception()
            )

    async def _source(self, job: SourceJob) -> None:
        read = await read_source(job, self._fetcher, self._workshop)
        if await self._is_ours(read.failure, job):
            await self._desk.outage(datetime.now(UTC), _words(read.failure), Deal(sources=(job,)))
        else:
            await self._desk.source_read(read)

    async def _page(self, job: PageJob) -> None:
        read = await read_page(job, self._fetcher, self._workshop)
        if await self._is_ours(read.failure, job):
            await self._desk.outage(datetime.now(UTC), _words(read.failure), Deal(pages=(job,)))
        else:
            await self._desk.page_read(read)

    async def _is_ours(self, failure: FetchFailure | None, job: SourceJob | PageJob) -> bool:
        """Whether a failure is our own outage; waits for the verdict without taking up room."""
        host = urlsplit(job.url).hostname or ""
        if failure is not None and failure.kind is FailureKind.THROTTLED and failure.retry_after:
            # Jobs that could only be sent back are better left at the desk.
            self._resting[job.outlet] = asyncio.get_running_loop().time() + failure.retry_after
        if failure is None or failure.status is not None:
            self._watch.answered()
            return False
        if failure.kind not in NETWORK:
            self._watch.refused(host)
            return False
        task = asyncio.current_task()
        assert task is not None
        self._held.add(task)
        self._wake.set()
        try:
            return await self._watch.judge(host) is Verdict.OURS
        finally:
            self._held.discard(task)

    def _outage_changed(self, active: bool) -> None:
        if active:
            log.warning("collect: no host can be reached, our own network seems down; nothing is counted")
        else:
            log.warning("collect: hosts answer again, going on as usual")
        self._wake.set()

    def _tick(self) -> None:
        self._wake.set()

    def _forget(self) -> None:
        self._gate.forget_idle()

    async def _close(self, stop: asyncio.Event) -> None:
        """The time is over: read no more sources, finish the pages already found."""
        await self._deal_until(stop, _after(self._limits.grace_s), closing=True)

    async def _all_found_is_done(self, left: float) -> bool:
        if self._jobs:
            return False
        return await self._desk.unvisited(datetime.now(UTC) + timedelta(seconds=left)) == 0

    async def _finish(self) -> None:
        """Give the jobs in progress a moment, then let go of them: their leases bring them back."""
        self._watch.give_up()
        if self._jobs:
            await asyncio.wait(list(self._jobs), timeout=self._limits.stop_s)
        left = list(self._jobs)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)


async def collect(desk: Desk, limits: Limits, *, stop: asyncio.Event, seconds: float | None = None) -> None:
    """Collect for one desk until ``stop``, or for ``seconds``. Needs the loop of ``runner.run``."""

    async def work(fetcher: Fetcher, gate: HostGate) -> None:
        async with Workshop(
            limits.workers, timeout_s=limits.work_timeout_s, preload=(reading.__name__,)
        ) as workshop:
            await Collector(desk, limits, fetcher, gate, workshop).run(stop, seconds)

    await with_fetcher(limits, work)


def _after(seconds: float | None) -> float | None:
    return None if seconds is None else asyncio.get_running_loop().time() + seconds


def _words(failure: FetchFailure | None) -> str:
    return failure.message if failure is not None else ""
