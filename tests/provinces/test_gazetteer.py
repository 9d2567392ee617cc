"""The national gazetteer: maps of a day, codes that were used again, successors, provinces of today."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from provinces.gazetteer import REFORM, Gazetteer, GazetteerError, Level, load_gazetteer
from provinces.spelling import canonical, traditional_tones, without_marks

BEFORE, AFTER = date(2025, 6, 30), REFORM


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def counts(gazetteer: Gazetteer, day: date) -> tuple[int, int, int]:
    found = Counter(unit.level for unit in gazetteer.on(day).values())
    return found[Level.PROVINCE], found[Level.DISTRICT], found[Level.COMMUNE]


def test_the_reform_left_34_provinces_and_no_districts(gazetteer: Gazetteer) -> None:
    assert counts(gazetteer, BEFORE) == (63, 696, 10035)
    assert counts(gazetteer, AFTER) == (34, 0, 3321)


def test_a_code_may_be_used_again(gazetteer: Gazetteer) -> None:
    names = [(unit.name, unit.valid_to) for unit in gazetteer.rows("24")]
    assert names == [("Bắc Giang", BEFORE), ("Bắc Ninh", None)]


def test_rows_of_one_code_never_overlap(gazetteer: Gazetteer) -> None:
    for code in {unit.code for unit in gazetteer}:
        rows = gazetteer.rows(code)
        for earlier, later in pairwise(rows):
            assert earlier.valid_to is not None and later.valid_from is not None
            assert earlier.valid_to < later.valid_from, code


def test_every_unit_of_the_last_old_map_has_successors_that_exist(gazetteer: Gazetteer) -> None:
    for unit in gazetteer.on(BEFORE).values():
        if unit.valid_to == BEFORE:
            heirs = gazetteer.successors(unit)
            assert heirs and len(heirs) == len(unit.successors), unit


def test_successors_and_predecessors_mirror_each_other(gazetteer: Gazetteer) -> None:
    for unit in gazetteer:
        for heir in gazetteer.successors(unit):
            assert unit.code in heir.predecessors


def test_a_commune_may_be_split(gazetteer: Gazetteer) -> None:
    unit = gazetteer.unit("18796", BEFORE)
    assert unit is not None and unit.full_name == "Xã Kỳ Lợi"
    assert set(unit.successors) == {"18754", "18823", "18832"}
    assert gazetteer.province_now(unit) == ["Hà Tĩnh"]


@pytest.mark.parametrize(
    ("code", "day", "now"),
    [
        ("17", BEFORE, "Phú Thọ"),
        ("26", BEFORE, "Phú Thọ"),
        ("27", BEFORE, "Bắc Ninh"),
        ("24", BEFORE, "Bắc Ninh"),
        ("24", AFTER, "Bắc Ninh"),
        ("11", BEFORE, "Điện Biên"),
        ("219", BEFORE, "Bắc Ninh"),
        ("44", BEFORE, "Quảng Trị"),
        ("46", date(2020, 1, 1), "Huế"),
    ],
)
def test_province_now(gazetteer: Gazetteer, code: str, day: date, now: str) -> None:
    unit = gazetteer.unit(code, day)
    assert unit is not None
    assert gazetteer.province_now(unit) == [now]


def test_dated_changes_of_our_own(gazetteer: Gazetteer) -> None:
    def kind(code: str, day: date) -> str:
        unit = gazetteer.unit(code, day)
        return unit.full_name if unit else "-"

    assert kind("449", date(2015, 4, 9)) == "-"
    assert kind("449", date(2015, 4, 10)) == "Thị xã Kỳ Anh"
    assert kind("18796", date(2015, 4, 9)) == kind("18796", date(2015, 4, 10)) == "Xã Kỳ Lợi"
    assert gazetteer.rows("18796")[0].parent_code == "447"
    assert kind("151", date(2019, 12, 31)) == "Huyện Kỳ Sơn"
    assert kind("222", date(2024, 1, 31)) == "Huyện Việt Yên"
    assert kind("222", date(2024, 2, 1)) == "Thị xã Việt Yên"
    assert kind("224", date(2025, 1, 1)) == "Thị xã Chũ"
    assert kind("75", date(2026, 4, 29)) == "Tỉnh Đồng Nai"
    assert kind("75", date(2026, 4, 30)) == "Thành phố Đồng Nai"
    assert kind("26248", date(2026, 4, 30)) == "Phường Trảng Bom"


def test_extra_units_come_on_top_and_may_succeed_each_other(tmp_path: Path) -> None:
    file = tmp_path / "units.toml"
    file.write_text(
        """
unit = [
  { code = "XA", name = "Thử Nghiệm", type = "tỉnh" },
  { code = "XA1", name = "Hoà Ba", type = "huyện", parent = "XA", successors = ["XA2"], valid_to = DAY },
  { code = "XA2", name = "Hoà Ba", type = "xã", parent = "XA", valid_from = 2025-07-01 },
]
""".replace("DAY", "2025-06-30"),
        encoding="utf-8",
    )
    gazetteer = load_gazetteer([file])
    old = gazetteer.unit("XA1", BEFORE)
    assert old is not None and old.name == "Hòa Ba" and old.level is Level.DISTRICT
    assert [heir.full_name for heir in gazetteer.successors(old)] == ["Xã Hòa Ba"]
    assert gazetteer.province_now(old) == ["Thử Nghiệm"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = ", "mend the file"),
        ('unit = [{ code = "Q", name = "A" }]', "lacks type"),
        ('unit = [{ code = "Q", name = "A", type = "xã", parent = "R" }]', "unknown parent R"),
        ('unit = [{ code = "42", name = "A", type = "tỉnh" }]', "42 is already taken"),
        ('unit = [{ code = "Q", name = "A", type = "xã", parent = "Q" }]', "its own ancestor"),
    ],
)
def test_a_bad_extra_file_is_refused_with_its_remedy(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "units.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match=told) as caught:
        load_gazetteer([file])
    assert str(file) in str(caught.value)


def test_names_are_in_the_traditional_spelling(gazetteer: Gazetteer) -> None:
    assert all(name == canonical(name) for name in gazetteer.names())
    assert traditional_tones("HOÀ Bình, Thuỷ, quý, Hoàng, khoẻ") == "HÒA Bình, Thủy, quý, Hoàng, khỏe"
    assert without_marks("Điện Biên Phủ") == "Dien Bien Phu"


def test_the_committed_files_say_what_the_maps_around_the_reform_say(gazetteer: Gazetteer) -> None:
    """The map of 2023 needs a package that is only there to build; these two come with a dependency."""
    from provinces.gazetteer import sources
    from provinces.gazetteer.build import LAST_DAY

    for day, snapshot in ((LAST_DAY, sources.before_reform()), (REFORM, sources.since_reform())):
        ours = {code: (unit.type, unit.parent_code) for code, unit in gazetteer.on(day).items()}
        assert ours == {code: (entry.type, entry.parent) for code, entry in snapshot.units.items()}
