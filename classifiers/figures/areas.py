"""The area of a province code in a register, by the register's own scope and the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from classifiers.figures.places import CAPITAL, Area
from classifiers.figures.register import Entry
from provinces.gazetteer.loader import Gazetteer, load_gazetteer
from provinces.gazetteer.units import Level
from provinces.records import Province
from provinces.spelling import canonical

_NAME = rf"([{CAPITAL}][^\W\d_]*(?: [{CAPITAL}][^\W\d_]*)*)"
_NAMED = re.compile(rf"(?:tỉnh|thành phố) {_NAME}")
_OF_PROVINCE = re.compile(rf"tỉnh {_NAME}")


class AreaError(ValueError):
    """A province code whose name is not known; says what to write into the register."""


@cache
def _gazetteer() -> Gazetteer:
    return load_gazetteer()


def area_of(code: str, entries: Sequence[Entry], province: Province | None = None) -> Area:
    """The area that the entries of ``code`` are about.

    The name is the profile's, else the one in the entries' scope ("tỉnh Hòa Bình"), else the gazetteer's
    for an official code. Raises AreaError.
    """
    gazetteer = _gazetteer()
    provinces = [unit for unit in gazetteer if unit.level is Level.PROVINCE]
    name = _name(code, entries, province, gazetteer)
    own = [unit for unit in provinces if unit.name == name]
    codes = {unit.code for unit in own}
    parts = {unit.name for unit in gazetteer if unit.level is Level.DISTRICT and unit.province_code in codes}
    wholes = {now for unit in own for now in gazetteer.province_now(unit)} - {name}
    if province is not None:
        wholes |= {predecessor.name for predecessor in province.predecessors}
        wholes |= {province.name} - {name}
    others = {unit.name for unit in provinces} - wholes - {name}
    return Area((name,), frozenset(parts - {name}), tuple(sorted(wholes)), frozenset(others))


def _name(code: str, entries: Sequence[Entry], province: Province | None, gazetteer: Gazetteer) -> str:
    for entry in entries:
        # "thành phố" in the scope of a district's figure is no province.
        found = (_NAMED if entry.local is None else _OF_PROVINCE).search(entry.scope)
        if found:
            return canonical(found.group(1))
    if province is not None and province.code == code:
        return province.name
    rows = gazetteer.rows(code)
    if rows:
        return rows[-1].name
    raise AreaError(
        f'không biết tên tỉnh của mã {code!r}: ghi "tỉnh …" vào cột scope của một dòng trong sổ số liệu'
    )
