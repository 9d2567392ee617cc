"""The names the tagger looks for, in two automata: as written, and without marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import ahocorasick

from provinces.gazetteer import REFORM, Gazetteer, Level, Unit
from provinces.spelling import canonical, without_marks

LAST_DAY = REFORM - timedelta(days=1)

DISTRICT_ALIASES: dict[str, tuple[str, ...]] = {
    "643": ("Buôn Mê Thuột", "Ban Mê Thuột"),
    "088": ("Sapa",),
    "540": ("Qui Nhơn",),
    "622": ("Plei Ku",),
    "582": ("Phan Rang",),
    "137": ("Mù Cang Chải",),
}
"""Other ways to write a district, by code."""

PROVINCE_ALIASES: dict[str, tuple[str, ...]] = {
    "79": ("TP.HCM", "TPHCM", "TP HCM", "TP. HCM", "T.P HCM", "Tp.HCM", "TP.Hồ Chí Minh", "HCM", "TP. Hồ Chí Minh"),
    "01": ("HN",),
    "46": ("Thừa Thiên - Huế", "Thừa Thiên-Huế", "Thừa Thiên – Huế", "TT-Huế", "TT Huế", "TT - Huế", "T.T.Huế", "TT.Huế"),
    "77": ("Bà Rịa-Vũng Tàu", "Bà Rịa – Vũng Tàu", "Bà Rịa–Vũng Tàu", "BR-VT", "BRVT", "Bà Rịa Vũng Tàu"),
    "66": ("Đắk Lăk", "Đăk Lăk", "Đăk Lắk", "Đắc Lắc", "Đak Lak", "Đắc Lắk", "Dak Lak", "Daklak"),
    "67": ("Đăk Nông", "Đắc Nông", "Đak Nông", "Dak Nông"),
    "62": ("Kontum", "Kon-Tum", "Kon Tum"),
    "06": ("Bắc Cạn",),
    "48": ("Đà Nẵng", "ĐN"),
}  # fmt: skip
"""Other ways to write a province, by its code before the reform."""

BLOCKERS = (
    "Thái Bình Dương", "Điện Biên Phủ trên không", "Hà Nội - Điện Biên Phủ trên không", "Bia Hà Nội", "Bia Sài Gòn",
    "Hà Nội Mới", "Kinh Bắc City", "Nobel Hòa Bình", "Quốc tế Hòa Bình", "Hòa Bình Minzy", "Hoàng Anh Gia Lai",
    "Sông Lam Nghệ An", "Nam Định Vàng", "Hà Nội T&T", "Than Quảng Ninh", "Becamex Bình Dương",
    "Xi măng Hà Tiên", "Cần Thơ Xanh", "Trà Thái Nguyên", "Đại Nam", "Việt Nam", "Trung Quốc", "Hoàng Sa", "Trường Sa",
    "Trần Hưng Đạo", "Đông Nam Á", "Đông Á", "Thanh Niên", "Tuổi Trẻ", "Hội An Đông", "Phú Yên Bình",
)  # fmt: skip
"""Longer names that contain, or look like, a unit and are none."""

_BLOCKERS_THAT_ARE_UNITS = frozenset({"Hoàng Sa", "Trường Sa"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One name with all rows that ever bore it."""

    name: str
    units: tuple[Unit, ...]
    levels: frozenset[Level]
    single: bool  # one syllable
    abbreviation: bool = False
    former: frozenset[str] = frozenset()  # codes of units that a commune of this name had merged into


class Lexicon:
    """Names → units, as Aho-Corasick automata over lowered text. Built in well under a second."""

    def __init__(self, gazetteer: Gazetteer, landmarks: Sequence[tuple[str, str]] = ()) -> None:
        """``landmarks``: (name, province code valid today) pairs that imply a province."""
        self.gazetteer = gazetteer
        self.entries: list[Entry] = []
        keyed: dict[str, Entry] = {}
        for name, units in gazetteer.names().items():
            if name.rsplit(" ", 1)[-1].isdigit() or set(name) <= set("IVX"):
                continue
            self._add(keyed, name, units)
        for code, aliases in PROVINCE_ALIASES.items():
            units = [unit for unit in gazetteer.rows(code) if unit.level is Level.PROVINCE]
            for alias in aliases:
                self._add(keyed, alias, units, abbreviation=alias.isupper() and len(alias) < 7)
        for code, aliases in DISTRICT_ALIASES.items():
            for alias in aliases:
                self._add(keyed, alias, gazetteer.rows(code))
        self._keyed = keyed
        self.numbered = {
            name.lower(): tuple(units)
            for name, units in gazetteer.names().items()
            if name.rsplit(" ", 1)[-1].isdigit()
        }
        self.initials = self._initials()
        self.landmarks = {canonical(name).lower(): (canonical(name), code) for name, code in landmarks}
        self.automaton = self._automaton(
            (
                *keyed.items(),
                *((canonical(b).lower(), None) for b in BLOCKERS if b not in _BLOCKERS_THAT_ARE_UNITS),
            )
        )

    @staticmethod
    def _add(keyed: dict[str, Entry], name: str, units: Iterable[Unit], abbreviation: bool = False) -> None:
        key = name.lower()
        held = keyed.get(key)
        merged = tuple(dict.fromkeys((*(held.units if held else ()), *units)))
        if merged:
            keyed[key] = Entry(
                held.name if held else name,
                merged,
                frozenset(unit.level for unit in merged),
                " " not in name and "-" not in name,
                abbreviation,
            )

    def former_commune(self, kind: str, name: str, held: Entry | None) -> Entry | None:
        """An entry for a commune that merged before our oldest list; joined with ``held``, if any."""
        codes = self.gazetteer.former.get(
            re.sub(r"[^a-z0-9]", "", without_marks(canonical(kind + name)).lower())
        )
        if not codes:
            return None
        heirs = [unit for code in codes if (unit := self.gazetteer.unit(code, LAST_DAY))]
        units = (*(held.units if held else ()), *heirs)
        levels = frozenset(unit.level for unit in units)
        return Entry(name, units, levels, " " not in name, former=frozenset(codes))

    def _automaton(self, items: Iterable[tuple[str, Entry | None]]) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for key, entry in items:
            automaton.add_word(key, (len(key), entry))
        for key, (name, code) in self.landmarks.items():
            if key not in automaton:
                automaton.add_word(key, (len(key), (name, code)))
        automaton.make_automaton()
        return automaton

    @cached_property
    def plain_automaton(self) -> ahocorasick.Automaton:
        """Names without marks, of two syllables or more; built when the first plain text comes."""
        keyed: dict[str, Entry] = {}
        for entry in self._keyed.values():
            if not entry.single or Level.PROVINCE in entry.levels:
                self._add(keyed, without_marks(entry.name), entry.units, entry.abbreviation)
        automaton = ahocorasick.Automaton()
        for key, entry in keyed.items():
            automaton.add_word(key, (len(key), entry))
        automaton.make_automaton()
        return automaton

    def _initials(self) -> dict[str, tuple[Unit, ...]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.gazetteer:
            if unit.level is Level.PROVINCE:
                key = "".join(syllable[0] for syllable in unit.name.replace("-", " ").split()).lower()
                found.setdefault(key, []).append(unit)
        return {key: tuple(units) for key, units in found.items() if len(key) > 1}
