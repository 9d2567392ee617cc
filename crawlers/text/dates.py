"""Published times as pages and feeds write them. Nothing is invented: what is not there is not known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from crawlers.records import Precision

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # no newspaper was online before
FUTURE = timedelta(days=1)  # clocks of servers differ, and "tomorrow's" issue goes out in the evening
MAX_LENGTH = 200  # characters; a date is short

DAY_FIRST = r"(?P<d>\d{1,2})\s?(?P<s>[/.-])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<y>\d{4})"
YEAR_FIRST = r"(?P<y2>\d{4})[/.-](?P<m2>\d{1,2})[/.-](?P<d2>\d{1,2})"
IN_WORDS = r"(?P<d3>\d{1,2})\s+tháng\s+(?P<m3>\d{1,2})\s*(?:,|năm)?\s*(?P<y3>\d{4})"
ENGLISH_DAY = r"(?P<d4>\d{1,2})(?:\s|-)(?P<n4>[A-Z][a-z]{2,8})\.?,?(?:\s|-)(?P<y4>\d{4})"
ENGLISH_MONTH = r"(?P<n5>[A-Z][a-z]{2,8})\.?\s(?P<d5>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<y5>\d{4})"
DATE = re.compile(rf"(?<!\d)(?:{YEAR_FIRST}|{DAY_FIRST}|{IN_WORDS}|{ENGLISH_DAY}|{ENGLISH_MONTH})(?!\d)")
CLOCK = re.compile(
    r"(?<![\d:./+-])(?P<h>\d{1,2})\s?(?::|h|g|giờ)\s?(?P<min>\d{2})(?:\s?(?::|')\s?(?P<sec>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?![\d:]?\d)\s*(?:phút)?\s*(?P<half>(?:AM|PM|SA|CH|am|pm|sa|ch|sáng|chiều|tối|trưa)\b)?"
)
ZONE = re.compile(
    r"(?P<utc>Z\b)|(?:GMT|UTC)\s?(?P<gs>[+-])\s?(?P<gh>\d{1,2})(?::?(?P<gm>\d{2}))?"
    r"|(?P<bare>\b(?:GMT|UTC)\b)|(?<![\d-])(?P<s>[+-])(?P<h>\d{2}):?(?P<m>\d{2})\b"
)
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: n for n, name in enumerate(MONTH_NAMES, 1)}
AFTERNOON = {"pm", "ch", "chiều", "tối"}
MORNING = {"am", "sa", "sáng"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A published time: ``at`` is UTC to the minute; with ``DAY`` it is midnight in Việt Nam."""

    at: datetime
    precision: Precision


def parse_moment(text: str, *, now: datetime) -> Moment | None:
    """The first date and time in a short ``text`` (ISO 8601, RFC 822, Vietnamese forms), or None.

    A missing zone is Việt Nam's, numbers are day first, a date without a time of day is a ``DAY``.
    Impossible dates, and those before 1990 or more than a day after ``now``, are None.
    """
    text = text[:MAX_LENGTH].strip()
    found = DATE.search(text)
    if found is None:
        return None
    day = _day(found)
    if day is None:
        return None
    year, month, date = day
    clock, after = _clock(text, found)
    try:
        if clock is None:
            at = datetime(year, month, date, tzinfo=VIET_NAM)
            return _plausible(Moment(at.astimezone(UTC), Precision.DAY), now)
        hour, minute = clock
        if _is_american(text, found):
            month, date = date, month
        at = datetime(year, month, date, hour, minute, tzinfo=_zone(text[after:]))
        return _plausible(Moment(at.astimezone(UTC), Precision.MINUTE), now)
    except (ValueError, OverflowError):
        return None


def plausible(at: datetime, *, now: datetime) -> bool:
    """Whether ``at`` can be a published time of a page that was read at ``now``."""
    return EARLIEST <= at <= now + FUTURE


def _plausible(moment: Moment, now: datetime) -> Moment | None:
    return moment if plausible(moment.at, now=now) else None


def _day(found: re.Match[str]) -> tuple[int, int, int] | None:
    for year, month, day in (("y", "m", "d"), ("y2", "m2", "d2"), ("y3", "m3", "d3")):
        if found[year]:
            return int(found[year]), int(found[month]), int(found[day])
    for year, name, day in (("y4", "n4", "d4"), ("y5", "n5", "d5")):
        if found[year]:
            month_number = MONTHS.get(found[name][:3].lower())
            return (int(found[year]), month_number, int(found[day])) if month_number else None
    return None


def _clock(text: str, date: re.Match[str]) -> tuple[tuple[int, int] | None, int]:
    """Hour and minute beside the date, and where the zone may start."""
    after = re.compile(r"[T\s,|\-–—•·(]*(?:lúc|at|vào)?[\s:]*").match(text, date.end())
    assert after is not None  # it matches the empty string
    clock = CLOCK.match(text, after.end())
    zone_from = clock.end() if clock else 0
    if clock is None:
        before = list(CLOCK.finditer(text, 0, date.start()))
        clock = before[-1] if before else CLOCK.search(text, date.end())
        zone_from = clock.end() if clock else 0
    if clock is None:
        return None, 0
    hour, minute = int(clock["h"]), int(clock["min"])
    half = (clock["half"] or "").lower()
    if half in AFTERNOON and hour < 12:
        hour += 12
    elif half in MORNING and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None, 0
    return (hour, minute), zone_from


def _is_american(text: str, date: re.Match[str]) -> bool:
    """ASP.NET's "3/9/2026 8:07:00 AM" is month first; "09/03/2026 08:07 AM" is a Vietnamese clock."""
    return bool(
        date["s"] == "/"
        and not date["d"].startswith("0")
        and not date["m"].startswith("0")
        and re.match(r"\s\d{1,2}:\d{2}:\d{2} [AP]M\b", text[date.end() :])
    )


def _zone(rest: str) -> timezone | ZoneInfo:
    found = ZONE.search(rest[:40])
    if found is None:
        return VIET_NAM
    if found["utc"] or found["bare"]:
        return UTC
    sign, hours, minutes = (
        (found["gs"], found["gh"], found["gm"]) if found["gs"] else (found["s"], found["h"], found["m"])
    )
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-offset if sign == "-" else offset)
