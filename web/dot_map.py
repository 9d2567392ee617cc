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
from web.names import gazetteer

WIDTH = 420.0
MARGIN = 24.0
TALLEST = 560.0
EDGE = 70.0  # half of a long name
SMALLEST, LARGEST = 3.0, 18.0  # radii
NAMED = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """One commune, in units of the view box."""

    code: str
    name: str
    count: int
    x: str
    y: str
    radius: str
    label_y: str
    named: bool  # whether its name is written into the picture
    anchor: str  # of the name: start at the western edge, end at the eastern
    address: str  # of the search


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
    dots = []
    for place, (unit, position) in enumerate(placed):
        count = counts.get(unit.code, 0)
        radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most) if count else SMALLEST
        x, y = project(position)
        dots.append(
            Dot(
                code=unit.code,
                name=unit.full_name,
                count=count,
                x=_number(x),
                y=_number(y),
                radius=_number(radius),
                label_y=_number(y - radius - 4),
                named=bool(count) and place < NAMED,
                anchor="start" if x < EDGE else "end" if x > WIDTH - EDGE else "middle",
                address=address(unit.code),
            )
        )
    written = sum(1 for dot in dots if dot.count)
    return DotMap(tuple(dots), _number(WIDTH), _number(height), written, len(dots) - written)


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
