"""Figures of districts and communes, and the deviation that an entry accepts."""

from __future__ import annotations

from datetime import date

import pytest

from classifiers.figures.areas import area_of
from classifiers.figures.checker import FigureChecker
from classifiers.figures.register import COLUMNS, Entry, Register, RegisterError, read_register
from classifiers.figures.units import LocalUnit, Tier, read_unit
from classifiers.records import ArticleText

PROVINCE = {
    "province_old": "LG",
    "indicator": "dân số",
    "value": "1386200",
    "unit": "người",
    "as_of": "2024",
    "valid_from": "2024-01-01",
    "valid_to": "2025-06-30",
    "scope": "tỉnh Lam Giang",
    "aliases": "số dân|người dân",
}
DISTRICT = PROVINCE | {"value": "96400", "scope": "toàn huyện, tỉnh Lam Giang", "district": "huyện Nam Rộc"}
COMMUNE = PROVINCE | {
    "value": "21300", "as_of": "07/2025", "valid_from": "2025-07-01", "valid_to": "",
    "scope": "toàn xã, tỉnh Lam Giang", "district": "xã Sơn Vàng",
}  # fmt: skip
BEFORE, AFTER = date(2025, 3, 10), date(2026, 4, 20)


def register(*rows: dict[str, str]) -> Register:
    lines = [",".join(f'"{row.get(column, "")}"' for column in COLUMNS) for row in rows]
    return read_register("\n".join([",".join(COLUMNS), *lines]))


def checker(*rows: dict[str, str]) -> FigureChecker:
    entries: list[Entry] = list(register(*rows))
    return FigureChecker(entries, area_of("LG", entries))


BOTH = checker(PROVINCE, DISTRICT, COMMUNE)
ONLY_DISTRICT = checker(DISTRICT)


def found(text: str, day: date = BEFORE, title: str = "Lam Giang", by: FigureChecker = BOTH) -> list[str]:
    checked = by.check(ArticleText(title, "", text, day))
    return [f"{one.verdict.value} {one.register_value}" for one in checked]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Huyện Nam Rộc có 96.400 người.", ["agrees 96400"]),
        ("Huyện Nam Rộc có 69.400 người.", ["differs 96400"]),
        ("Dân số huyện Nam Rộc (Lam Giang) là 69.400 người.", ["differs 96400"]),
        ("Dân số huyện Nam Rộc, tỉnh Lam Giang là 69.400 người.", ["differs 96400"]),
        ("Huyện Nam Rộc có hơn 96 nghìn người.", ["agrees 96400"]),
        ("Huyện Nam Rộc có khoảng 95 nghìn người.", ["agrees 96400"]),
        ("Huyện Nam Rộc có gần 90 nghìn người.", ["differs 96400"]),
        ("Tỉnh Lam Giang có 1.386.200 người.", ["agrees 1386200"]),
        ("Tỉnh Lam Giang có 1.836.200 người.", ["differs 1386200"]),
        ("Năm 2023, huyện Nam Rộc có 95.000 người.", ["other-period 96400"]),
    ],
)
def test_a_claim_is_compared_with_the_figure_of_the_place_it_names(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Huyện Bắc Rộc có 88.000 người.",
        "Xã Suối Lìm, huyện Nam Rộc có 5.200 dân.",
        "Xã Suối Lìm (huyện Nam Rộc) có 5.200 dân.",
        "Xã Suối Lìm của huyện Nam Rộc có 5.200 dân.",
        "Huyện Bắc Rộc và huyện Nam Rộc có 180.000 người.",
        "Huyện Nam Rộc và huyện Bắc Rộc có 180.000 người.",
        "Dân số hai thôn thuộc huyện Nam Rộc là 940 người.",
        "Một số xã vùng cao của huyện Nam Rộc có 14.000 người.",
        "Xã Nam Rộc có 6.100 dân.",
    ],
)
def test_another_place_and_parts_of_a_place_are_of_another_scope(text: str) -> None:
    assert [one.partition(" ")[0] for one in found(text)] == ["other-scope"]


def test_a_district_beside_a_province_and_the_other_way_round_are_of_another_scope() -> None:
    of_province = checker(PROVINCE)
    assert found("Huyện Nam Rộc có 96.400 người.", by=of_province) == ["other-scope 1386200"]
    assert found("Tỉnh Lam Giang có 1.386.200 người.", by=ONLY_DISTRICT) == ["other-scope 96400"]


def test_a_district_is_compared_by_the_date_of_its_figure() -> None:
    assert found("Huyện Nam Rộc có 69.400 người.", AFTER) == ["other-period 96400"]
    assert found("Năm 2024, huyện Nam Rộc có 69.400 người.", AFTER) == ["differs 96400"]
    assert found("Huyện Nam Rộc cũ có 69.400 người.", AFTER) == ["differs 96400"]
    assert found("Năm 2023, huyện Nam Rộc cũ có 69.400 người.", AFTER) == ["other-period 96400"]
    assert found("Trước sáp nhập, huyện Nam Rộc có 96.400 người.", AFTER) == ["agrees 96400"]


def test_a_figure_without_an_end_ends_with_the_districts() -> None:
    (entry,) = register(DISTRICT | {"valid_to": ""})
    assert entry.valid_to == date(2025, 6, 30)


def test_a_commune_of_today_is_compared() -> None:
    assert found("Xã Sơn Vàng hiện có 21.300 người.", AFTER) == ["agrees 21300"]
    assert found("Xã Sơn Vàng hiện có 12.300 người.", AFTER) == ["differs 21300"]
    assert found("Xã Sơn Vàng trước sáp nhập có 9.300 dân.", AFTER) == ["other-scope 21300"]


