"""Geometry of the small charts; templates draw them as SVG beside a table of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HEIGHT = 100.0
STEP = 10.0  # width of one bar with its gap
GAP = 2.0
MOST_BARS = 92


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar over the days ``day`` to ``last``, in units of the view box."""

    day: date
    last: date
    value: int
    x: str
    y: str
    height: str
    now: bool = False  # the day that is not over yet

    @property
    def width(self) -> str:
        """The same for every bar."""
        return _number(STEP - GAP)


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, oldest first; ``usual_y`` is the height of the line of what is usual, "" without."""

    bars: tuple[Bar, ...]
    width: str
    top: int  # the largest value
    total: int
    usual_y: str = ""

    @property
    def outline(self) -> str:
        """All bars as one SVG path, for charts too small to point at single bars."""
        return "".join(
            f"M{bar.x} 100V{bar.y}h{bar.width}V100z" for bar in self.bars if bar.value and not bar.now
        )


def by_day(
    days: Sequence[tuple[date, int]], *, usual: float | None = None, today: date | None = None
) -> Chart:
    """One bar a day."""
    return _chart([(day, day, value) for day, value in days], usual, today)


def timeline(days: Sequence[tuple[date, int]]) -> Chart:
    """Bars from the first to the last of ``days`` (rising), of as many days each as keeps them few."""
    if not days:
        return _chart([], None, None)
    first, last = days[0][0], days[-1][0]
    span = (last - first).days + 1
    size = -(-span // MOST_BARS)
    values = [0] * -(-span // size)
    for day, count in days:
        values[(day - first).days // size] += count
    return _chart(
        [
            (
                first + timedelta(days=place * size),
                min(last, first + timedelta(days=place * size + size - 1)),
                value,
            )
            for place, value in enumerate(values)
        ],
        None,
        None,
    )


def _chart(spans: Sequence[tuple[date, date, int]], usual: float | None, today: date | None) -> Chart:
    """Heights are shares of the largest value; zeros have none."""
    top = max((value for _, _, value in spans), default=0)
    scale = max(top, usual or 0.0, 1.0)
    bars = tuple(
        Bar(
            day=first,
            last=last,
            value=value,
            x=_number(place * STEP),
            y=_number(HEIGHT - HEIGHT * value / scale),
            height=_number(HEIGHT * value / scale),
            now=first == today,
        )
        for place, (first, last, value) in enumerate(spans)
    )
    return Chart(
        bars=bars,
        width=_number(max(len(spans), 1) * STEP - GAP),
        top=top,
        total=sum(bar.value for bar in bars),
        usual_y=_number(HEIGHT - HEIGHT * usual / scale) if usual is not None else "",
    )


def _number(value: float) -> str:
    # Text, so that no locale writes a decimal comma into an attribute.
    return f"{value:.2f}".rstrip("0").rstrip(".")
