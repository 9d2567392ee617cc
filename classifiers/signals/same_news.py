"""Which of the related articles are reports of the same news of the same days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

from classifiers.records import Field
from classifiers.signals.events import Overlap
from classifiers.signals.reading import UPPER, Reading, names_in
from classifiers.signals.records import RelatedArticle, SignalContext
from classifiers.signals.stated import AS_OF_MONTH
from provinces.spelling import lowered

NEXT_DAY = timedelta(days=1)
"""How far apart reports of one event may be when one of them names no day."""
SOME_WORDS = 0.12
MANY_WORDS = 0.2
"""Share of our word pairs that the other report has, beside names and a day in common."""
REMEMBERED = 256
"""Articles whose days and names are kept: one is compared with many."""

_SEVERAL = re.compile(r"\b(?:hai|ba|bốn|năm|[2-9]|liên tiếp|loạt|nhiều) vụ\b|\bliên tiếp\b")
_DAY = re.compile(r"(?<![\d/.])(\d{1,2})[/.\-](\d{1,2})(?!\d|\.\d|/\d{1,3}\b)")
_DAY_IN_WORDS = re.compile(r"\b(\d{1,2}) tháng (\d{1,2})\b")
_UNIT_NAMED = re.compile(
    rf"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện|[Tt]hị xã|[Qq]uận) ([{UPPER}]\w*(?: [{UPPER}]\w*){{0,2}})"
)
_QUOTED = re.compile("[\"“‘']([^\"“”‘’']{6,40})[\"”’']")


def parallel(
    target: Reading, context: SignalContext, window: timedelta
) -> Iterator[tuple[RelatedArticle, Reading, Overlap, timedelta]]:
    """The related articles that tell the same news in a time, with what they share and the time between."""
    assert context.published is not None
    for related in context.related:
        gap = abs(context.published - related.published)
        if gap > window:
            continue
        other = context.reading_of(related)
        shared = context.overlap_of(target, related)
        if not _same_news(target, other, shared) or not _same_days(target, other, shared, gap):
            continue
        if bool(_SEVERAL.search(target.title.text)) == bool(_SEVERAL.search(other.title.text)):
            yield related, other, shared, gap


def _same_news(target: Reading, other: Reading, shared: Overlap) -> bool:
    """Whether both tell of the same news: by words and numbers, or by place, day and some words."""
    if shared.same_news:
        return True
    headline = {name for name in names_in(target.title) if name in other.whole}
    names = len(shared.names | headline) + len(_quoted(target) & _quoted(other))
    if not _days(target) & _days(other):
        return False
    return (names >= 2 and shared.wording >= SOME_WORDS) or (names >= 1 and shared.wording >= MANY_WORDS)


def elsewhere(target: Reading, other: Reading) -> bool:
    """Whether both name communes or wards and neither names one of the other's."""
    mine, theirs = _units(target), _units(other)
    return bool(
        mine
        and theirs
        and not any(name in other.whole for name in mine)
        and not any(name in target.whole for name in theirs)
    )


@lru_cache(REMEMBERED)
def _units(reading: Reading) -> frozenset[str]:
    parts = (reading.parts[field].cased for field in Field)
    return frozenset(lowered(name) for part in parts for name in _UNIT_NAMED.findall(part))


@lru_cache(REMEMBERED)
def _quoted(reading: Reading) -> frozenset[str]:
    """What stands in quotation marks in a few words: names of events, of works."""
    return frozenset(found for found in _QUOTED.findall(reading.whole) if " " in found)


def _same_days(target: Reading, other: Reading, shared: Overlap, gap: timedelta) -> bool:
    """Whether both name a day in common: what has no date in common may be two events of one kind."""
    mine, theirs = _days(target), _days(other)
    if mine and theirs:
        return bool(mine & theirs)
    return shared.same_event and gap <= NEXT_DAY


@lru_cache(REMEMBERED)
def _days(reading: Reading) -> frozenset[tuple[int, int]]:
    """Days as (day, month); the end of a month, which numbers are as of, as (0, month)."""
    named = (*_DAY.findall(reading.whole), *_DAY_IN_WORDS.findall(reading.whole))
    days = frozenset((int(day), int(month)) for day, month in named if int(month) < 13)
    return days | {(0, int(month)) for month in AS_OF_MONTH.findall(reading.whole)}
