"""The archive's thread: every query of the collect step runs there, never in the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connections

P = ParamSpec("P")
T = TypeVar("T")


class DatabaseThread:
    """One thread with a Django connection of its own. Use as an async context manager."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="collect-database")

    async def __aenter__(self) -> DatabaseThread:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.run(connections.close_all)
        self._pool.shutdown()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``function(*args)`` in the thread. Calls are made one after another, in order.

        ``function`` is one transaction: when the connection was lost it is run once more.
        """

        def call() -> T:
            return with_another_try(function, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._pool, call)


def with_another_try(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """``function(*args)``, once more on a new connection when the first was lost or had to give way."""
    try:
        return function(*args, **kwargs)
    except (OperationalError, InterfaceError):
        # A server that was restarted, a deadlock, or a lock that was not to be had in time.
        connections.close_all()
        return function(*args, **kwargs)
