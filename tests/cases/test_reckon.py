"""Counting deadlines: working days of Việt Nam, Tết, swapped days, pauses, hours, and the reasons."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.vietnam import VIETNAM
from cases.deadlines.reckon import Pause, reckon
from cases.deadlines.workdays import WorkingDays
from provinces.deadlines import Unit
from provinces.workdays import Swap, load_swaps

CALENDAR = WorkingDays(load_swaps())


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def working(amount: int, start: datetime, *pauses: Pause) -> tuple[date | None, str]:
    counted = reckon(amount, Unit.WORKING_DAYS, start, pauses, CALENDAR)
    return counted.last_day, counted.why


def test_the_first_day_is_not_counted_and_weekends_are_left_out_with_their_dates() -> None:
    day, why = working(3, at(25, 10, 15))
    assert day == date(2026, 11, 30)
    assert why == (
        "3 ngày làm việc từ 10:15 25/11/2026 (không tính ngày đầu), trừ 28/11 và 29/11 (cuối tuần) "
        "→ hết ngày 30/11/2026"
    )


def test_a_deadline_in_days_ends_with_its_last_day_in_viet_nam() -> None:
    counted = reckon(1, Unit.WORKING_DAYS, at(25), (), CALENDAR)
    assert counted.due_at == datetime(2026, 11, 26, 17, tzinfo=UTC)  # midnight between 26 and 27


def test_a_day_begins_in_viet_nam_and_not_in_utc() -> None:
    late = datetime(2026, 11, 24, 18, tzinfo=UTC)  # 01:00 on the 25th
    assert working(1, late)[0] == date(2026, 11, 26)


def test_tet_by_the_lunar_calendar_is_left_out() -> None:
    day, why = working(2, at(13, month=2))
    assert day == date(2026, 2, 24)
    assert "17/02 (Tết Nguyên Đán)" in why and "16/02 (Giao thừa Tết Nguyên Đán)" in why


def test_a_day_given_for_a_holiday_on_sunday_is_free() -> None:
    assert "nghỉ bù" in CALENDAR.why_free(date(2026, 4, 27))  # Giỗ Tổ fell on the 26th, a Sunday


def test_swapped_days_of_the_announcement_count_as_announced() -> None:
    assert CALENDAR.why_free(date(2026, 1, 2)) == "nghỉ hoán đổi"
    assert CALENDAR.why_free(date(2026, 1, 10)) == ""  # a Saturday that was worked
    assert CALENDAR.why_free(date(2026, 8, 22)) == ""  # another, that the package knows
    assert CALENDAR.why_free(date(2026, 1, 3)) == "cuối tuần"
    day, _ = working(1, at(9, month=1))
    assert day == date(2026, 1, 10)


def test_swaps_are_data_of_their_own() -> None:
    calendar = WorkingDays([Swap(date(2026, 11, 26), date(2026, 11, 28), "Văn bản 1")])
    counted = reckon(2, Unit.WORKING_DAYS, at(25), (), calendar)
    assert counted.last_day == date(2026, 11, 28)


def test_calendar_days_that_end_on_a_free_day_end_with_the_next_working_day() -> None:
    counted = reckon(4, Unit.DAYS, at(25), (), CALENDAR)
    assert counted.last_day == date(2026, 11, 30)
    assert "29/11/2026 là ngày nghỉ (cuối tuần) nên tính đến hết ngày làm việc tiếp theo" in counted.why


def test_hours_run_through_nights_and_weekends() -> None:
    counted = reckon(24, Unit.HOURS, at(28, 10, 15), (), CALENDAR)
    assert counted.due_at == at(29, 10, 15)
    assert counted.last_day is None
    assert counted.why == "24 giờ từ 10:15 28/11/2026 → 10:15 29/11/2026"


def test_a_pause_takes_out_its_days_and_says_why() -> None:
    pause = Pause(at(26, 8), at(30, 14), "Chờ báo làm rõ nội dung")
    day, why = working(2, at(25), pause)
    assert day == date(2026, 12, 1)
    assert "26/11 và 27/11 (tạm dừng: chờ báo làm rõ nội dung)" in why


def test_a_pause_within_a_day_takes_out_no_day() -> None:
    assert working(2, at(25), Pause(at(26, 8), at(26, 17), "x"))[0] == date(2026, 11, 27)


def test_a_pause_that_goes_on_stops_the_clock_and_tells_what_is_left() -> None:
    counted = reckon(3, Unit.WORKING_DAYS, at(25), [Pause(at(27, 8), None, "Thiên tai, sự cố")], CALENDAR)
    assert (counted.due_at, counted.last_day, counted.left) == (None, None, 2)
    assert counted.why.endswith("dừng từ 08:00 27/11/2026 (thiên tai, sự cố), còn 2 ngày làm việc")


def test_a_pause_after_the_end_changes_nothing() -> None:
    assert working(1, at(25), Pause(at(30), None, "x"))[0] == date(2026, 11, 26)


def test_hours_of_a_pause_are_added() -> None:
    counted = reckon(24, Unit.HOURS, at(25, 10), [Pause(at(25, 12), at(25, 14, 30), "Lý do khác")], CALENDAR)
    assert counted.due_at == at(26, 12, 30)
    assert "cộng 2,5 giờ tạm dừng (lý do khác)" in counted.why
    stopped = reckon(24, Unit.HOURS, at(25, 10), [Pause(at(25, 12), None, "Lý do khác")], CALENDAR)
    assert (stopped.due_at, stopped.left) == (None, 22)


moments = st.integers(0, 3900 * 24 * 60).map(
    lambda minutes: at(1, 0, 0, 1, 2020) + timedelta(minutes=minutes)
)


@settings(max_examples=80, deadline=None)
@given(moments, st.integers(1, 30))
def test_between_start_and_end_lie_exactly_the_working_days(start: datetime, amount: int) -> None:
    counted = reckon(amount, Unit.WORKING_DAYS, start, (), CALENDAR)
    assert counted.last_day is not None
    first = start.astimezone(VIETNAM).date()
    days = [first + timedelta(days=n) for n in range(1, (counted.last_day - first).days + 1)]
    assert sum(not CALENDAR.why_free(day) for day in days) == amount
    assert not CALENDAR.why_free(counted.last_day)


@settings(max_examples=60, deadline=None)
@given(
    moments,
    st.integers(1, 200),
    st.sampled_from(Unit),
    st.floats(0, 20),
    st.floats(0.01, 20),
)
def test_a_pause_never_brings_a_deadline_forward(
    start: datetime, amount: int, unit: Unit, after: float, length: float
) -> None:
    begin = start + timedelta(days=after)
    pause = Pause(begin, begin + timedelta(days=length), "x")
    plain, paused = reckon(amount, unit, start, (), CALENDAR), reckon(amount, unit, start, [pause], CALENDAR)
    assert plain.due_at is not None and paused.due_at is not None
    assert paused.due_at >= plain.due_at


@pytest.mark.parametrize("unit", Unit)
def test_a_year_of_units_is_counted(unit: Unit) -> None:
    assert reckon(400, unit, at(25), (), CALENDAR).due_at is not None
