"""Where today's communes lie: points for a map of dots, no borders.

``positions.tsv.gz`` is built from vietnamadminunits (MIT, see README.md) by
``python -m provinces.gazetteer.positions``; a made-up province has a ``positions.tsv`` in its folder.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from provinces.gazetteer.loader import GazetteerError

FILE = Path(__file__).parent / "positions.tsv.gz"


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


def load_positions(extra: Iterable[Path] = ()) -> dict[str, Position]:
    """Positions by the official code of a commune; those of ``extra`` files come on top.

    Raises ``GazetteerError`` that names the file and line of what is no position.
    """
    positions = dict(_rows(gzip.decompress(FILE.read_bytes()).decode(), str(FILE)))
    for path in extra:
        positions |= dict(_rows(path.read_text("utf-8"), str(path)))
    return positions


def _rows(text: str, name: str) -> Iterator[tuple[str, Position]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            code, latitude, longitude = line.split("\t")
            position = Position(float(latitude), float(longitude))
        except ValueError:
            raise GazetteerError(f"{name}:{number}: not code, latitude, longitude between tabs") from None
        if not (-90 <= position.latitude <= 90 and -180 <= position.longitude <= 180):
            raise GazetteerError(f"{name}:{number}: {position} lies on no globe; correct the degrees")
        yield code, position


def build(path: Path = FILE) -> int:
    """Write the file from the installed package; returns how many communes it holds."""
    import sqlite3

    from provinces.gazetteer.sources import WRONG_NEW_CODES, package_folder

    database = package_folder("vietnamadminunits") / "data" / "dataset.db"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        found = connection.execute("SELECT wardCode, wardLat, wardLon FROM admin_units").fetchall()
    rows = sorted(
        (WRONG_NEW_CODES.get(code, code), latitude, longitude)
        for code, latitude, longitude in found
        if latitude is not None and longitude is not None
    )
    lines = "".join(f"{code}\t{latitude:.4f}\t{longitude:.4f}\n" for code, latitude, longitude in rows)
    path.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))
    return len(rows)


if __name__ == "__main__":
    build()
