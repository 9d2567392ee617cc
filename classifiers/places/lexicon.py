"""The names the tagger looks for, in two automata: as written, and without marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import ahocorasick

from classifiers.places import words
from provinces.gazetteer import REFORM, Gazetteer, Level, Unit
from provinces.spelling import canonical, without_marks

LAST_DAY = REFORM - timedelta(days=1)


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
        for code, aliases in words.ALIASES.items():
            units = [unit for unit in gazetteer.rows(code) if len(code) == 3 or unit.level is Level.PROVINCE]
            for alias in aliases:
                self._add(keyed, alias, units, abbreviation=alias.isupper() and len(alias) < 7)
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
                *((canonical(b).lower(), None) for b in words.BLOCKERS),
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
