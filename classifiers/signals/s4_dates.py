"""The dates that a text itself gives, against the day on which a unit ended.

A page clock may date an old text anew, and a page without a date is only known by when it was seen. Then
its units were right when it was written, and only the text's own dates can tell.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from provinces.gazetteer import REFORM

NEAR = timedelta(days=7)
"""How near to its publication a report names its day, where the text gives an old date as well."""
RECENT = (timedelta(days=-35), timedelta(0), timedelta(days=20))
"""The months that a report of these days names."""

_Y = r"(?P<y>1[89]\d\d|20[0-4]\d)(?![.,]?\d|/)"
_D, _M = r"(?<![\d/.,\-])(?P<d>\d{1,2})", r"(?P<m>\d{1,2})"
_DATES = (
    re.compile(rf"{_D}[/.\-]{_M}[/.\-]{_Y}"),
    re.compile(rf"{_D} tháng {_M},? năm {_Y}"),
    re.compile(rf"tháng {_M}(?:/|-|,? năm ){_Y}"),
    re.compile(rf"(?<![\d/.,\-]){_M}/{_Y}"),
)
_QUARTER = re.compile(rf"quý (?P<q>iv|i{{1,3}}|[1-4])(?:/|-| năm | ){_Y}")
_FIRST_HALF = re.compile(rf"(?:(?:nửa |6 tháng |sáu tháng |hồi |từ )?đầu|giữa) năm {_Y}")
_DAY = re.compile(r"(?<![\d/.,\-])(\d{1,2})(?:[/.\-]| tháng )(\d{1,2})(?!\d|\.\d|/\d|%)")
_MONTH = re.compile(r"\btháng (\d{1,2})\b")
_YEAR = re.compile(r"(?<![\d.,/\-–])(?:1[89]\d\d|20[0-4]\d)(?![.,]?\d|/|\s?[-–]\s?\d)")
_AHEAD = re.compile(
    r"\b(?:dự kiến|sẽ|đến|tới|phấn đấu|mục tiêu|kế hoạch|giai đoạn|nhiệm kỳ|lộ trình|trước)\b[^.;]{0,25}\Z"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day or some months with their year, both ends inclusive."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TextDates:
    """What a text says of time.

    stretches  with their year
    days       (day, month) without a year
    months     months without a year
    years      years alone that are no plan
    """

    stretches: tuple[Stretch, ...]
    days: tuple[tuple[int, int], ...]
    months: tuple[int, ...]
    years: tuple[int, ...]

    def written_after(self, end: date, published: date, *, known: bool) -> bool:
        """Whether the text speaks of days after ``end``; ``known``: the outlet itself gives its time."""
        past = [s for s in self.stretches if s.first <= published and s.first != REFORM]
        if any(s.last > end for s in past) or any(end.year < year <= published.year for year in self.years):
            return True
        newest = max([*(s.last.year for s in past), *self.years], default=None)
        if not known or (newest is not None and newest < end.year - 1):
            return False
        if past:
            return any(abs(day - published) <= NEAR for day in self._resolved(published))
        recent = {(published + shift).month for shift in RECENT}
        if self.days or self.months:
            return any(month in recent for month in (*(m for _, m in self.days), *self.months))
        return published.year == end.year and end.year in self.years

    def silent(self, end: date) -> bool:
        """Whether it names no time at all, or none but years from that of ``end`` on."""
        return not (self.stretches or self.days or self.months) and all(y >= end.year for y in self.years)

    def looks_back(self, end: date, published: date) -> bool:
        """Whether it names a time up to ``end``; what has no year is of the last one before publication."""
        if any(s.last <= end for s in self.stretches):
            return True
        return any(day <= end for day in (*self._resolved(published), *self._resolved_months(published)))

    def _resolved(self, published: date) -> list[date]:
        return [day for d, m in self.days if (day := _last_before(d, m, published)) is not None]

    def _resolved_months(self, published: date) -> list[date]:
        ends = (_last_before(1, m, published) for m in self.months)
        return [day.replace(day=monthrange(day.year, day.month)[1]) for day in ends if day is not None]


@lru_cache(maxsize=64)
def dates_of(text: str) -> TextDates:
    """The dates of a lowered text. What is no date of the calendar is left out."""
    stretches: list[Stretch] = []

    def take(match: re.Match[str]) -> str:
        found = _stretch(match)
        if found is not None:
            stretches.append(found)
        return " " * len(match.group())

    for pattern in (*_DATES, _QUARTER, _FIRST_HALF):
        text = pattern.sub(take, text)
    days = tuple((int(d), int(m)) for d, m in _DAY.findall(text) if _is_day(int(d), int(m)))
    months = tuple(int(m) for m in _MONTH.findall(_DAY.sub(" ", text)) if 1 <= int(m) <= 12)
    years = tuple(
        int(match.group())
        for match in _YEAR.finditer(text)
        if not _AHEAD.search(text, max(0, match.start() - 45), match.start())
    )
    return TextDates(tuple(stretches), days, months, years)


def _stretch(match: re.Match[str]) -> Stretch | None:
    groups = match.groupdict()
    year = int(groups["y"])
    if groups.get("q"):
        quarter = _QUARTERS.get(groups["q"]) or int(groups["q"])
        first, last = 3 * quarter - 2, 3 * quarter
    elif groups.get("m"):
        first = last = int(groups["m"])
    else:
        first, last = 1, 6
    if not 1 <= first <= 12:
        return None
    try:
        if groups.get("d"):
            day = date(year, first, int(groups["d"]))
            return Stretch(day, day)
        return Stretch(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
    except ValueError:
        return None


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]


def _last_before(day: int, month: int, published: date) -> date | None:
    """The last such day up to a few days after publication; None for 29 February of another year."""
    for year in (published.year, published.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= published + NEAR:
            return found
    return None
