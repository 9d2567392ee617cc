"""What a step of the pipeline is: something that picks up the rows that await it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

SLICE_S = 0.5
"""A step that takes one row after another gives way after this time: what was just printed must not wait
until a long batch of the step before is done."""

Row = TypeVar("Row")


class Step(Protocol):
    """One step. Idempotent; may be killed at any moment and continues from the rows."""

    name: str

    def run(self, limit: int) -> int:
        """Handle up to ``limit`` waiting rows; returns how many it took, 0 when none waits."""


def a_slice(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows until the time is over, one at least; the others stay marked and come with the next run."""
    until = time.monotonic() + SLICE_S
    for row in rows:
        yield row
        if time.monotonic() >= until:
            return
