"""Group commit: calls that wait for the database thread are made together, as one transaction.

A commit and a wait for the disk cost the same for one page as for thirty.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from pipeline.collect.database import DatabaseThread, with_another_try

T = TypeVar("T")
R = TypeVar("R")

# Other writers wait for a group to end: with thirty pages a fraction of a second.
LARGEST_GROUP = 32


class Grouped(Generic[T, R]):
    """``together`` gets what waits, in order, and answers each with its result or its own exception.

    When it raises, nothing of the group happened and every caller gets that exception.
    """

    def __init__(
        self, database: DatabaseThread, together: Callable[[Sequence[T]], Sequence[R | Exception]]
    ) -> None:
        self._database, self._together = database, together
        self._waiting: deque[tuple[T, Future[R]]] = deque()

    async def run(self, item: T) -> R:
        """The result for ``item``; raises the exception for it."""
        answer: Future[R] = Future()
        self._waiting.append((item, answer))
        # Every item sends the thread here once, and it serves the longest waiting first: when this
        # call is over, ``item`` was served by it or by one before it.
        await self._database.run(self._serve)
        return answer.result(timeout=0)

    def _serve(self) -> None:
        group = [self._waiting.popleft() for _ in range(min(len(self._waiting), LARGEST_GROUP))]
        if not group:
            return
        try:
            results = with_another_try(self._together, [item for item, _ in group])
        except Exception as error:
            results = [error] * len(group)
        for (_, answer), result in zip(group, results, strict=True):
            if isinstance(result, Exception):
                answer.set_exception(result)
            else:
                answer.set_result(result)
