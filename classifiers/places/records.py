"""What the place tagger gives back."""

from __future__ import annotations

from dataclasses import dataclass, field

from classifiers.records import Field, Span
from provinces.gazetteer import Unit


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One administrative unit named in a text: ``text == given[start:end]``.

    ``unit`` is the best reading; ``codes`` holds every reading the text leaves open, the best first
    (after a commune was split, its own code and all successors). ``old``: the unit no longer existed
    on the day of publication. ``province_codes``: provinces at publication; ``province_now``: names
    of today's provinces.
    """

    start: int
    end: int
    text: str
    unit: Unit
    codes: tuple[str, ...]
    province_codes: tuple[str, ...]
    province_now: tuple[str, ...]
    old: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProvinceVerdict:
    """Whether an article is about a province, how sure that is, and why.

    ``name`` and ``code`` as of the day of publication, ``now`` the province's name today,
    ``score`` the calibrated probability of "about", ``reasons`` Vietnamese phrases for a reader.
    """

    name: str
    code: str
    now: str
    score: float
    reasons: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PlaceResult:
    """Everything found in one article."""

    mentions: tuple[tuple[Field, PlaceMention], ...] = ()
    about: tuple[ProvinceVerdict, ...] = ()
    mentioned: tuple[ProvinceVerdict, ...] = field(default=())
