"""What a figure with its hedge allows: a closed, half-open or one-sided interval.

The widths follow the conventions of the evaluation set: "khoảng" is five percent either way, "gần" down to
five percent below, "hơn" up to ten percent above, wider for a number with one significant digit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Hedge(StrEnum):
    """How a figure is qualified."""

    NONE = "none"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    SHORT_OF = "short-of"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


_PHRASES_OF = {
    Hedge.NONE: "đúng, tròn, vẻn vẹn, vỏn vẹn, tới, lên đến, lên tới, đến, chỉ, những, đạt, đủ",
    Hedge.ABOUT: (
        "khoảng, chừng, xấp xỉ, trên dưới, quanh, cỡ, độ chừng, ngót nghét, tầm, xêm xêm, "
        "loanh quanh, quanh quanh, xoay quanh, quanh mức, quanh ngưỡng, trong khoảng, "
        "khoảng chừng, vào khoảng, đâu chừng, cỡ chừng, cỡ khoảng, quãng, ước chừng, ước khoảng, "
        "áng chừng"
    ),
    Hedge.NEARLY: (
        "gần, non, ngót, mấp mé, suýt soát, gần tới, gần đến, xuýt xoát, ngấp nghé, suýt, "
        "suýt chạm, gần chạm, sát, sát mốc, tiệm cận, gần bằng"
    ),
    Hedge.OVER: (
        "hơn, trên, ngoài, quá, vượt, nhỉnh hơn, vượt quá, vượt mốc, già, vượt ngưỡng, vượt con số, hơn cả"
    ),
    Hedge.SHORT_OF: "chưa đầy, chưa tới, chưa đến, không đầy, không tới, không đến",
    Hedge.AT_LEAST: (
        "ít ra, chí ít, ít nhất là, tối thiểu là, ít nhất cũng, ít ra cũng, chí ít cũng, "
        "không thấp hơn, không kém hơn, không dưới, ít nhất, tối thiểu, không ít hơn, không kém"
    ),
    Hedge.AT_MOST: (
        "nhiều nhất là, cùng lắm, tối đa là, không cao hơn, dưới, không quá, tối đa, không hơn, "
        "không vượt quá, nhiều nhất"
    ),
}
PHRASES = {phrase: hedge for hedge, listed in _PHRASES_OF.items() for phrase in listed.split(", ")}
AFTER = {
    **dict.fromkeys(("trở lên", "đổ lên"), Hedge.AT_LEAST),
    **dict.fromkeys(("trở xuống", "đổ lại", "đổ xuống", "là cùng"), Hedge.AT_MOST),
    **dict.fromkeys(("có lẻ", "có dư"), Hedge.OVER),
}
"""Hedges that stand behind a figure and what it counts: "743 nghìn thuê bao trở lên"."""
LONGEST = max(phrase.count(" ") + 1 for phrase in PHRASES)


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from ``low`` to ``high``; an end that is open does not belong to it."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def overlaps(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        first, second = (self, other) if self.low <= other.low else (other, self)
        if _same(first.high, second.low):
            return not (first.high_open or second.low_open)
        return first.high > second.low

    def scaled(self, factor: float) -> Interval:
        """The same in another unit."""
        return Interval(self.low * factor, self.high * factor, self.low_open, self.high_open)


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def hedged(value: float, half_unit: float, hedge: Hedge, significant: int) -> Interval:
    """The interval of a stated figure.

    half_unit    half of the last written place, 0 for a number that is exact
    significant  number of significant digits written
    """
    one_digit = significant <= 1
    if hedge is Hedge.ABOUT:
        return Interval(0.95 * value, 1.05 * value)
    if hedge is Hedge.NEARLY:
        return Interval((0.90 if one_digit else 0.95) * value, value)
    if hedge is Hedge.OVER:
        return Interval(value, (1.25 if one_digit else 1.10) * value)
    if hedge is Hedge.SHORT_OF:
        return Interval((0.80 if one_digit else 0.90) * value, value, high_open=True)
    if hedge is Hedge.AT_LEAST:
        return Interval(value, math.inf)
    if hedge is Hedge.AT_MOST:
        return Interval(-math.inf, value)
    return Interval(value - half_unit, value + half_unit)
