"""The time that a figure is of, and how it relates to a register entry's as-of."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import cache

from classifiers.figures.concepts import WORD, plain
from classifiers.figures.context import Context
from classifiers.figures.register import Entry
from classifiers.figures.times import Period, periods_in, shifted_in
from classifiers.records import Field


class Match(StrEnum):
    """Whether a stated period is the entry's."""

    SAME = "same"
    OTHER = "other"
    NEUTRAL = "neutral"  # says too little: taken as undated


_NOW = re.compile(
    r"(?<!\w)(?:hiện|hiện nay|hiện tại|đến nay|bây giờ"
    r"|(?<!năm )(?<!hôm )(?<!ngày )(?<!sáng )(?<!tối )(?<!kỳ )nay)(?!\w)"
)
_THAT_YEAR = re.compile(r"(?<!\w)(?:cùng năm|(?:trong )?năm (?:ấy|đó)|cả năm ấy)(?!\w)")
_BRACKET = re.compile(r"\s*(?:[^\W\d_]+ ){0,4}\((?:[^\W\d_]+ ){0,3}")
_BEFORE_BRACKET = re.compile(
    r"(?P<when>(?:cuối |đầu |giữa |hết )?(?:tháng \d{1,2}|năm|quý \w+)[^.;,()]{0,16}?)\s*\(\s*$"
)


def period_of(context: Context) -> Period | None:
    """The period that governs a quantity; None: undated."""
    low, high = context.sentence
    here = periods_in(context.text(context.sentence), low, context.published)
    quantity = context.quantity
    here = [p for p in here if p.end <= quantity.start or p.start >= quantity.end]
    bracketed_by = _right_before_bracket(context)
    if bracketed_by is not None:
        return bracketed_by
    behind = [p for p in here if p.start >= quantity.end]
    claimable = [] if quantity.product else behind  # behind "gấp đôi con số 2,82 triệu" stands that one's
    after = [p for p in claimable if p.start < context.right[1]]
    near_after = [p for p in after if p.start - quantity.end <= 60]
    before = [p for p in here if p.end <= quantity.start and not _claimed(context, p)]
    shift_from = before[-1].end if before else low
    shifted = shifted_in(
        context.prepared.lowered[shift_from : quantity.start],
        before[-1] if before else _last_before(context),
        context.published,
    )
    if shifted is not None:
        return shifted
    in_clause = [p for p in before if p.start >= context.clause[0]]
    if in_clause:
        return in_clause[-1]
    if near_after:
        return near_after[0]
    bracketed = [
        p
        for p in behind
        if _BRACKET.fullmatch(context.prepared.lowered[quantity.end : min(p.start, quantity.end + 60)])
    ]
    if bracketed:
        return bracketed[0]
    if before and not _NOW.search(context.prepared.lowered[before[-1].end : quantity.start]):
        return before[-1]
    if after:
        return after[0]
    later = [p for p in claimable if p.start < min(high, context.clause[1] + 1)]
    if later:
        return later[0]
    if _THAT_YEAR.search(context.text(context.sentence)) and (named := _named_before(context)):
        return named
    if _NOW.search(context.text(context.sentence)) or "đang" in context.text(context.sentence).split():
        return None
    return _from_elsewhere(context)


def _last_before(context: Context) -> Period | None:
    """The last time of the sentence before."""
    if not context.number:
        return None
    start, end = context.sentences[context.number - 1]
    told = periods_in(context.prepared.lowered[start:end], start, context.published)
    return told[-1] if told else None


def _right_before_bracket(context: Context) -> Period | None:
    """The time that a bracketed figure is of: "so với năm 2024 (6,42%)"; here a comparison counts too."""
    start = max(context.sentence[0], context.quantity.start - 25)
    before = _BEFORE_BRACKET.search(context.prepared.lowered[start : context.quantity.start])
    if before is None:
        return None
    found = periods_in(before["when"], start + before.start("when"), context.published)
    if not found:
        return None
    rest = context.text((found[-1].end, start + before.end("when")))
    return None if WORD.search(rest) else found[-1]


