"""The province as dots: one per commune at its place, as large as what was written about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import cos, radians, sqrt

from django.conf import settings

from cases.office import office
from provinces.gazetteer import Level, Unit
from provinces.gazetteer.positions import Position
from provinces.loader import positions_of
from web.dot_labels import Circle, Label
from web.dot_labels import placed as labels_of
from web.names import gazetteer

WIDTH = 420.0
MARGIN = 24.0
TALLEST = 560.0
SMALLEST, LARGEST = 3.0, 18.0  # radii
NAMED = 5  # names in the picture


@dataclass(frozen=True, slots=True)
class Dot:
    """One commune, in units of the view box."""

    code: str
    name: str
    count: int
    x: str
    y: str
    radius: str
    address: str  # of the search
    named: bool  # whether its name is written into the picture
    label_x: str  # of the name, as its anchor says: start, middle or end
    label_y: str
    anchor: str


@dataclass(frozen=True, slots=True)
class DotMap:
    """Dots, the largest first so that small ones stay on top. ``silent``: communes nobody wrote about."""

    dots: tuple[Dot, ...]
    width: str
    height: str
    written: int
    silent: int

    @property
    def ranking(self) -> tuple[Dot, ...]:
        """The communes that were written about, most first."""
        return tuple(dot for dot in self.dots if dot.count)


def dot_map(counts: Mapping[str, int], day: date, address: Callable[[str], str]) -> DotMap | None:
    """The communes of the province on ``day`` with ``counts`` by code; None when no place is known."""
    placed = [(unit, _positions()[unit.code]) for unit in _communes(day) if unit.code in _positions()]
    if not placed:
        return None
    project, height = _projection([position for _, position in placed])
    most = max((counts.get(unit.code, 0) for unit, _ in placed), default=0)
    placed.sort(key=lambda pair: (-counts.get(pair[0].code, 0), pair[0].name, pair[0].code))
    circles = []
    for unit, position in placed:
        count = counts.get(unit.code, 0)
        radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most) if count else SMALLEST
        circles.append(Circle(unit.full_name, *project(position), radius))
    written = sum(1 for unit, _ in placed if counts.get(unit.code, 0))
    labels = labels_of(circles, written, NAMED, (WIDTH, height))
    dots = tuple(
        _dot(circle, label, unit.code, counts.get(unit.code, 0), address)
        for (unit, _), circle, label in zip(placed, circles, labels, strict=True)
    )
    return DotMap(dots, _number(WIDTH), _number(height), written, len(dots) - written)


def _dot(circle: Circle, label: Label | None, code: str, count: int, address: Callable[[str], str]) -> Dot:
    return Dot(
        code=code,
        name=circle.name,
        count=count,
        x=_number(circle.x),
        y=_number(circle.y),
        radius=_number(circle.radius),
        address=address(code),
        named=label is not None,
        label_x=_number(label.x) if label else "",
        label_y=_number(label.y) if label else "",
        anchor=label.anchor if label else "",
    )


@cache
def _positions() -> dict[str, Position]:
    return positions_of(settings.DIEMBAO_PROVINCE)


@cache
def _communes(day: date) -> tuple[Unit, ...]:
    code = office().code
    units = gazetteer().on(day).values()
    return tuple(unit for unit in units if unit.level is Level.COMMUNE and unit.province_code == code)


def _projection(
    positions: list[Position],
) -> tuple[Callable[[Position], tuple[float, float]], float]:
    """Equirectangular about the middle latitude: true enough over one province. With the height."""
    south, north = min(p.latitude for p in positions), max(p.latitude for p in positions)
    west, east = min(p.longitude for p in positions), max(p.longitude for p in positions)
    shrink = cos(radians((south + north) / 2))
    wide, tall = max((east - west) * shrink, 1e-6), max(north - south, 1e-6)
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    left = (WIDTH - wide * scale) / 2

    def project(position: Position) -> tuple[float, float]:
        return (
            left + (position.longitude - west) * shrink * scale,
            MARGIN + (north - position.latitude) * scale,
        )

    return project, tall * scale + 2 * MARGIN


def _number(value: float) -> str:
    # Text, so that no locale writes a decimal comma into an attribute.
    return f"{value:.1f}".rstrip("0").rstrip(".")
