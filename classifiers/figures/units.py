"""Districts and communes that figures of the register are of, and how texts name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from provinces.gazetteer.loader import Gazetteer, load_gazetteer
from provinces.gazetteer.units import Level
from provinces.spelling import canonical


class Tier(StrEnum):
    """Where a unit stands below the province. Districts ended with 30 June 2025."""

    DISTRICT = "district"
    COMMUNE = "commune"
    UNSAID = ""  # the text gives the name alone


@dataclass(frozen=True, slots=True)
class LocalUnit:
    """A unit as it is compared: its tier and its name, lower case in the traditional spelling."""

    tier: Tier
    name: str


TIERS = {
    "huyện": Tier.DISTRICT,
    "quận": Tier.DISTRICT,
    "thị xã": Tier.DISTRICT,
    "thành phố": Tier.DISTRICT,
    "tp": Tier.DISTRICT,
    "xã": Tier.COMMUNE,
    "phường": Tier.COMMUNE,
    "thị trấn": Tier.COMMUNE,
    "đặc khu": Tier.COMMUNE,
}
_WRITTEN = re.compile(rf"(?P<level>{'|'.join(TIERS)})\.?\s+(?P<name>\w.*)", re.IGNORECASE)
_LEVELS = {Level.DISTRICT: Tier.DISTRICT, Level.COMMUNE: Tier.COMMUNE}


def read_unit(text: str) -> LocalUnit | None:
    """The unit that "huyện Nam Rộc" names; None without a level word before the name."""
    written = _WRITTEN.fullmatch(canonical(" ".join(text.split())))
    return unit_of(written["level"], written["name"]) if written else None


def unit_of(level: str, name: str) -> LocalUnit | None:
    """The unit of a level word, whatever describes it behind ("huyện nghèo"), and a name.

    None for what is neither district nor commune.
    """
    words = level.lower().replace(".", " ").split()
    tier = TIERS.get(" ".join(words[:2])) or TIERS.get(words[0]) if words else None
    return LocalUnit(tier, canonical(name).lower()) if tier else None


def homes(unit: LocalUnit) -> frozenset[str]:
    """Names of the provinces in which a unit of that tier and name ever lay."""
    return _homes().get(unit, frozenset())


@cache
def _homes() -> dict[LocalUnit, frozenset[str]]:
    gazetteer: Gazetteer = load_gazetteer()
    found: dict[LocalUnit, set[str]] = {}
    for name, rows in gazetteer.names().items():
        for row in rows:
            tier = _LEVELS.get(row.level)
            province = gazetteer.province(row)
            if tier is not None and province is not None:
                named = found.setdefault(LocalUnit(tier, name.lower()), set())
                named |= {province.name, *gazetteer.province_now(row)}
    return {unit: frozenset(names) for unit, names in found.items()}
