"""The record of one quantity in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from classifiers.figures.numbers.hedges import Hedge, Interval, hedged


class Kind(StrEnum):
    """What sort of quantity it is; only like is compared with like."""

    COUNT = "count"
    PERCENT = "percent"
    RATIO = "ratio"
    RANK = "rank"
    VND = "vnd"
    USD = "usd"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as written.

    start, end     offsets of hedge, number and unit in the prepared text
    number_start   where the number itself begins
    value          in single units: persons, đồng, USD, km²; percent as a number; of a ratio its first term
    half_unit      half of the last written place, same unit; 0: exact
    other          the second term of a ratio or rank
    upper          the upper end of a range
    per            base of a rate ("trên 10.000 dân": 10000); 0: none
    per_head       "mỗi người", "/người"
    soft           fraction words: as if "khoảng"
    spread         fixed half-width ("cứ 10 hộ": 5 percent points)
    product        "gấp đôi con số 2,82 triệu": worked out, not written
    """

    start: int
    end: int
    number_start: int
    kind: Kind
    value: float
    half_unit: float = 0.0
    significant: int = 1
    hedge: Hedge = Hedge.NONE
    other: float = 0.0
    upper: float | None = None
    per: float = 0.0
    per_head: bool = False
    soft: bool = False
    spread: float = 0.0
    product: bool = False

    def interval(self) -> Interval:
        """What the wording allows, in the unit of ``value``."""
        if self.upper is not None:
            return Interval(self.value, self.upper)
        if self.spread and self.hedge is Hedge.NONE:
            return Interval(self.value - self.spread, self.value + self.spread)
        hedge = Hedge.ABOUT if self.soft and self.hedge is Hedge.NONE else self.hedge
        return hedged(self.value, self.half_unit, hedge, self.significant)
