"""The gazetteer in memory: which units there were on a day, and what became of them."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from provinces.gazetteer.units import REFORM, Level, Unit
from provinces.spelling import canonical

UNITS_FILE = Path(__file__).parent / "units.tsv.gz"
FORMER_FILE = Path(__file__).parent / "former.tsv.gz"
_LEVELS = {0: Level.PROVINCE, 2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}


class GazetteerError(ValueError):
    """A gazetteer file that cannot be used; the message names file, unit and remedy."""


class Gazetteer:
    """All rows by code, each code's rows oldest first.

    ``aliases``: (code, valid_from) → other spellings of the name. ``former``: communes that merged
    before our oldest list, as keys without marks ("xathanhnong") → codes of 30 June 2025 they are in.
    """

    def __init__(
        self,
        units: Iterable[Unit],
        aliases: Mapping[tuple[str, date | None], tuple[str, ...]] | None = None,
        former: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.former = dict(former or {})
        self.aliases = dict(aliases or {})
        self._rows: dict[str, list[Unit]] = {}
        for unit in units:
            self._rows.setdefault(unit.code, []).append(unit)
        for rows in self._rows.values():
            rows.sort(key=lambda unit: unit.valid_from or date.min)
        self._now: dict[tuple[str, date | None], tuple[str, ...]] = {}

    def __iter__(self) -> Iterator[Unit]:
        for rows in self._rows.values():
            yield from rows

    def rows(self, code: str) -> Sequence[Unit]:
        """Every row of a code, oldest first; empty when the code was never used."""
        return self._rows.get(code, ())

    def on(self, day: date) -> dict[str, Unit]:
        """The map of one day: code → unit."""
        return {unit.code: unit for rows in self._rows.values() for unit in rows if unit.on(day)}

    def unit(self, code: str, day: date) -> Unit | None:
        """The unit that bore the code on that day."""
        return next((unit for unit in self._rows.get(code, ()) if unit.on(day)), None)

    def successors(self, unit: Unit) -> list[Unit]:
        """The units that took over when this row closed; empty while it is open."""
        if unit.valid_to is None:
            return []
        day = unit.valid_to + timedelta(days=1)
        return [heir for code in unit.successors if (heir := self.unit(code, day))]

    def province(self, unit: Unit) -> Unit | None:
        """The province the unit belongs to, as it stood at the end of the row (a province: itself)."""
        if unit.level is Level.PROVINCE:
            return unit
        rows = self._rows.get(unit.province_code, ())
        day = unit.valid_to or date.max
        return next((row for row in reversed(rows) if row.on(day)), rows[-1] if rows else None)

    def district(self, unit: Unit, day: date) -> Unit | None:
        """The district of a commune on that day; None for other units and after the reform."""
        if unit.level is not Level.COMMUNE or len(unit.parent_code) == 2:
            return None
        last = unit.valid_to or date.max
        return self.unit(unit.parent_code, min(day, last)) or self.unit(unit.parent_code, last)

    def province_codes_now(self, unit: Unit) -> tuple[str, ...]:
        """Codes of the provinces the unit's area belongs to today; several only for a split one."""
        key = (unit.code, unit.valid_from)
        if key not in self._now:
            self._now[key] = self._follow(unit)
        return self._now[key]

    def _follow(self, unit: Unit) -> tuple[str, ...]:
        province = self.province(unit)
        if province is None:
            return ()
        seen = 0
        while province.valid_to is not None and seen < 10:
            heirs = self.successors(province)
            if not heirs:
                break
            province, seen = heirs[0], seen + 1
        return (province.code,)

    def province_now(self, unit: Unit) -> list[str]:
        """Short names of the provinces the unit's area belongs to today."""
        return [self._rows[code][-1].name for code in self.province_codes_now(unit)]

    @cached_property
    def _by_name(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for rows in self._rows.values():
            for unit in rows:
                for name in (unit.name, *self.aliases.get((unit.code, unit.valid_from), ())):
                    found.setdefault(name, []).append(unit)
        return found

    def names(self) -> Mapping[str, list[Unit]]:
        """Every short name and other spelling, in traditional tones → the rows that bore it."""
        return self._by_name


def load_gazetteer(extra: Sequence[Path] = ()) -> Gazetteer:
    """The national gazetteer, with the units of ``extra`` TOML files added (see ``read_extra``).

    Takes about 60 ms. Raises GazetteerError naming the file and the unit that is wrong.
    """
    units: list[Unit] = []
    aliases: dict[tuple[str, date | None], tuple[str, ...]] = {}
    lines = gzip.decompress(UNITS_FILE.read_bytes()).decode().splitlines()
    for line in lines[1:]:
        code, name, kind, parent, province, start, end, heirs, before, other = line.split("\t")
        unit = Unit(
            code,
            name,
            kind,
            _LEVELS[len(code)],
            parent,
            province,
            date.fromisoformat(start) if start else None,
            date.fromisoformat(end) if end else None,
            tuple(heirs.split(";")) if heirs else (),
            tuple(before.split(";")) if before else (),
        )
        units.append(unit)
        if other:
            aliases[code, unit.valid_from] = tuple(other.split(";"))
    for path in extra:
        added = read_extra(path)
        taken = {unit.code for unit in units} & {unit.code for unit in added}
        if taken:
            raise GazetteerError(f"{path}: code {min(taken)} is already taken; give the unit another code.")
        units.extend(added)
    former: dict[str, tuple[str, ...]] = {}
    for line in gzip.decompress(FORMER_FILE.read_bytes()).decode().splitlines():
        key, code = line.split("\t")
        former[key] = (*former.get(key, ()), code)
    return Gazetteer(units, aliases, former)


def read_extra(path: Path) -> list[Unit]:
    """Units of our own from a TOML file.

    ``unit`` tables: code, name, type, and optionally parent (code; none for a province), valid_from,
    valid_to (dates) and successors (codes). The level follows from parent and type.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["unit"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise GazetteerError(
            f"{path}: cannot be read as [[unit]] tables ({error}); mend the file."
        ) from error
    by_code = {table.get("code", ""): table for table in tables}
    units = []
    for table in tables:
        missing = [key for key in ("code", "name", "type") if key not in table]
        if missing:
            raise GazetteerError(f"{path}: unit {table} lacks {', '.join(missing)}; add it.")
        code, kind, parent = str(table["code"]), str(table["type"]).lower(), str(table.get("parent", ""))
        if parent and parent not in by_code:
            raise GazetteerError(f"{path}: unit {code} has the unknown parent {parent}; add that unit.")
        top, seen = code, {code}
        while by_code[top].get("parent"):
            top = by_code[top]["parent"]
            if top in seen:
                raise GazetteerError(f"{path}: unit {code} is its own ancestor; mend its parent.")
            seen.add(top)
        level = Level.PROVINCE if not parent else _level_below(kind)
        units.append(
            Unit(
                code,
                canonical(str(table["name"])),
                kind,
                level,
                parent,
                top,
                table.get("valid_from"),
                table.get("valid_to"),
                tuple(table.get("successors", ())),
            )
        )
    return units


def _level_below(kind: str) -> Level:
    return Level.COMMUNE if kind in {"xã", "phường", "thị trấn", "đặc khu"} else Level.DISTRICT


__all__ = ["REFORM", "Gazetteer", "GazetteerError", "load_gazetteer", "read_extra"]
