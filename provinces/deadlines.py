"""Deadlines as dated data: what the law sets for the country, and what a province sets for itself.

``national/deadlines.toml`` holds for every province; a profile's own ``deadlines.toml`` comes on top. Names
of kinds, states and pause reasons are those of the program's cases and are given by the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from provinces.toml_table import Table, read_table

_FILE = "deadlines.toml"
_NATIONAL = Path(__file__).resolve().parent / "national" / _FILE
RECEIVED = "received"
MOST = 400


class Unit(StrEnum):
    """In what a deadline is counted."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"


class Basis(StrEnum):
    """Who set it."""

    STATUTORY = "statutory"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One rule, in force for what starts between ``valid_from`` and ``valid_to`` (both included).

    amount  how many units; None: a law delegates the figure and nobody has entered it yet
    starts  "received", or the state whose first day starts it      until  the state that meets it
    kinds   of cases; () is all                                    pauses  reasons that stop its clock
    """

    id: str
    name: str
    basis: Basis
    amount: int | None
    unit: Unit
    starts: str
    until: str
    kinds: tuple[str, ...]
    pauses: tuple[str, ...]
    legal: str
    source: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A paragraph ("Căn cứ ...") that documents of a form begin with while it is in force."""

    form: str
    text: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Names:
    """The names that rules may use."""

    kinds: Collection[str]
    states: Collection[str]
    pauses: Collection[str]
    forms: Collection[str]


@dataclass(frozen=True, slots=True)
class DeadlineTable:
    """All rules and legal bases of a province."""

    rules: tuple[DeadlineRule, ...]
    bases: tuple[LegalBasis, ...]


def load_deadlines(folder: Path, names: Names) -> DeadlineTable:
    """The national table and that of the profile in ``folder``, if it has one. Raises ``ProfileError``."""
    rules: dict[str, DeadlineRule] = {}
    bases: list[LegalBasis] = []
    for file in (_NATIONAL, folder / _FILE):
        if not file.is_file():
            continue
        root = read_table(file)
        root.allow("deadline", "basis")
        for table, rule in _rules(root, names):
            if rule.id in rules:
                table.fail("id", f'"{rule.id}" stands twice; choose another')
            rules[rule.id] = rule
        bases += [_basis(table, names) for table in root.tables("basis")]
    return DeadlineTable(tuple(rules.values()), tuple(bases))


def _rules(root: Table, names: Names) -> Iterator[tuple[Table, DeadlineRule]]:
    for table in root.tables("deadline"):
        table.allow(
            *("id", "name", "basis", "amount", "unit", "starts", "until", "kinds", "pauses"),
            *("legal", "source", "valid_from", "valid_to"),
        )
        valid_from, valid_to = _validity(table)
        yield (
            table,
            DeadlineRule(
                id=table.text("id"),
                name=table.text("name"),
                basis=table.choice("basis", Basis),
                amount=_amount(table),
                unit=table.choice("unit", Unit),
                starts=table.one_of("starts", (RECEIVED, *names.states), RECEIVED),
                until=_known(table, "until", table.text("until"), names.states),
                kinds=_all_known(table, "kinds", names.kinds),
                pauses=_all_known(table, "pauses", names.pauses),
                legal=table.text("legal"),
                source=table.text("source"),
                valid_from=valid_from,
                valid_to=valid_to,
            ),
        )


def _basis(table: Table, names: Names) -> LegalBasis:
    table.allow("form", "text", "source", "valid_from", "valid_to")
    form = _known(table, "form", table.text("form"), names.forms)
    return LegalBasis(form, table.text("text"), *_validity(table))


def _amount(table: Table) -> int | None:
    if "amount" not in table.values:
        return None
    value = table.values["amount"]
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST:
        table.fail("amount", f"must be a whole number from 1 to {MOST}; leave it out when it is not known")
    return value


def _validity(table: Table) -> tuple[date | None, date | None]:
    first, last = table.day("valid_from"), table.day("valid_to")
    if (first or date.min) > (last or date.max):
        table.fail("valid_to", "lies before valid_from; correct one of them")
    return first, last


def _all_known(table: Table, key: str, allowed: Collection[str]) -> tuple[str, ...]:
    return tuple(_known(table, key, value, allowed) for value in table.texts(key))


def _known(table: Table, key: str, value: str, allowed: Collection[str]) -> str:
    if value not in allowed:
        table.fail(key, f'"{value}" is unknown; write one of {", ".join(allowed)}')
    return value
