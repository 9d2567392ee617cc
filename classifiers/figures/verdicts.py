"""The verdict on a bound quantity: scope, then period, then supersession, then value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from classifiers.figures.binding import Bound
from classifiers.figures.numbers.hedges import Interval
from classifiers.figures.numbers.quantity import Kind, Quantity
from classifiers.figures.period import Match, adds_up, compare
from classifiers.figures.places import Scope
from classifiers.figures.register import Entry, Merger
from classifiers.figures.times import Period
from classifiers.figures.units import Tier


class Verdict(StrEnum):
    """What is said of a figure; only AGREES and DIFFERS compare, the others abstain and say why."""

    AGREES = "agrees"
    DIFFERS = "differs"
    SUPERSEDED = "superseded"
    OTHER_PERIOD = "other-period"
    OTHER_SCOPE = "other-scope"


COMPARED = frozenset({Verdict.AGREES, Verdict.DIFFERS, Verdict.SUPERSEDED})


@dataclass(frozen=True)
class Judged:
    """A verdict and the entry it was made against."""

    verdict: Verdict
    entry: Entry


_FAR_ABOVE = 10.0  # a figure further off than this, with other digits, is of something else
_FAR_BELOW = 2.5  # so much smaller it is rather of a part; not where slips weigh more than the figure
_THOUSANDFOLD = 900.0  # with what rounding leaves of it
_SMALL = 20.0


def is_far_off(quantity: Quantity, bound: Bound, judged: Judged) -> bool:
    """Whether a differing figure is out of all proportion without being a slip of unit or digits."""
    if judged.verdict is not Verdict.DIFFERS or quantity.kind in (Kind.RATIO, Kind.RANK):
        return False
    entry = judged.entry
    stated = quantity.value * _factor(quantity, entry)
    interval = entry.interval(percent=quantity.kind is Kind.PERCENT, complement=bound.complement)
    if stated <= 0 or interval.low <= 0:
        return stated <= 0
    below = _FAR_ABOVE if interval.low < _SMALL else _FAR_BELOW
    near = stated / interval.high <= _FAR_ABOVE and interval.low / stated <= below
    if quantity.kind is Kind.COUNT and 1000 <= stated <= interval.low / _THOUSANDFOLD:
        return True  # "5.640 lượt" of a festival is no slip for 5,64 triệu
    return not near and sorted(_digits(stated)) != sorted(_digits(entry.number))


def _digits(value: float) -> str:
    """The significant digits: a slip of unit keeps them."""
    return f"{value:.12e}".partition("e")[0].replace(".", "").rstrip("0")


def judge(quantity: Quantity, bound: Bound, scope: Scope, period: Period | None, published: date) -> Judged:
    """Test in order: scope, period, supersession, value."""
    entries = bound.indicator.entries
    now = _in_force(entries, published)
    if scope is Scope.OTHER:
        return Judged(Verdict.OTHER_SCOPE, now)
    if scope is Scope.MERGED and all(_is_of_the_old_map(entry) for entry in entries):
        return Judged(Verdict.OTHER_SCOPE, now)
    if scope is Scope.FORMER:
        old = [entry for entry in entries if _is_of_the_old_map(entry)]
        if old and (period is None or now.local is None):
            return Judged(_value(quantity, bound, old[-1]), old[-1])
        if not old and (len(entries) > 1 or _is_of_the_new_map(now) or now.local is not None):
            return Judged(Verdict.OTHER_SCOPE, now)
    if period is not None:
        matches = [(compare(period, entry, is_flow(entry)), entry) for entry in entries]
        same = [entry for match, entry in matches if match is Match.SAME]
        if same:
            return Judged(_value(quantity, bound, same[-1]), same[-1])
        if not any(match is Match.NEUTRAL for match, _ in matches):
            return Judged(Verdict.OTHER_PERIOD, now)
    if not now.in_force(published):
        return Judged(Verdict.OTHER_PERIOD, now)
    verdict = _value(quantity, bound, now)
    if verdict is Verdict.DIFFERS:
        for old_entry in entries:
            expired = old_entry.valid_to is not None and old_entry.valid_to < published
            if expired and _value(quantity, bound, old_entry) is Verdict.AGREES:
                return Judged(Verdict.SUPERSEDED, now)
    return Judged(verdict, now)


def _is_of_the_old_map(entry: Entry) -> bool:
    if entry.local is not None and entry.local.tier is Tier.DISTRICT:
        return True
    if entry.merger is not Merger.UNSAID:
        return entry.merger is Merger.BEFORE
    return "cũ" in entry.scope or "trước sáp nhập" in entry.scope


def _is_of_the_new_map(entry: Entry) -> bool:
    if entry.merger is not Merger.UNSAID:
        return entry.merger is Merger.AFTER
    return "sau sáp nhập" in entry.scope


_MONEY = re.compile(r"đồng|usd", re.IGNORECASE)


def is_flow(entry: Entry) -> bool:
    """Whether the figure adds up over a year: by its period, else money, visitors, deaths, growth."""
    said = adds_up(entry.period or entry.scope)
    if said is not None:
        return said
    return (
        bool(_MONEY.search(entry.unit))
        or "lượt" in entry.unit
        or entry.indicator.startswith(("người chết", "tăng"))
    )


def stated_value(quantity: Quantity, entry: Entry) -> float | str | list[float]:
    """The figure in the register's unit: a number, "a/b" or [a, b]."""
    if quantity.kind in (Kind.RATIO, Kind.RANK):
        return f"{quantity.value:.10g}/{quantity.other:.10g}"
    factor = _factor(quantity, entry)
    if quantity.upper is not None:
        return [_tidy(quantity.value * factor), _tidy(quantity.upper * factor)]
    if quantity.kind is Kind.PERCENT:
        return _tidy(round(quantity.value, 2))
    return _tidy(quantity.value * factor)


