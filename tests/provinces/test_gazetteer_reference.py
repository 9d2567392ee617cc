"""Agreement with the reference gazetteer beside the checkout; floors below are measured and only rise."""

from __future__ import annotations

import csv
import gzip
import hashlib
import tomllib
from datetime import date
from pathlib import Path

import pytest

from provinces.gazetteer import load_gazetteer

pytestmark = pytest.mark.corpus
FLOORS = Path(__file__).parent / "gazetteer_floors.toml"


def test_units_and_successors_agree_with_the_reference(shared_data: Path) -> None:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    packed = (shared_data / "gazetteer.csv.gz").read_bytes()
    assert hashlib.sha256(packed).hexdigest() == floors["sha256"], (
        "another reference: measure the floors again"
    )
    rows = list(csv.DictReader(gzip.decompress(packed).decode().splitlines()))
    gazetteer = load_gazetteer()
    for day, floor in floors["share_of_units"].items():
        wanted = {
            row["code"]: (row["name"], row["type"], row["parent_code"])
            for row in rows
            if row["valid_from"] <= day and (not row["valid_to"] or row["valid_to"] >= day)
        }
        ours = {
            u.code: (u.name, u.type, u.parent_code) for u in gazetteer.on(date.fromisoformat(day)).values()
        }
        same = sum(ours.get(code) == unit for code, unit in wanted.items())
        assert same / len(wanted) >= floor, f"{day}: {same} of {len(wanted)}"
    closed = [row for row in rows if row["valid_to"] == "2025-06-30"]
    agree = 0
    for row in closed:
        unit = gazetteer.unit(row["code"], date(2025, 6, 30))
        agree += unit is not None and set(unit.successors) == set(row["successors"].split(";"))
    assert agree / len(closed) >= floors["share_of_successors"], f"{agree} of {len(closed)}"
