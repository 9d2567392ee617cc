"""Fields of the register as people write them: what is read, and what is said of the rest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.register.fields import NAMES, as_cells, read_fields, usual_validity
from tests.archive.register_maker import CELLS


@pytest.mark.parametrize(
    "written, stored",
    [("1930", "1930"), ("11,7", "11.7"), ("~ 1000", "~1000"), (">80", ">80"), ("184 / 210", "184/210")],
)
def test_figures_are_read(written: str, stored: str) -> None:
    read, problems = read_fields(CELLS | {"value": written})
    assert problems == {}
    assert read.value == stored


@pytest.mark.parametrize(
    "field, written, says",
    [
        ("value", "1.930", "hai cách"),
        ("value", "1.214.500", "hai cách"),
        ("value", "nhiều", "không phải là số"),
        ("value", "-3", "không phải là số"),
        ("value", "210/184", "lớn hơn"),
        ("value", "3/0", "lớn hơn"),
        ("value", "", "còn trống"),
        ("indicator", "   ", "còn trống"),
        ("as_of", "hôm qua", "không phải thời điểm"),
        ("as_of", "13/2025", "không phải thời điểm"),
        ("as_of", "31/02/2025", "không phải thời điểm"),
        ("as_of", "0000", "không phải thời điểm"),
        ("valid_from", "2025-13-01", "không phải là ngày"),
        ("valid_from", "1/7", "không phải là ngày"),
        ("valid_to", "2024-01-01", "trước ngày bắt đầu"),
        ("tolerance", "nhiều", "không phải là phần trăm"),
        ("tolerance", "90", "ngoài khoảng"),
        ("tolerance", "NaN", "ngoài khoảng"),
        ("merger", "sau này", "không hiểu"),
        ("unit", "x" * 61, "rút còn"),
        ("aliases", "|".join(f"tên {n}" for n in range(41)), "nhiều nhất 40"),
    ],
)
def test_a_field_that_cannot_be_used_says_what_to_do(field: str, written: str, says: str) -> None:
    read, problems = read_fields(CELLS | {field: written})
    assert read is None
    assert list(problems) == [field]
    assert says in problems[field]


def test_every_wrong_field_is_named_at_once() -> None:
    _, problems = read_fields({"value": "?", "as_of": "?"})
    assert set(problems) == {"indicator", "value", "unit", "province", "as_of", "valid_from"}


def test_days_and_per_cent_are_read_as_written_in_viet_nam() -> None:
    read, _ = read_fields(CELLS | {"valid_from": "1/7/2025", "tolerance": "0,5 %", "merger": "sau"})
    assert (read.valid_from, read.tolerance, read.merger) == (date(2025, 7, 1), Decimal("0.5"), "after")


@pytest.mark.parametrize(
    "as_of, first, last",
    [
        ("2017", date(2017, 1, 1), date(2018, 6, 30)),
        ("12/2020", date(2020, 12, 1), date(2021, 6, 30)),
        ("12/09/2026", date(2026, 9, 12), date(2027, 6, 30)),
        ("năm học 2025-2026", date(2025, 1, 1), date(2026, 6, 30)),
    ],
)
def test_a_figure_of_which_only_the_time_is_known_holds_to_june_of_the_year_after(
    as_of: str, first: date, last: date
) -> None:
    assert usual_validity(as_of) == (first, last)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)))
def test_whatever_is_written_gives_an_entry_or_problems(cells: dict[str, str]) -> None:
    read, problems = read_fields(CELLS | cells)
    assert (read is None) == bool(problems)
    if read is not None:
        assert read_fields(as_cells(read)) == (read, {})
