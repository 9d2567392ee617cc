"""Published times to the minute, as Vietnamese pages write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.records import Precision
from crawlers.text.dates import parse_moment

VN = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 3, 20, tzinfo=UTC)
MORNING = datetime(2026, 3, 9, 8, 7, tzinfo=VN)


@pytest.mark.parametrize(
    "text",
    [
        "Thứ hai, 09/03/2026 - 08:07 (GMT+7)",
        "Thứ Hai, 9/3/2026, 08:07",
        "08:07 | 09/03/2026",
        "09-03-2026 8:07",
        "09.03.2026, 08:07",
        "Cập nhật lúc 08:07, Thứ hai, 09/03/2026",
        "8h07 ngày 9/3/2026",
        "8 giờ 07 phút, ngày 9 tháng 3 năm 2026",
        "Ngày đăng: 09-03-2026 08:07",
        "09/03/2026 8:07 SA",
        "09/03/2026   08:07 (GMT+07:00)",
        "09-03-2026 - 08:07 AM ",
        "(09/03/2026 08:07:45)",
        "2026-03-09T08:07:59+07:00",
        "2026-03-09T08:07:11.000 +07:00",
        "2026-03-09T01:07:00Z",
        "2026-03-09T01:07+00:00",
        "2026-03-09 08:07:00",
        "2026-03-09T08:07",
        "Mon, 09 Mar 2026 08:07:00 +0700",
        "Mon, 09 Mar 2026 01:07:00 GMT",
        "Mon, 09 Mar 2026 08:07:00 GMT+7",
        "3/9/2026 8:07:00 AM",
        "Mar 9, 2026 8:07 AM",
    ],
)
def test_forms_of_one_minute(text: str) -> None:
    moment = parse_moment(text, now=NOW)
    assert moment is not None
    assert (moment.at, moment.precision) == (MORNING, Precision.MINUTE)


@pytest.mark.parametrize(
    "text", ["09/03/2026 8:07 CH", "09/03/2026 08:07 PM", "20:07 09/03/2026", "09/03/2026 20:07 PM"]
)
def test_afternoons(text: str) -> None:
    moment = parse_moment(text, now=NOW)
    assert moment is not None
    assert moment.at == MORNING + timedelta(hours=12)


def test_minutes_after_midnight_with_a_needless_am() -> None:
    moment = parse_moment("07-03-2026 - 00:01 AM", now=NOW)
    assert moment is not None
    assert moment.at == datetime(2026, 3, 7, 0, 1, tzinfo=VN)


@pytest.mark.parametrize(
    "text", ["09/03/2026", "Thứ hai, ngày 9 tháng 3 năm 2026", "2026-03-09", "9 Mar 2026", "09/03/2026 25:61"]
)
def test_a_day_without_a_time_stays_a_day(text: str) -> None:
    moment = parse_moment(text, now=NOW)
    assert moment is not None
    assert (moment.at, moment.precision) == (datetime(2026, 3, 9, tzinfo=VN), Precision.DAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hôm nay",
        "2 giờ trước",
        "08:07",
        "9/3",
        "31/02/2026 08:00",
        "00/00/0000 00:00",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00",
        "22/03/2026 08:00",
        "01/01/1970 07:00",
        "13/13/2026 08:00",
        "số 123/45/2026x",
        "2026-3",
    ],
)
def test_what_is_impossible_or_not_there_is_not_invented(text: str) -> None:
    assert parse_moment(text, now=NOW) is None


def test_a_few_hours_ahead_are_a_clock_that_differs() -> None:
    assert parse_moment("20/03/2026 20:00", now=NOW) is not None


@settings(max_examples=200, deadline=None)
@given(st.integers(10_000 * 1440, 20_530 * 1440))
def test_every_minute_survives_the_usual_forms(minutes: int) -> None:
    at = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(VN)
    for form in (
        f"{at:%d/%m/%Y %H:%M}",
        f"{at:%H:%M | %d-%m-%Y}",
        at.isoformat(),
        f"{at:%Hh%M} ngày {at.day}/{at.month}/{at.year}",
    ):
        moment = parse_moment(form, now=NOW)
        assert moment is not None, form
        assert moment.at == at, form


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789/-.: hgTZ+GMTAPMsách", max_size=60))
def test_any_text_gives_a_plausible_time_or_none(text: str) -> None:
    moment = parse_moment(text, now=NOW)
    assert moment is None or datetime(1990, 1, 1, tzinfo=UTC) <= moment.at <= NOW + timedelta(days=1)
