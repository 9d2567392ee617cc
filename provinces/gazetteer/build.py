"""Builds units.tsv.gz: ``python -m provinces.gazetteer.build``.

Lays the three lists over each other, splits rows where a name, type or parent changed, dates the
splits from changes.toml, and links every closed row to its successors.
"""

from __future__ import annotations

import gzip
import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from provinces.gazetteer import sources
from provinces.gazetteer.sources import Entry, Snapshot
from provinces.gazetteer.units import REFORM
from provinces.spelling import without_marks

HERE = Path(__file__).parent
LAST_DAY = REFORM - timedelta(days=1)
COLUMNS = (
    "code", "name", "type", "parent", "province", "valid_from", "valid_to", "successors", "predecessors",
    "aliases",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """One line of the file while it is being made."""

    entry: Entry
    start: date | None
    end: date | None
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def on(self, day: date) -> bool:
        """Whether the row holds on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def _same_name(one: str, other: str) -> bool:
    """Two spellings of one name ("Sủng Tráng", "Sủng Cháng"), not two names ("Hồng Lạc", "Hồng Sơn")."""
    a, b = (without_marks(x).lower().replace("'", "").replace("-", " ") for x in (one, other))
    if a.replace(" ", "") == b.replace(" ", ""):
        return True
    first, second = a.split(), b.split()
    return len(first) == len(second) and all(
        x == y or _one_letter_apart(x, y) for x, y in zip(first, second, strict=True)
    )


def _one_letter_apart(x: str, y: str) -> bool:
    if abs(len(x) - len(y)) > 1:
        return False
    short, long = sorted((x, y), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


class Builder:
    """Holds the lists and the growing table of rows by code, each code's rows oldest first."""

    def __init__(self, changes: dict[str, Any]) -> None:
        self.changes = changes
        self.middle: Snapshot = sources.in_2023()
        self.last: Snapshot = sources.before_reform()
        self.new: Snapshot = sources.since_reform()
        self.links = sources.successor_links(self.last, self.new)
        self.rows: dict[str, list[Row]] = {}
        self.merged: dict[str, list[Entry]] = {}
        for entry in self.last.units.values():
            for alias in entry.aliases:
                self.merged.setdefault(alias, []).append(entry)

    def build(self) -> list[Row]:
        """All rows, by code and then date."""
        self._lay_old_lists()
        for change in self.changes["former_district"]:
            self._add_former_district(change)
        for change in sorted(self.changes["earlier"], key=lambda c: c["until"], reverse=True):
            self._add_earlier(change)
        for change in self.changes["created"]:
            self.rows[change["code"]][0].start = change["from"]
        self._close_for_reform()
        self._lay_new_list()
        for change in self.changes["later"]:
            self._add_later(change)
        self._link_predecessors()
        return [row for code in sorted(self.rows) for row in self.rows[code]]

    def _boundary(self, entry: Entry) -> date:
        dates = self.changes["between_lists"]
        district = entry.code if len(entry.code) == 3 else entry.parent
        found = dates["district"].get(district) or dates["province"].get(entry.province) or dates["default"]
        assert isinstance(found, date)
        return found

    def _lay_old_lists(self) -> None:
        for code in sorted(self.middle.units.keys() | self.last.units.keys()):
            before, after = self.middle.units.get(code), self.last.units.get(code)
            if before and after:
                spelled_alike = _same_name(before.name, after.name)
                if spelled_alike and (before.type, before.parent) == (after.type, after.parent):
                    aliases = () if before.name == after.name else (before.name,)
                    self.rows[code] = [Row(after, None, None, aliases=aliases)]
                    continue
                if spelled_alike:
                    before = replace(before, name=after.name)
                day = self._boundary(after)
                self.rows[code] = [
                    Row(before, None, day - timedelta(days=1), (code,)),
                    Row(after, day, None),
                ]
            elif before:
                day = self._boundary(before)
                self.rows[code] = [Row(before, None, day - timedelta(days=1), self._merged_into(before))]
            elif after:
                self.rows[code] = [Row(after, self._boundary(after), None)]

    def _merged_into(self, entry: Entry) -> tuple[str, ...]:
        key = sources.key_of(entry.type + entry.name)
        found = [e for e in self.merged.get(key, ()) if e.province == entry.province]
        near = [e for e in found if e.parent == entry.parent]
        return tuple(dict.fromkeys(e.code for e in near or found))

    def _add_former_district(self, change: dict[str, Any]) -> None:
        code, province, until = change["code"], change["province"], change["until"]
        entry = Entry(code, change["name"], change["type"], province, province)
        self.rows[code] = [Row(entry, None, until, tuple(change["successors"]))]
        for commune in sources.communes_of_former_district(code, province):
            held = self.rows.get(commune.code)
            if held and held[0].start is None:
                held[0].start = until + timedelta(days=1)
                held.insert(0, Row(commune, None, until, (commune.code,)))
            elif not held:
                self.rows[commune.code] = [Row(commune, None, until, self._merged_into(commune))]

    def former_communes(self) -> list[tuple[str, str]]:
        """(key, code) of communes that had merged before the oldest list: their own codes are lost."""
        known = {
            (row.entry.province, sources.key_of(row.entry.type + row.entry.name))
            for held in self.rows.values()
            for row in held
        }
        return sorted(
            {
                (alias, entry.code)
                for entry in self.last.units.values()
                if len(entry.code) == 5
                for alias in entry.aliases
                if alias.startswith(("xa", "phuong", "thitran")) and (entry.province, alias) not in known
            }
        )

    def _add_earlier(self, change: dict[str, Any]) -> None:
        held = self.rows[change["code"]]
        first, until = held[0], change["until"]
        assert first.start is None, f"{change['code']}: changes.toml gives an overlapping earlier row"
        told = {key: change[key] for key in ("name", "type", "parent") if key in change}
        first.start = until + timedelta(days=1)
        held.insert(0, Row(replace(first.entry, **told), None, until, (change["code"],)))

    def _close_for_reform(self) -> None:
        for code, held in self.rows.items():
            row = held[-1]
            if row.end is None and len(code) == 5:
                row.end, row.successors = LAST_DAY, tuple(self.links[code])
        for code, held in self.rows.items():
            row = held[-1]
            if row.end is None and len(code) == 3:
                inside = [
                    new
                    for commune, to in self.links.items()
                    if commune == code or self.last.units[commune].parent == code
                    for new in to
                ]
                row.end, row.successors = LAST_DAY, tuple(sorted(set(inside)))

    def _lay_new_list(self) -> None:
        absorbed: dict[str, set[str]] = {}
        for commune, to in self.links.items():
            for new in to:
                absorbed.setdefault(self.new.units[new].province, set()).add(
                    self.last.units[commune].province
                )
        for code, entry in self.new.units.items():
            if len(code) == 5:
                self.rows.setdefault(code, []).append(Row(entry, REFORM, None))
                continue
            for old in absorbed[code]:
                if absorbed[code] != {code}:
                    row = self.rows[old][-1] if self.rows[old][-1].end is None else self.rows[old][-2]
                    row.end, row.successors = LAST_DAY, (code,)
            if absorbed[code] != {code}:
                self.rows.setdefault(code, []).append(Row(entry, REFORM, None))

    def _add_later(self, change: dict[str, Any]) -> None:
        for code in change["codes"]:
            row = self.rows[code][-1]
            row.end, row.successors = change["from"] - timedelta(days=1), (code,)
            self.rows[code].append(Row(replace(row.entry, type=change["type"]), change["from"], None))

    def _link_predecessors(self) -> None:
        for held in self.rows.values():
            for row in held:
                if row.end is None:
                    continue
                for code in row.successors:
                    for heir in self.rows[code]:
                        if heir.on(row.end + timedelta(days=1)):
                            heir.predecessors = (*heir.predecessors, row.entry.code)


def write(rows: list[Row], path: Path) -> None:
    """Tab-separated, gzipped without name or time, so that the same input gives the same bytes."""
    lines = ["\t".join(COLUMNS)]
    for row in rows:
        e = row.entry
        lines.append(
            "\t".join(
                (
                    e.code, e.name, e.type, e.parent, e.province,
                    row.start.isoformat() if row.start else "", row.end.isoformat() if row.end else "",
                    ";".join(row.successors), ";".join(row.predecessors), ";".join(row.aliases),
                )
            )
        )  # fmt: skip
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))


def main(folder: Path = HERE) -> None:
    """Builds the files into ``folder`` from the installed packages and changes.toml."""
    changes = tomllib.loads((HERE / "changes.toml").read_text(encoding="utf-8"))
    builder = Builder(changes)
    write(builder.build(), folder / "units.tsv.gz")
    former = "".join(f"{key}\t{code}\n" for key, code in builder.former_communes())
    (folder / "former.tsv.gz").write_bytes(gzip.compress(former.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
