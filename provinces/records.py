"""The typed records of a province profile. Loaded by ``provinces.loader``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path


class OutletKind(StrEnum):
    """What an outlet is, in the field's terms."""

    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    MAGAZINE = "magazine"
    PORTAL = "portal"
    AGGREGATOR = "aggregator"


class Scope(StrEnum):
    """Whether an outlet serves one province or the country."""

    LOCAL = "local"
    NATIONAL = "national"


class LandmarkKind(StrEnum):
    """What a landmark is."""

    RIVER = "river"  # and canals, streams
    LAKE = "lake"  # and reservoirs, lagoons
    MOUNTAIN = "mountain"  # and passes, caves
    SEA = "sea"  # beaches, capes, estuaries, islands
    FOREST = "forest"  # national parks and reserves
    ROAD = "road"  # and bridges, railways, tunnels
    TRANSPORT = "transport"  # airports, ports, border gates
    DAM = "dam"  # irrigation and hydropower works
    INDUSTRIAL_ZONE = "industrial-zone"
    ENTERPRISE = "enterprise"  # and plants, mines
    INSTITUTION = "institution"  # schools, hospitals
    HERITAGE = "heritage"  # relics, temples, museums, arts
    FESTIVAL = "festival"
    CRAFT = "craft"  # craft villages and farm products named after a place


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet and where its articles are listed.

    ``status`` is "verified" when somebody saw the addresses work, with ``provenance`` saying who,
    where and when; "unverified" otherwise. ``closed_on``: merged or shut; kept for its archive.
    """

    id: str
    name: str
    kind: OutletKind
    scope: Scope
    home: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    article_url: str = ""
    status: str = "unverified"
    provenance: str = ""
    delay: float | None = None  # seconds between requests; None: the program's default
    closed_on: date | None = None
    successor: str = ""  # id of the outlet that took it over
    note: str = ""


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A province that merged into this one; ``until`` is its last day."""

    name: str
    code: str
    until: date


@dataclass(frozen=True, slots=True)
class Agency:
    """A public body that speaks for a field of work; never a person.

    ``valid_from`` and ``valid_to`` are its first and last day; None: unknown or still going on.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A name that implies the province: river, road, enterprise, industrial zone, festival."""

    name: str
    kind: LandmarkKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Province:
    """A province profile with its own and the shared national outlets."""

    id: str  # folder name, e.g. "ha-tinh"
    name: str  # short form, old tone style: "Hà Tĩnh"
    full_name: str
    code: str  # official code valid today
    folder: Path
    predecessors: tuple[Predecessor, ...]
    outlets: tuple[Outlet, ...]
    agencies: tuple[Agency, ...]
    landmarks: tuple[Landmark, ...]
