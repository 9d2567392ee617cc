"""Geometry of the weekly chart: what was right at the foot of each bar, what was not above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.precision import Precision

HEIGHT = 100.0
STEP = 10.0
GAP = 2.0


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week, in units of the view box."""

    monday: date
    precision: Precision
    x: str
    right_y: str
    right_height: str
    wrong_y: str
    wrong_height: str


@dataclass(frozen=True, slots=True)
class WeekChart:
    """Bars, oldest first; ``top`` is the largest number of decisions in a week."""

    bars: tuple[WeekBar, ...]
    width: str
    bar_width: str
    top: int
    total: int


def weekly(weeks: Sequence[tuple[date, Precision]]) -> WeekChart:
    """Heights are counts, so that a week of two decisions looks like little."""
    top = max((week.decided for _, week in weeks), default=0)
    bars = tuple(_bar(place, monday, week, max(top, 1)) for place, (monday, week) in enumerate(weeks))
    return WeekChart(
        bars=bars,
        width=_number(max(len(bars), 1) * STEP - GAP),
        bar_width=_number(STEP - GAP),
        top=top,
        total=sum(week.decided for _, week in weeks),
    )


def _bar(place: int, monday: date, week: Precision, top: int) -> WeekBar:
    right = HEIGHT * week.right / top
    wrong = HEIGHT * (week.decided - week.right) / top
    return WeekBar(
        monday=monday,
        precision=week,
        x=_number(place * STEP),
        right_y=_number(HEIGHT - right),
        right_height=_number(right),
        wrong_y=_number(HEIGHT - right - wrong),
        wrong_height=_number(wrong),
    )


def _number(value: float) -> str:
    # Text, so that no locale writes a decimal comma into an attribute.
    return f"{value:.2f}".rstrip("0").rstrip(".")
