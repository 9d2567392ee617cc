"""The record of one administrative unit during one period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

REFORM = date(2025, 7, 1)
"""From this day there are 34 provinces, communes directly below them, and no districts."""


class Level(IntEnum):
    """Where a unit stands; smaller is larger."""

    PROVINCE = 1
    DISTRICT = 2
    COMMUNE = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stood from ``valid_from`` to ``valid_to``, both inclusive.

    ``code`` alone is no key: official codes are used again, so the key is (code, valid_from).
    ``valid_from`` None: older than the first list we hold. ``valid_to`` None: still there.
    ``name`` is the short form in the traditional spelling ("Hòa Bình"); numbered units keep their
    level word in it ("Quận 10"). ``successors`` are codes valid on the day after ``valid_to``,
    ``predecessors`` codes valid on the day before ``valid_from``.
    """

    code: str
    name: str
    type: str  # tỉnh, thành phố, quận, huyện, thị xã, phường, xã, thị trấn, đặc khu
    level: Level
    parent_code: str  # "" for a province
    province_code: str
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """ "Huyện Lục Ngạn"; numbered units are full already."""
        if self.name.lower().startswith(self.type + " "):
            return self.name
        return f"{self.type.capitalize()} {self.name}"

    def on(self, day: date) -> bool:
        """Whether this row holds on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )
