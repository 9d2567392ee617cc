"""The archive's thread: in order, off the loop, and not for ever on a dead connection."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence

import pytest
from django.db import OperationalError

from pipeline.collect.database import DatabaseThread
from pipeline.collect.group import LARGEST_GROUP, Grouped


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


def test_what_waits_is_done_together_and_each_gets_its_own_answer() -> None:
    groups: list[int] = []

    def together(items: Sequence[int]) -> list[int | Exception]:
        groups.append(len(items))
        return [ValueError("bảy") if item == 7 else item * 10 for item in items]

    async def work(database: DatabaseThread) -> None:
        grouped: Grouped[int, int] = Grouped(database, together)
        hold = threading.Event()
        held = asyncio.ensure_future(database.run(hold.wait))
        calls = [asyncio.ensure_future(grouped.run(n)) for n in range(LARGEST_GROUP + 8)]
        await asyncio.sleep(0)
        hold.set()
        answers = await asyncio.gather(*calls, return_exceptions=True)
        await held
        assert [a for n, a in enumerate(answers) if n != 7] == [
            n * 10 for n in range(LARGEST_GROUP + 8) if n != 7
        ]
        assert isinstance(answers[7], ValueError)

    in_thread(work)
    assert groups == [LARGEST_GROUP, 8]


def test_a_group_that_fails_is_tried_once_more_and_then_told_to_all() -> None:
    calls: list[list[int]] = []

    def together(items: Sequence[int]) -> list[int | Exception]:
        calls.append(list(items))
        raise OperationalError("deadlock detected")

    async def work(database: DatabaseThread) -> None:
        grouped: Grouped[int, int] = Grouped(database, together)
        hold = threading.Event()
        held = asyncio.ensure_future(database.run(hold.wait))
        both = [asyncio.ensure_future(grouped.run(n)) for n in (1, 2)]
        await asyncio.sleep(0)
        hold.set()
        answers = await asyncio.gather(*both, return_exceptions=True)
        await held
        assert [type(answer) for answer in answers] == [OperationalError, OperationalError]

    in_thread(work)
    assert calls == [[1, 2], [1, 2]]
