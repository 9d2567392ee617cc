"""A long batch gives way, so that what was just printed is not kept waiting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline import step
from pipeline.step import a_slice


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [0.0]
    monkeypatch.setattr(step.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(step, "SLICE_S", 1.0)
    yield now


def taken(clock: list[float], rows: int, each_s: float) -> int:
    count = 0
    for _ in a_slice(range(rows)):
        clock[0] += each_s
        count += 1
    return count


def test_quick_rows_are_all_taken(clock: list[float]) -> None:
    assert taken(clock, 5, 0.1) == 5


def test_slow_rows_end_with_the_slice(clock: list[float]) -> None:
    assert taken(clock, 5, 0.4) == 3


def test_one_row_is_taken_however_slow(clock: list[float]) -> None:
    assert taken(clock, 5, 60.0) == 1


def test_no_rows_are_no_work(clock: list[float]) -> None:
    assert taken(clock, 0, 1.0) == 0
