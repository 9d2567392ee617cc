"""The archive's thread: in order, off the loop, and not for ever on a dead connection."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest
from django.db import OperationalError

from pipeline.collect.database import DatabaseThread


def in_thread(work: Callable[[DatabaseThread], Awaitable[None]]) -> None:
    async def run() -> None:
        async with DatabaseThread() as database:
            await work(database)

    asyncio.run(run())


def test_calls_run_in_one_other_thread_in_order() -> None:
    order: list[int] = []

    async def work(database: DatabaseThread) -> None:
        await asyncio.gather(*(database.run(order.append, n) for n in range(20)))
        names = {await database.run(threading.get_ident) for _ in range(3)}
        assert len(names) == 1
        assert threading.get_ident() not in names

    in_thread(work)
    assert order == list(range(20))


def test_a_lost_connection_is_opened_again_and_the_work_done() -> None:
    calls: list[int] = []

    def flaky() -> str:
        calls.append(1)
        if len(calls) == 1:
            raise OperationalError("server closed the connection unexpectedly")
        return "done"

    async def work(database: DatabaseThread) -> None:
        assert await database.run(flaky) == "done"

    in_thread(work)
    assert len(calls) == 2


def test_an_error_that_stays_reaches_the_caller() -> None:
    def broken() -> None:
        raise OperationalError("disk I/O error")

    async def work(database: DatabaseThread) -> None:
        with pytest.raises(OperationalError, match="disk"):
            await database.run(broken)

    in_thread(work)
