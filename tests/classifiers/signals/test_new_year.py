"""Days named without their year, read about New Year and about 29 February."""

from __future__ import annotations

from datetime import date

import pytest

from classifiers.signals.elsewhere import days_in
from classifiers.signals.s3_old_event import days_off


@pytest.mark.parametrize(
    ("today", "named", "off"),
    [
        (date(2027, 1, 1), ("31", "12"), 1),
        (date(2027, 1, 1), ("31", "12", "2026"), 1),
        (date(2026, 12, 31), ("2", "1"), 2),
        (date(2026, 12, 31), ("2", "1", "2026"), 363),
        (date(2028, 3, 1), ("29", "2"), 1),
        (date(2026, 11, 25), ("20", "11"), 5),
    ],
)
def test_a_day_is_as_far_off_as_the_nearest_of_its_name(
    today: date, named: tuple[str, ...], off: int
) -> None:
    assert days_off(today, *named) == off


@pytest.mark.parametrize("named", [("31", "2"), ("0", "5"), ("29", "2", "2027"), ("1", "1", "0000")])
def test_a_day_that_never_was_is_far_off(named: tuple[str, ...]) -> None:
    assert days_off(date(2027, 3, 1), *named) > 100_000


def test_a_29_february_still_to_come_is_none_of_the_year_before() -> None:
    assert days_in("sáng 29/2 và ngày 31/12", date(2028, 1, 5)) == [date(2027, 12, 31)]