def _tidy(value: float) -> float:
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() else rounded


def _factor(quantity: Quantity, entry: Entry) -> float:
    """From single units to the register's unit."""
    unit = entry.unit.lower()
    factor = 1.0
    if quantity.kind in (Kind.VND, Kind.USD):
        for word, size in (("nghìn tỷ", 1e12), ("tỷ", 1e9), ("triệu", 1e6), ("nghìn", 1e3)):
            if unit.startswith(word):
                factor = 1 / size
                break
    if quantity.kind is Kind.AREA and unit.startswith("ha"):
        factor = 100.0
    base = "".join(c for c in unit.partition("/")[2].split(" ")[0] if c.isdigit())
    if quantity.per and base:
        factor *= float(base) / quantity.per
    return factor


def _in_force(entries: tuple[Entry, ...], published: date) -> Entry:
    """The entry in force, else the last one that had begun, else the first."""
    for entry in reversed(entries):
        if entry.in_force(published):
            return entry
    begun = [entry for entry in entries if entry.valid_from <= published]
    return max(begun, key=lambda entry: entry.valid_from) if begun else entries[0]


def _value(quantity: Quantity, bound: Bound, entry: Entry) -> Verdict:
    stated = quantity.interval().scaled(_factor(quantity, entry))
    register = entry.interval(percent=quantity.kind is Kind.PERCENT, complement=bound.complement)
    if quantity.kind is Kind.RANK:
        agrees = entry.total == quantity.other and entry.number == quantity.value
    elif quantity.kind is Kind.RATIO:
        agrees = entry.total == quantity.other and stated.overlaps(register)
    elif bound.complement and quantity.kind is Kind.PERCENT and entry.mark == "~" and entry.total:
        whole = entry.interval(percent=True)
        agrees = stated.overlaps(Interval(100 - whole.high, 100 - whole.low))
    else:
        agrees = stated.overlaps(register)
    return Verdict.AGREES if agrees else Verdict.DIFFERS
