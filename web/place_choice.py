"""Places chosen by name in a form, kept by code: boxes of what is chosen, and lines to type more names into.

A line takes a name as the list offers it, with or without marks and level word, or several with ";".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.office import office
from provinces.gazetteer import Level, Unit
from search.query.values import place_key
from search.text.normal import key, nfc
from web.clock import today
from web.names import gazetteer, place_name

LINES = 3
LONGEST = 300
LIKE = 4  # named where several bear the name


@dataclass(frozen=True, slots=True)
class Places:
    """What was posted: the codes, and the names that are no place, or more than one, with what to do."""

    codes: tuple[str, ...]
    wrong: tuple[str, ...] = ()  # as typed
    problem: str = ""


def read_places(posted: QueryDict, name: str, level: Level | None = None) -> Places:
    """Ticked codes under ``name`` (several with commas too) and names under ``name``-named, in their order.

    ``level``: only units of this level can be named.
    """
    codes = [code for value in posted.getlist(name) for code in _codes(value)]
    wrong, problems = [], []
    for typed in _names(posted.getlist(f"{name}-named")):
        found = _found(typed, level)
        if len(found) == 1:
            codes += found
        else:
            wrong.append(typed)
            problems.append(_problem(typed, found))
    return Places(tuple(dict.fromkeys(codes)), tuple(wrong), " ".join(problems))


def label(code: str) -> str:
    """The name of a unit, with its province where that is not the office's; the code of an unknown one."""
    rows = gazetteer().rows(code)
    if (
        not rows
        or rows[-1].level is Level.PROVINCE
        or office().code in gazetteer().province_codes_now(rows[-1])
    ):
        return place_name(code)
    province = gazetteer().province(rows[-1])
    return f"{place_name(code)}, {province.full_name}" if province else place_name(code)


def offered(level: Level) -> tuple[str, ...]:
    """The names of the list: today's provinces, or today's units of the office's province."""
    return _offered(level, today(timezone.now()))


@lru_cache(maxsize=4)
def _offered(level: Level, day: date) -> tuple[str, ...]:
    own = office().code
    found = [
        unit
        for unit in gazetteer().on(day).values()
        if unit.level is level and (level is Level.PROVINCE or unit.province_code == own)
    ]
    return tuple(unit.full_name for unit in sorted(found, key=lambda unit: key(unit.name)))


def _codes(value: str) -> Iterator[str]:
    for part in value.replace(";", ",").split(","):
        code = part.strip()
        if code.isascii() and code.isalnum() and len(code) <= 12:
            yield code


def _names(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        for part in nfc(value.replace("\x00", " "))[:LONGEST].split(";"):
            if name := " ".join(part.split()):
                yield name


def _problem(typed: str, found: Sequence[str]) -> str:
    if not found:
        return _("Không có nơi nào tên “%(name)s”; hãy chọn trong danh sách.") % {"name": typed}
    labels = tuple(dict.fromkeys(label(code) for code in found))
    if len(labels) == 1 or "," in typed:  # the province does not tell them apart
        coded = "; ".join(f"{code} ({_with_district(code)})" for code in found[:LIKE])
        return _("Có nhiều nơi tên “%(name)s”; hãy ghi mã thay cho tên, ví dụ: %(among)s.") % {
            "name": typed,
            "among": coded,
        }
    return _("Có nhiều nơi tên “%(name)s”; hãy ghi cả tỉnh, ví dụ: %(among)s.") % {
        "name": typed,
        "among": "; ".join(labels[:LIKE]),
    }


def _with_district(code: str) -> str:
    """The label of a unit, with the district that a former commune lay in."""
    unit = gazetteer().rows(code)[-1]
    district = gazetteer().district(unit, unit.valid_to) if unit.valid_to else None
    name, *province = label(code).split(", ")
    return ", ".join([name, *([district.full_name] if district else []), *province])


def _found(typed: str, level: Level | None) -> tuple[str, ...]:
    """The codes that a name means; several where people must say which."""
    if typed.isascii() and (rows := gazetteer().rows(typed)) and level in (None, rows[-1].level):
        return (typed,)
    before, comma, after = typed.rpartition(",")
    name, province = (before.strip(), after.strip()) if comma else (typed, "")
    for how, units in _by_name().items():
        hits = [unit for unit in units.get(SPELLINGS[how](name), ()) if level in (None, unit.level)]
        if province:
            hits = [unit for unit in hits if place_key(province) in _provinces(unit)]
        if hits:
            return _nearest(hits)
    return ()


SPELLINGS: dict[str, Callable[[str], str]] = {"exact": str.casefold, "without marks": key, "name": place_key}
"""How a name is compared, the strictest first: the last one leaves the level word out."""


@cache
def _by_name() -> dict[str, dict[str, list[Unit]]]:
    found: dict[str, dict[str, list[Unit]]] = {how: {} for how in SPELLINGS}
    for unit in gazetteer():
        for how, spelled in SPELLINGS.items():
            found[how].setdefault(spelled(unit.full_name), []).append(unit)
    return found


def _provinces(unit: Unit) -> set[str]:
    province = gazetteer().province(unit)
    names = [*gazetteer().province_now(unit), *([province.name] if province else [])]
    return {place_key(name) for name in names}


def _nearest(units: Sequence[Unit]) -> tuple[str, ...]:
    """Those of the office's province before others, and those of today before former ones."""
    own = [unit for unit in units if office().code in gazetteer().province_codes_now(unit)]
    ranks = ([unit for unit in own if not unit.valid_to], own, [unit for unit in units if not unit.valid_to])
    chosen = next((rank for rank in ranks if rank), units)
    return tuple(dict.fromkeys(unit.code for unit in chosen))
