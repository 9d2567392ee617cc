"""The time that a figure is of: expressions in the text, and how they relate to a register entry's as-of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from classifiers.figures.context import Context
from classifiers.figures.register import Entry


class Match(StrEnum):
    """Whether a stated period is the entry's."""

    SAME = "same"
    OTHER = "other"
    NEUTRAL = "neutral"  # says too little: taken as undated


@dataclass(frozen=True, slots=True)
class Period:
    """A stated time. ``until``: the month a part of a year ends with; ``school``: first year of a school year."""

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    until: int | None = None
    school: int | None = None
    event: bool = False  # a holiday, a day, a week: less than any figure of a year


_WORD_NUMBER = {"ba": 3, "sáu": 6, "chín": 9, "mười": 10, "mười một": 11, "tám": 8, "bảy": 7, "năm": 5, "bốn": 4, "hai": 2}
_ROMAN = {"i": 3, "ii": 6, "iii": 9, "iv": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_Y = r"(?P<year>(?:19|20)\d\d)"
_SCHOOL = re.compile(r"năm học (?P<year>20\d\d)\s*[-–]\s*20\d\d|(?P<this>năm học (?:này|mới|nay))")
_PART = re.compile(
    rf"(?:(?P<months>\d{{1,2}}|mười một|mười|ba|bốn|năm|sáu|bảy|tám|chín) tháng(?: đầu| qua)?(?: năm| của năm)?(?: {_Y}| nay)?"
    rf"|(?P<half>nửa (?:đầu )?năm|nửa đầu)(?: {_Y}| nay)?"
    rf"|quý (?P<quarter>i{{1,3}}v?|iv|[1-4])(?!\w)(?:\s*[/-]\s*| năm )?{_Y.replace('year', 'qyear')}?)".replace(
        f"(?: {_Y}| nay)?|(?P<half>", "(?: (?P<year>(?:19|20)\\d\\d)| nay)?|(?P<half>"
    )
    .replace("nửa đầu)(?: (?P<year>", "nửa đầu)(?: (?P<hyear>")
)
_DAY = re.compile(
    r"(?P<cue>(?:tính )?(?:đến|tới)(?: hết)?|lúc|vào lúc|cập nhật(?: lúc| đến| tới)?|chốt|hết)?\s*"
    r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h)(?:\s*\d{1,2})?(?: phút)?,?\s*)?(?:(?:sáng|trưa|chiều|tối|đêm)\s*)?(?:ngày\s*)?"
    r"(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})(?:\s*[/-]\s*(?P<year>20\d\d))?(?![\d/])"
)
_MONTH = re.compile(rf"(?:tháng |t)?(?P<month>\d{{1,2}})\s*(?:/|năm | năm )\s*{_Y}|tháng (?P<only>\d{{1,2}})(?![\d/%])")
_SPAN = re.compile(rf"giai đoạn (?:20)\d\d\s*[-–]\s*{_Y}|(?:trong )?(?:20)\d\d\s*[-–]\s*{_Y.replace('year', 'end')}")
_YEAR = re.compile(rf"(?<![\d.,/]){_Y}(?![\d/]|[.,]\d)")
_RELATIVE = re.compile(r"(?P<last>năm ngoái|năm qua|năm vừa qua|năm rồi|năm vừa rồi|năm cũ)|(?P<this>năm nay|năm này|trong năm(?! \d| \w))")
_EVENT = re.compile(
    r"(?<!\w)(?:dịp (?:lễ|tết|nghỉ|cuối tuần|\d)|kỳ nghỉ|trong ngày|mỗi ngày|hôm qua|hôm nay|cuối tuần|tuần qua|trong tuần|mỗi tuần"
    r"|mỗi tháng|hằng tháng|hàng tháng|trong tháng|một ngày|tháng qua|mùa (?:hè|lễ hội|du lịch)|những ngày)(?!\w)"
)
_COMPARISON = re.compile(
    r"(?:so với|cao hơn|hơn|thấp hơn|kém|gấp \w+|cùng kỳ|của thời|so|từ|những|xây|thành lập|dựng|ban hành|khởi công|sinh|xây dựng|thời điểm|kể từ|kế hoạch)"
    r"(?: cùng kỳ)?(?: cuối| đầu)?(?: năm)?\s*$"
)


