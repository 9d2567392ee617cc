"""The period that an entry covers and the map that it counts, compared with what the text says."""

from __future__ import annotations

from datetime import date

import pytest

from classifiers.figures.areas import area_of
from classifiers.figures.checker import FigureChecker
from classifiers.figures.period import adds_up, part_of_year
from classifiers.figures.register import COLUMNS, RegisterError, read_register
from classifiers.records import ArticleText

VISITORS = {
    "province_old": "LG", "indicator": "lượt khách du lịch", "value": "2810000", "unit": "lượt khách",
    "as_of": "2026", "valid_from": "2026-07-01", "scope": "tỉnh Lam Giang", "period": "6 tháng đầu năm",
    "aliases": "khách du lịch|lượt khách|du khách",
}  # fmt: skip
SUBSCRIBERS = {
    "province_old": "LG", "indicator": "thuê bao di động", "value": "1840000", "unit": "thuê bao",
    "as_of": "2025", "valid_from": "2025-12-31", "scope": "tỉnh Lam Giang",
}  # fmt: skip
PEOPLE = {
    "province_old": "LG", "indicator": "dân số", "value": "1386200", "unit": "người", "as_of": "2024",
    "valid_from": "2024-01-01", "scope": "tỉnh Lam Giang", "aliases": "số dân|người dân",
}  # fmt: skip
DAY = date(2026, 8, 5)


def verdicts(row: dict[str, str], text: str, day: date = DAY) -> list[str]:
    line = ",".join(f'"{row.get(column, "")}"' for column in COLUMNS)
    entries = list(read_register("\n".join([",".join(COLUMNS), line])))
    checker = FigureChecker(entries, area_of("LG", entries))
    return [str(one.verdict.value) for one in checker.check(ArticleText("Lam Giang", "", text, day))]


@pytest.mark.parametrize(
    ("time", "verdict"),
    [
        ("6 tháng đầu năm 2026", "differs"),
        ("Sáu tháng đầu năm", "differs"),
        ("Đến hết quý II/2026", "differs"),
        ("Tính đến 30/6/2026", "differs"),
        ("Quý II/2026", "other-period"),
        ("9 tháng năm 2026", "other-period"),
        ("Năm 2026", "other-period"),
        ("6 tháng đầu năm 2025", "other-period"),
        ("Tháng 6/2026", "other-period"),
    ],
)
def test_a_figure_of_a_part_of_the_year_is_compared_with_that_part_only(time: str, verdict: str) -> None:
    assert verdicts(VISITORS, f"{time}, Lam Giang đón 2,18 triệu lượt khách du lịch.") == [verdict]


@pytest.mark.parametrize(
    ("period", "verdict"), [("", "differs"), ("cả năm", "other-period"), ("cuối năm", "differs")]
)
def test_a_part_of_the_year_is_comparable_unless_the_figure_adds_up(period: str, verdict: str) -> None:
    row = SUBSCRIBERS | {"period": period}
    text = "9 tháng năm 2025, Lam Giang có 1,48 triệu thuê bao di động."
    assert verdicts(row, text, date(2026, 1, 20)) == [verdict]


def test_the_words_of_a_period() -> None:
    assert [part_of_year(words) for words in ("quý III", "9 tháng", "cả năm", "cuối năm", "")] == [
        (7, 9), (1, 9), None, None, None,
    ]  # fmt: skip
    assert [adds_up(words) for words in ("cả năm", "9 tháng", "cuối năm 2025", "")] == [
        True, True, False, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("merger", "words", "verdict"),
    [
        ("before", "Trước sáp nhập, Lam Giang có 1.836.200 người.", "differs"),
        ("before", "Sau sáp nhập, Lam Giang có 1.836.200 người.", "other-scope"),
        ("after", "Trước sáp nhập, Lam Giang có 1.836.200 người.", "other-scope"),
        ("after", "Sau sáp nhập, Lam Giang có 1.836.200 người.", "differs"),
        ("", "Lam Giang có 1.836.200 người.", "differs"),
    ],
)
def test_a_figure_of_one_map_is_not_compared_with_the_other(merger: str, words: str, verdict: str) -> None:
    assert verdicts(PEOPLE | {"merger": merger}, words, date(2025, 3, 1)) == [verdict]


def test_an_unknown_map_is_named_with_its_line() -> None:
    line = ",".join(f'"{(PEOPLE | {"merger": "sau"}).get(column, "")}"' for column in COLUMNS)
    with pytest.raises(RegisterError) as told:
        read_register("\n".join([",".join(COLUMNS), line]))
    assert [(number, column) for number, column, _ in told.value.problems] == [(2, "merger")]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Lam Giang tới 5 huyện đã tính, thuê bao di động có 1,2 triệu thuê bao.", "differs"),
        ("Mười năm trước, Lam Giang có 1,2 triệu thuê bao di động.", "other-period"),
        ("Cùng kỳ năm ngoái, Lam Giang có 1,2 triệu thuê bao di động.", "differs"),
        ("Cách nay bốn năm, Lam Giang có 1,2 triệu thuê bao di động.", "other-period"),
    ],
)
def test_times_told_from_the_day_of_publication(text: str, verdict: str) -> None:
    assert verdicts(SUBSCRIBERS, text) == [verdict]