def test_a_bare_name_is_the_unit_that_the_article_introduces() -> None:
    text = "Huyện Nam Rộc họp sáng nay. Theo báo cáo, Nam Rộc có 69.400 người."
    assert found(text) == ["differs 96400"]
    two = "Thị trấn Nam Rộc và huyện Nam Rộc cùng họp. Nam Rộc có 69.400 người."
    assert [one.partition(" ")[0] for one in found(two)] == ["other-scope"]


def test_the_province_must_be_named_for_a_unit_that_others_may_have_too() -> None:
    assert [one for one in found("Huyện Nam Rộc có 69.400 người.", title="Dân số") if "differs" in one] == []


REAL = {
    **PROVINCE, "province_old": "42", "scope": "tỉnh Hà Tĩnh", "value": "110000",
    "district": "huyện Hương Khê",
}  # fmt: skip
SHARED = REAL | {"province_old": "89", "scope": "tỉnh An Giang", "district": "huyện Châu Thành"}


def real(row: dict[str, str], text: str, title: str) -> list[str]:
    entries = list(register(row))
    area = area_of(row["province_old"], entries)
    checked = FigureChecker(entries, area).check(ArticleText(title, "", text, BEFORE))
    return [one.verdict.value for one in checked]


def test_a_name_that_only_one_province_has_needs_no_province_beside_it() -> None:
    assert real(REAL, "Huyện Hương Khê có 101.000 người.", "Dân số") == ["differs"]
    assert real(REAL, "Hương Khê có 101.000 người.", "Dân số") == ["differs"]


def test_a_name_that_several_provinces_have_is_not_compared_where_another_is_named() -> None:
    text = "Huyện Châu Thành có 101.000 người."
    assert real(SHARED, text, "An Giang") == ["differs"]
    assert real(SHARED, text, "Dân số") == ["other-scope"]
    assert real(SHARED, text, "An Giang và Đồng Tháp") == ["other-scope"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("huyện Nam Rộc", LocalUnit(Tier.DISTRICT, "nam rộc")),
        ("  Thị  xã Nam Rộc ", LocalUnit(Tier.DISTRICT, "nam rộc")),
        ("TP. Nam Rộc", LocalUnit(Tier.DISTRICT, "nam rộc")),
        ("thị trấn Hoà Lạc", LocalUnit(Tier.COMMUNE, "hòa lạc")),
        ("Nam Rộc", None),
        ("", None),
        ("huyện", None),
    ],
)
def test_a_unit_is_read_with_its_level(text: str, unit: LocalUnit | None) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"district": "Nam Rộc"}, "district"),
        ({"district": "huyện Nam Rộc", "valid_from": "2025-07-01", "valid_to": ""}, "valid_from"),
        ({"tolerance": "nhiều"}, "tolerance"),
        ({"tolerance": "51"}, "tolerance"),
        ({"tolerance": "-1"}, "tolerance"),
    ],
)
def test_a_faulty_place_or_tolerance_is_named_with_its_line(cells: dict[str, str], column: str) -> None:
    with pytest.raises(RegisterError) as told:
        register(PROVINCE | cells)
    assert [problem[:2] for problem in told.value.problems] == [(2, column)]


def test_places_of_one_indicator_hold_at_the_same_time() -> None:
    assert len(register(PROVINCE, DISTRICT, DISTRICT | {"district": "huyện Bắc Rộc"}).entries) == 3
    with pytest.raises(RegisterError, match="trùng"):
        register(DISTRICT, DISTRICT | {"district": "Huyện  Nam Rộc", "value": "5"})


@pytest.mark.parametrize(
    ("tolerance", "text", "verdict"),
    [
        ("", "có 1.390.000 người", "differs"),
        ("0.5", "có 1.390.000 người", "agrees"),
        ("0.5", "có 1.382.000 người", "agrees"),
        ("0.5", "có 1.400.000 người", "differs"),
        ("", "có hơn 1.390.000 người", "differs"),
        ("0.5", "có hơn 1.390.000 người", "agrees"),
        ("0.5", "có hơn 1.400.000 người", "differs"),
        ("", "có gần 1.384.000 người", "differs"),
        ("0.5", "có gần 1.384.000 người", "agrees"),
        ("0.5", "có gần 1.370.000 người", "differs"),
        ("", "có khoảng 1.310.000 người", "differs"),
        ("1", "có khoảng 1.310.000 người", "agrees"),
        ("0.5", "có khoảng 1.250.000 người", "differs"),
    ],
)
def test_what_lies_within_the_accepted_deviation_agrees(tolerance: str, text: str, verdict: str) -> None:
    tolerant = checker(PROVINCE | {"tolerance": tolerance})
    assert found(f"Tỉnh Lam Giang {text}.", by=tolerant) == [f"{verdict} 1386200"]


@pytest.mark.parametrize(
    ("value", "tolerance", "low", "high"),
    [("200", "1", 198, 202), ("~200", "1", 190, 210), ("~200", "10", 180, 220), (">200", "5", 190, 230)],
)
def test_the_wider_of_word_and_tolerance_holds(value: str, tolerance: str, low: float, high: float) -> None:
    (entry,) = register(PROVINCE | {"value": value, "tolerance": tolerance})
    interval = entry.interval()
    assert (interval.low, interval.high) == (pytest.approx(low), pytest.approx(high))


def test_what_is_left_of_a_share_deviates_as_the_share_does() -> None:
    (entry,) = register(
        PROVINCE | {"indicator": "hộ có internet", "unit": "%", "value": "80", "tolerance": "5"}
    )
    left = entry.interval(percent=True, complement=True)
    assert (left.low, left.high) == (pytest.approx(16), pytest.approx(24))