def periods_in(text: str, offset: int, published: date) -> list[Period]:
    """The time expressions of a piece of lower-case text, in reading order, without overlaps."""
    found: list[Period] = []
    for match in _SCHOOL.finditer(text):
        first = published.year if published.month >= 9 else published.year - 1
        _add(found, text, match, offset, Period(0, 0, 0, school=int(match["year"] or first)))
    for match in _PART.finditer(text):
        until = 6 if match["half"] else 0
        if match["quarter"]:
            until = _ROMAN[match["quarter"]]
        elif match["months"]:
            until = _WORD_NUMBER.get(match["months"]) or int(match["months"])
        year = match["year"] or match["hyear"] or match["qyear"]
        if 1 <= until <= 12:
            _add(found, text, match, offset, Period(0, 0, int(year or published.year), until=until))
    for match in _DAY.finditer(text):
        day, month = int(match["day"]), int(match["month"])
        if 1 <= day <= 31 and 1 <= month <= 12 and (match["cue"] or match["hour"]):
            hour = int(match["hour"]) if match["hour"] else None
            year = int(match["year"] or published.year)
            _add(found, text, match, offset, Period(0, 0, year, month, day, hour))
    for match in _MONTH.finditer(text):
        month = int(match["month"] or match["only"])
        year = int(match["year"]) if match["year"] else published.year - (month > published.month)
        if 1 <= month <= 12:
            _add(found, text, match, offset, Period(0, 0, year, month))
    for match in _SPAN.finditer(text):
        _add(found, text, match, offset, Period(0, 0, int(match["year"] or match["end"])))
    for match in _YEAR.finditer(text):
        _add(found, text, match, offset, Period(0, 0, int(match["year"])))
    for match in _RELATIVE.finditer(text):
        _add(found, text, match, offset, Period(0, 0, published.year - bool(match["last"])))
    for match in _EVENT.finditer(text):
        _add(found, text, match, offset, Period(0, 0, published.year, event=True))
    return sorted(found, key=lambda period: period.start)


def _add(found: list[Period], text: str, match: re.Match[str], offset: int, period: Period) -> None:
    start, end = match.start() + offset, match.end() + offset
    if any(start < other.end and other.start < end for other in found):
        return
    if _COMPARISON.search(text[: match.start()]) and not re.match(r"\s*(?:-|đến)", text[match.end() :]):
        return
    found.append(
        Period(start, end, period.year, period.month, period.day, period.hour, period.until, period.school, period.event)
    )


def period_of(context: Context) -> Period | None:
    """The period that governs a quantity; None: undated."""
    low, high = context.sentence
    here = periods_in(context.text(context.sentence), low, context.published)
    quantity = context.quantity
    here = [p for p in here if p.end <= quantity.start or p.start >= quantity.end]
    after = [p for p in here if quantity.end <= p.start < context.right[1]]
    near_after = [p for p in after if p.start - quantity.end <= 60]
    before = [p for p in here if p.end <= quantity.start and not _claimed(context, p)]
    in_clause = [p for p in before if p.start >= context.clause[0]]
    if in_clause:
        return in_clause[-1]
    if near_after and not quantity.product:
        return near_after[0]
    if before:
        return before[-1]
    if after and not quantity.product:
        return after[0]
    later = [p for p in here if p.start >= quantity.end and p.start < min(high, context.clause[1] + 1)]
    if later:
        return later[0]
    if re.search(r"(?<!\w)(?:hiện|hiện nay|hiện tại|đến nay|bây giờ|đang)(?!\w)", context.text(context.sentence)):
        return None
    return _from_elsewhere(context)


def _claimed(context: Context, period: Period) -> bool:
    """Whether a period stands right behind the quantity before this one: "6,42% cuối năm 2024, ..."."""
    previous_end = context.previous_end
    if previous_end is None or period.start < previous_end:
        return False
    between = context.prepared.lowered[previous_end : period.start]
    return len(between) <= 22 and not re.search(r"[,;:]", between)


def _from_elsewhere(context: Context) -> Period | None:
    """A year that opens the sentence before, or stands in the other field."""
    if context.number:
        start, end = context.sentences[context.number - 1]
        earlier = periods_in(context.prepared.lowered[start:end], start, context.published)
        if earlier and earlier[0].start - start <= 14 and earlier[0].day is None:
            return earlier[0]
    if context.field == "text":
        named = [p for p in periods_in(context.other, 0, context.published) if p.day is None and p.month is None]
        return named[0] if named else None
    opening = [p for p in periods_in(context.other, 0, context.published) if p.start <= 30 or p.hour is not None]
    return opening[0] if opening else None


def compare(period: Period, entry: Entry, flow: bool) -> Match:
    """How a stated period relates to an entry's as-of. ``flow``: the figure adds up over the year."""
    if period.event:
        return Match.OTHER if flow else Match.NEUTRAL
    school = re.match(r"năm học (\d{4})", entry.as_of)
    if school or period.school is not None:
        if school and period.school is not None:
            return Match.SAME if int(school.group(1)) == period.school else Match.OTHER
        if school:
            return Match.NEUTRAL if period.year - int(school.group(1)) in (0, 1) else Match.OTHER
        return Match.NEUTRAL
    numbers = [int(piece) for piece in entry.as_of.split("/")]
    year = numbers[-1]
    if period.year != year:
        return Match.OTHER
    if len(numbers) == 3:
        if period.day is None:
            return Match.NEUTRAL
        if (period.day, period.month) != (numbers[0], numbers[1]):
            return Match.OTHER
        hour = re.search(r"(\d{1,2})\s*(?:giờ|h)", entry.scope)
        return Match.OTHER if hour and period.hour is not None and period.hour != int(hour.group(1)) else Match.SAME
    month = period.until or period.month
    if len(numbers) == 2:
        if month is None:
            return Match.SAME if numbers[0] == 12 else Match.NEUTRAL
        return Match.SAME if month == numbers[0] else Match.OTHER
    if flow and month is not None and not (month == 12 and (period.day is not None or period.until)):
        return Match.OTHER
    return Match.SAME