def _named_before(context: Context) -> Period | None:
    """The last year that the sentences before, or the other field, name."""
    start = context.sentences[max(0, context.number - 2)][0]
    earlier = periods_in(context.prepared.lowered[start : context.sentence[0]], start, context.published)
    named = earlier or periods_in(context.other, 0, context.published)
    return Period(named[-1].start, named[-1].end, named[-1].year) if named else None


def _claimed(context: Context, period: Period) -> bool:
    """Whether a period stands right behind the quantity before this one: "6,42% cuối năm 2024, ..."."""
    previous_end = context.previous_end
    if previous_end is None or not context.sentence[0] <= previous_end <= period.start:
        return False
    between = context.prepared.lowered[previous_end : period.start]
    if context.prepared.lowered.startswith(":", period.end):  # "(năm 2024: 580 triệu USD)"
        return False
    return len(between) <= 22 and not re.search(r"[,;:]", between)


def _from_elsewhere(context: Context) -> Period | None:
    """A year that opens the sentence before, or stands in the other field."""
    if context.number:
        start, end = context.sentences[context.number - 1]
        earlier = periods_in(context.prepared.lowered[start:end], start, context.published)
        if earlier and earlier[0].start - start <= 14 and earlier[0].day is None:
            return earlier[0]
    if context.field is Field.TEXT:
        named = [
            p for p in periods_in(context.other, 0, context.published) if p.day is None and p.month is None
        ]
        return named[0] if named else None
    opening = [
        p
        for p in periods_in(context.other, 0, context.published)
        if (p.start <= 30 or p.hour is not None) and not (p.hour is not None and p.day is None)
    ]
    return opening[0] if opening else None


@cache
def part_of_year(words: str) -> tuple[int, int] | None:
    """First and last month of "6 tháng đầu năm", "quý II"; None for a whole year or a moment."""
    found = [p for p in periods_in(plain(words), 0, date.max) if p.until is not None]
    return (found[0].since, found[0].until or 12) if found else None


_ADDS_UP = re.compile(r"(?<!\w)(?:(?:cả|trong|toàn|trọn) năm|tháng|quý)(?!\w)")
_MOMENT = re.compile(r"(?<!\w)(?:cuối|đầu (?:năm|tháng|quý)$|thời điểm|ngày)(?!\w)")


def adds_up(words: str) -> bool | None:
    """Whether an entry's period is a stretch of time ("cả năm") or a moment ("cuối năm"); None: unsaid."""
    text = plain(words)
    if part_of_year(words) is None and _MOMENT.search(text):
        return False
    return True if _ADDS_UP.search(text) else None


def _match_part(period: Period, part: tuple[int, int]) -> Match:
    if period.until is not None:
        return Match.SAME if (period.since, period.until) == part else Match.OTHER
    ends_it = period.day is not None and period.month == part[1] and part[0] == 1
    return Match.SAME if ends_it else Match.OTHER


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
    if period.hour is not None and period.month is None and len(numbers) < 3:
        return Match.NEUTRAL  # hours of opening
    if period.year != year:
        return Match.OTHER
    part = part_of_year(entry.period or entry.scope)
    if part is not None:
        return _match_part(period, part)
    if flow and period.since > 1:
        return Match.OTHER
    if len(numbers) == 3:
        hour = re.search(r"(\d{1,2})\s*(?:giờ|h)", entry.scope)
        if hour and period.hour is not None and period.hour != int(hour.group(1)):
            return Match.OTHER
        if period.day is None:
            return Match.NEUTRAL
        return Match.SAME if [period.day, period.month] == numbers[:2] else Match.OTHER
    month = period.until or period.month
    if len(numbers) == 2:
        if month is None:
            return Match.SAME if numbers[0] == 12 else Match.NEUTRAL
        return Match.SAME if month == numbers[0] else Match.OTHER
    if flow and month is not None and not (month == 12 and (period.day is not None or period.until)):
        return Match.OTHER
    return Match.SAME
