"""A resolved name with its provinces: what the about decision counts."""

from __future__ import annotations

from dataclasses import dataclass, field

from classifiers.places.resolve import Reading
from classifiers.places.scan import Hit, LandmarkHit


@dataclass(slots=True)
class Placed:
    """A resolved hit with the provinces (at publication) it belongs to."""

    hit: Hit
    reading: Reading
    provinces: tuple[str, ...]


@dataclass(slots=True)
class ProvinceView:
    """Everything seen of one province, for the decision and for its reasons.

    ``values``: the features; empty when nothing in the deciding part of the article names it.
    """

    code: str
    placed: list[Placed] = field(default_factory=list)
    landmarks: list[LandmarkHit] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)
