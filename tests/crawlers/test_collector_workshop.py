"""Hostile input may crash or hang a worker; only its own task fails, and the next one has a worker."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable

import psutil
import pytest

from crawlers.collector.workshop import WorkerLost, Workshop
from crawlers.errors import Unreadable
from tests.crawlers import workshop_tasks as tasks

# The fork server is one for the whole test run, and the collector's tests want these in it.
PRELOAD = ("crawlers.collector.reading",)


def in_workshop(
    work: Callable[[Workshop], Awaitable[None]], workers: int = 1, timeout_s: float = 20.0
) -> None:
    async def run() -> None:
        async with Workshop(workers, timeout_s=timeout_s, preload=PRELOAD) as workshop:
            await work(workshop)

    asyncio.run(run())


def test_a_task_runs_in_another_process() -> None:
    async def work(workshop: Workshop) -> None:
        assert await workshop.run(tasks.double, 21) == 42
        assert await workshop.run(tasks.pid) != os.getpid()

    in_workshop(work)


def test_an_exception_comes_back_and_the_worker_stays() -> None:
    async def work(workshop: Workshop) -> None:
        before = await workshop.run(tasks.pid)
        with pytest.raises(Unreadable, match="không đọc được"):
            await workshop.run(tasks.unreadable)
        with pytest.raises(RuntimeError, match="from within"):
            await workshop.run(tasks.slow_library)
        assert await workshop.run(tasks.pid) == before

    in_workshop(work)


def test_a_crash_fails_its_own_task_only() -> None:
    async def work(workshop: Workshop) -> None:
        outcomes = await asyncio.gather(
            workshop.run(tasks.crash),
            *(workshop.run(tasks.double, n) for n in range(6)),
            return_exceptions=True,
        )
        assert isinstance(outcomes[0], WorkerLost)
        assert outcomes[1:] == [0, 2, 4, 6, 8, 10]

    in_workshop(work, workers=2)


def test_a_hung_worker_is_ended_and_replaced() -> None:
    async def work(workshop: Workshop) -> None:
        hung = await workshop.run(tasks.pid)
        with pytest.raises(WorkerLost, match="3 giây"):
            await workshop.run(tasks.hang)
        assert await workshop.run(tasks.double, 4) == 8
        assert await workshop.run(tasks.pid) != hung
        assert not _runs(hung)

    in_workshop(work, timeout_s=3.0)


def test_a_cancelled_task_leaves_no_worker_busy() -> None:
    async def work(workshop: Workshop) -> None:
        await workshop.run(tasks.double, 1)
        task = asyncio.ensure_future(workshop.run(tasks.hang))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await workshop.run(tasks.double, 2) == 4

    in_workshop(work)


def test_workers_end_when_their_program_is_killed() -> None:
    program = (
        "import asyncio\n"
        "from crawlers.collector.workshop import Workshop\n"
        "from tests.crawlers import workshop_tasks as tasks\n"
        "async def main():\n"
        "    async with Workshop(1, timeout_s=60) as workshop:\n"
        "        print(await workshop.run(tasks.pid), flush=True)\n"
        "        await workshop.run(tasks.hang)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        worker = int(running.stdout.readline())
        running.send_signal(signal.SIGKILL)
        running.wait()
    until = time.monotonic() + 60
    while _runs(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(worker)


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
