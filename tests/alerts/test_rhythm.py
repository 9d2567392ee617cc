"""Spikes are told against the usual rhythm: neither one busy weekday nor a first article is one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.rhythm import at_least, rhythm

WEEK, DAY, HOUR = 7 * 86400.0, 86400.0, 3600.0
NOW = 100 * WEEK


def weeks(counts: Iterable[int], now: int) -> list[float]:
    """Articles in the hour before NOW, and in the same hour of the weeks before, newest week first."""
    times = [NOW - 60 * k for k in range(now)]
    for back, count in enumerate(counts, 1):
        times += [NOW - back * WEEK - 60 * k for k in range(count)]
    return sorted(times)


def test_twelve_where_two_are_usual_is_a_spike() -> None:
    seen = rhythm(weeks([2, 1, 3, 2, 2, 1, 3, 2], 12), NOW, 6, 0.0)
    assert seen is not None
    assert (seen.count, seen.usual, seen.windows, seen.weekly) == (12, 2.0, 8, True)
    assert seen.unusual(5)
    assert not seen.unusual(13)  # fewer than the rule asks for


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ([2, 1, 3, 2, 2, 1, 3, 2], 4),  # within what chance brings
        ([0, 30, 2, 0, 25, 1, 0, 28], 20),  # a topic that comes in waves
        ([40, 42, 38, 41, 39, 40, 43, 37], 70),  # less than twice the usual
    ],
)
def test_what_chance_or_waves_bring_is_none(before: list[int], now: int) -> None:
    seen = rhythm(weeks(before, now), NOW, 6, 0.0)
    assert seen is not None and not seen.unusual(2)


def test_a_topic_that_never_was_is_a_spike_with_enough_articles() -> None:
    seen = rhythm(weeks([0] * 8, 5), NOW, 6, 0.0)
    assert seen is not None and seen.unusual(5)
    few = rhythm(weeks([0] * 8, 1), NOW, 6, 0.0)
    assert few is not None and not few.unusual(1)


def test_a_busy_monday_is_compared_with_mondays() -> None:
    times = weeks([20] * 8, 22)
    seen = rhythm(times, NOW, 6, 0.0)
    assert seen is not None and not seen.unusual(5)


def test_a_young_archive_is_compared_by_days_and_a_younger_one_says_nothing() -> None:
    times = sorted([*(NOW - 60 * k for k in range(9)), *(NOW - back * DAY - 60 for back in range(1, 10))])
    seen = rhythm(times, NOW, 6, NOW - 10 * DAY)
    assert seen is not None
    assert (seen.weekly, seen.windows, seen.usual) == (False, 9, 1.0)
    assert rhythm(times, NOW, 6, NOW - 5 * DAY) is None


@settings(max_examples=100, deadline=None)
@given(st.floats(0.05, 60), st.floats(1.01, 6), st.integers(0, 200))
def test_the_tail_is_a_chance_and_falls(mean: float, over: float, count: int) -> None:
    here, further = at_least(count, mean, mean * over), at_least(count + 1, mean, mean * over)
    assert 0.0 <= further <= here <= 1.0
    assert at_least(0, mean, mean * over) == 1.0


def test_the_tail_is_that_of_the_law() -> None:
    # Two times two, three times two: r = 4, p = 2/3, by hand.
    p = 2 / 3
    first = p**4 * (1 + 4 * (1 - p) + 10 * (1 - p) ** 2)
    assert at_least(3, 2.0, 3.0) == pytest.approx(1 - first)
