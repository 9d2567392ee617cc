"""Worker processes for reading feeds and pages: slow, hungry or fatal input stays in there.

Every worker has one task at a time, so that it is always known whose fault a crash is. A worker that
dies or takes too long is replaced; only the task it had fails.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Readers leak a little memory over thousands of pages; a fresh worker costs a few milliseconds.
TASKS_PER_WORKER = 2000


class WorkerLost(Exception):
    """The task's worker crashed, or was ended because it took too long."""


class Workshop:
    """A few worker processes. Use as an async context manager.

    ``preload`` names modules that the workers share from the start. ``timeout_s`` bounds one task.
    """

    def __init__(self, workers: int, *, timeout_s: float, preload: tuple[str, ...] = ()) -> None:
        self._timeout_s = timeout_s
        context = multiprocessing.get_context("forkserver")
        # ``__main__`` stays out: the fork server must not import the program that started it.
        context.set_forkserver_preload(list(preload))
        self._benches = [_Bench(context) for _ in range(workers)]
        self._free: asyncio.Queue[_Bench] = asyncio.Queue()
        for bench in self._benches:
            self._free.put_nowait(bench)

    async def __aenter__(self) -> Workshop:
        return self

    async def __aexit__(self, *_: object) -> None:
        for bench in self._benches:
            bench.clear()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``function(*args)`` in a worker: its result or its exception.

        Both must be picklable. Raises WorkerLost when the worker crashes or takes too long.
        """
        bench = await self._free.get()
        try:
            return await bench.run(self._timeout_s, function, *args, **kwargs)
        finally:
            self._free.put_nowait(bench)


class _Bench:
    """The place of one worker; the worker itself comes and goes."""

    def __init__(self, context: multiprocessing.context.ForkServerContext) -> None:
        self._context = context
        self._pool: ProcessPoolExecutor | None = None
        self._pid = 0
        self._tasks = 0

    async def run(self, timeout_s: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._tasks >= TASKS_PER_WORKER:
            self.clear()
        try:
            pool = self._pool or await self._open()
            self._tasks += 1
            task = asyncio.wrap_future(pool.submit(_call, function, args, kwargs))
            return await asyncio.wait_for(task, timeout_s)
        except TimeoutError as error:
            self.clear()
            raise WorkerLost(f"tiến trình đọc chạy quá {timeout_s:.0f} giây, đã bị dừng") from error
        except BrokenProcessPool as error:
            self.clear()
            raise WorkerLost("tiến trình đọc bị sập khi đọc nội dung này") from error
        except asyncio.CancelledError:
            self.clear()
            raise

    async def _open(self) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(1, mp_context=self._context, initializer=_prepare)
        # Starting a process blocks for a moment, so even the submit happens off the loop.
        self._pid = await asyncio.wrap_future(await asyncio.to_thread(pool.submit, os.getpid))
        self._pool, self._tasks = pool, 0
        return pool

    def clear(self) -> None:
        """End the worker, whatever it is doing; the next task gets a new one."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        pool.shutdown(wait=False, cancel_futures=True)


def _call(function: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
    try:
        return function(*args, **kwargs)
    except TimeoutError as error:
        # Would look like our own time limit on the other side.
        raise RuntimeError(f"TimeoutError: {error}") from error


def _prepare() -> None:
    """In a new worker: leave Ctrl-C to the parent, and never outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True, name="follow-parent").start()
