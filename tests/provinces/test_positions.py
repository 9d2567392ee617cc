"""Where communes lie: complete for today's map, within the country, refused with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from provinces.gazetteer import GazetteerError, Level, load_gazetteer
from provinces.gazetteer.positions import FILE, build, load_positions
from provinces.loader import gazetteer_of, positions_of

TODAY = date(2026, 11, 1)


def test_every_commune_of_today_has_a_position_in_the_country() -> None:
    positions = load_positions()
    communes = [unit.code for unit in load_gazetteer().on(TODAY).values() if unit.level is Level.COMMUNE]
    assert len(communes) > 3000
    assert [code for code in communes if code not in positions] == []
    for position in positions.values():
        assert 7 < position.latitude < 24 and 102 < position.longitude < 115


def test_the_file_is_built_from_the_package(tmp_path: Path) -> None:
    assert build(tmp_path / "positions.tsv.gz") == len(load_positions())
    assert (tmp_path / "positions.tsv.gz").read_bytes() == FILE.read_bytes()


def test_a_made_up_province_brings_its_own() -> None:
    positions = positions_of("demo")
    communes = [
        unit.code
        for unit in gazetteer_of("demo").on(TODAY).values()
        if unit.level is Level.COMMUNE and unit.province_code == "LG"
    ]
    assert communes and all(code in positions for code in communes)


@pytest.mark.parametrize("line", ["LG001\t18.6", "LG001\tx\t105", "LG001\t181.0\t105.0", "LG001 18 105"])
def test_what_is_no_position_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "positions.tsv"
    file.write_text(f"# nhận xét\n{line}\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"positions\.tsv:2: "):
        load_positions([file])
