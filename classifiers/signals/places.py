"""Chains of named units as a text gives them: "xã A, huyện B, tỉnh C"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from classifiers.signals.reading import UPPER, Sentence
from provinces.gazetteer import Gazetteer, Unit
from provinces.spelling import canonical

KIND = {
    "xã": 3,
    "phường": 3,
    "thị trấn": 3,
    "huyện": 2,
    "thị xã": 2,
    "quận": 2,
    "thành phố": 2,
    "tp": 2,
    "tp.": 2,
    "tỉnh": 1,
}
"""Level word → level: 1 province, 2 district, 3 commune."""

SUFFIX_OLD = re.compile(r"\A\s*(?:\(?(?:cũ|trước đây|trước kia|nay)\b)")

_LEVEL = r"(?:xã|phường|thị trấn|huyện|thị xã|quận|thành phố|tp\.?|tỉnh)"
_HEAD = re.compile(rf"\b(?P<type>{_LEVEL}) ?(?=[{UPPER}])", re.IGNORECASE)
_NAME_WORD = re.compile(rf"[{UPPER}][^\W\d_]*|\d{{1,2}}\b")
_JOIN = re.compile(rf"\A(?:,? ?\( ?|, ?|,? thuộc | của | ?[-–] ?(?={_LEVEL} ))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit named in a sentence, level word included. ``worded``: the level word is written."""

    start: int
    end: int
    type: str
    kind: int
    name: str
    worded: bool = True


@dataclass(frozen=True, slots=True)
class Chain:
    """Units joined from small to large."""

    units: tuple[Named, ...]


class UnitNames:
    """The rows of a gazetteer by name and level."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._rows: dict[tuple[str, int], list[Unit]] = {}
        for name, units in gazetteer.names().items():
            for unit in units:
                self._rows.setdefault((name.lower(), int(unit.level)), []).append(unit)
        self._longest = max((len(name.split()) for name, _ in self._rows), default=1)

    def rows(self, named: Named) -> list[Unit]:
        """All rows that ever bore the name on that level, the newest last."""
        return self._rows.get((named.name, named.kind), [])

    def longest(self, words: list[str], kind: int) -> int:
        """How many of the words, from the first, make the longest known name of that level."""
        for count in range(min(len(words), self._longest), 0, -1):
            if (canonical(" ".join(words[:count])).lower(), kind) in self._rows:
                return count
        return 0


def chains(sentence: Sentence, names: UnitNames) -> list[Chain]:
    """The chains of a sentence, in order; a unit that stands alone is a chain of one."""
    found: list[Chain] = []
    text = sentence.cased
    position = 0
    while head := _HEAD.search(text, position):
        first = _named(text, head.start(), head.end(), head.group("type"), names)
        if first is None:
            position = head.end()
            continue
        units = [first]
        while larger := _next(text, units[-1], names):
            units.append(larger)
        found.append(Chain(tuple(units)))
        position = units[-1].end
    return found


def _named(text: str, start: int, name_start: int, type_: str, names: UnitNames) -> Named | None:
    kind = KIND.get(type_.lower())
    if kind is None:
        return None
    words: list[tuple[str, int]] = []
    position = name_start
    while len(words) < 6 and (match := _NAME_WORD.match(text, position)):
        words.append((match.group(), match.end()))
        if text[match.end() : match.end() + 1] not in {" ", "-"}:
            break
        position = match.end() + 1
    count = names.longest([word for word, _ in words], kind)
    # A known name inside a longer one is another name: "xã Tân Sơn Nhì" is not Tân Sơn.
    if not count or count != len(words):
        return None
    name = canonical(" ".join(word for word, _ in words)).lower()
    type_ = type_.lower().rstrip(".")
    return Named(start, words[-1][1], "thành phố" if type_ == "tp" else type_, kind, name)


def _next(text: str, last: Named, names: UnitNames) -> Named | None:
    join = _JOIN.match(text[last.end : last.end + 10])
    if not join or last.kind == 1:
        return None
    start = last.end + join.end()
    head = _HEAD.match(text, start)
    if head:
        unit = _named(text, start, head.end(), head.group("type"), names)
        return unit if unit is not None and unit.kind < last.kind else None
    # A bare name behind a comma or in brackets is taken only for a province. Behind a city it may as
    # well be the next item of a list, and a name that districts bear, too, stays open.
    unit = _named(text, start, start, "tỉnh", names)
    if unit is None or last.type == "thành phố" or names.rows(replace(unit, kind=2)):
        return None
    return Named(unit.start, unit.end, "tỉnh", 1, unit.name, worded=False)
