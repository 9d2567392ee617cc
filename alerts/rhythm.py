"""Whether more is printed than usual: the last hours against the same hours of the weeks before.

The weekday and the hour carry most of the press's rhythm, so that the same window of each of the last
eight weeks is what is usual. An archive younger than four weeks gives the same hours of the days before. The
count is unusual when it is as large as asked, at least twice what is usual, and under the negative binomial
law with the mean and the variance of those windows as rare as one in a thousand: of Poisson's law the
variance would be the mean, and the press comes in waves.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, variance

DAY_S = 86400.0
WEEKS = 8
FEWEST_WEEKS = 4
DAYS = 28
FEWEST_DAYS = 7
RARE = 0.001
TIMES = 2.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``count`` articles in the window, ``usual`` in such windows before, ``windows`` of them looked at;
    ``chance`` of so many or more if all is as usual."""

    count: int
    usual: float
    windows: int
    weekly: bool
    chance: float

    def unusual(self, least: int) -> bool:
        """Whether that is a spike, ``least`` articles being asked for."""
        return self.count >= least and self.count >= TIMES * self.usual and self.chance < RARE


def rhythm(times: Sequence[float], at: float, hours: int, since: float) -> Rhythm | None:
    """The window of ``hours`` up to ``at`` (POSIX seconds, as the sorted ``times``) against those before.

    ``since``: when the archive begins. None when it is too young to say what is usual.
    """
    span = hours * 3600.0
    weekly = True
    before = list(_counts(times, at, span, since, 7 * DAY_S, WEEKS))
    if len(before) < FEWEST_WEEKS:
        weekly = False
        before = list(_counts(times, at, span, since, DAY_S, DAYS))
        if len(before) < FEWEST_DAYS:
            return None
    count = _within(times, at - span, at)
    # Half an article more than was seen: what never happened before is rare and not impossible.
    mean = (sum(before) + 0.5) / len(before)
    spread = max(variance(before), mean * (1 + 1 / len(before)))
    return Rhythm(count, fmean(before), len(before), weekly, at_least(count, mean, spread))


def at_least(count: int, mean: float, spread: float) -> float:
    """The chance of ``count`` or more by the negative binomial law; ``spread``: variance above the mean."""
    size = mean * mean / (spread - mean)
    share = mean / spread
    term = share**size
    below = 0.0
    for number in range(count):
        below += term
        term *= (number + size) / (number + 1) * (1 - share)
    return max(0.0, 1.0 - below) if math.isfinite(below) else 1.0


def _counts(
    times: Sequence[float], at: float, span: float, since: float, step: float, most: int
) -> Iterator[int]:
    for back in range(1, most + 1):
        end = at - back * step
        if end - span >= since and back * step >= span:
            yield _within(times, end - span, end)


def _within(times: Sequence[float], start: float, end: float) -> int:
    """How many lie after ``start`` and not after ``end``."""
    return bisect_right(times, end) - bisect_right(times, start)
