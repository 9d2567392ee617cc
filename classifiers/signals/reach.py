"""Whether two numbers differ in what they are of: a part, a plan, another place, period or hour."""

from __future__ import annotations

import re
from collections.abc import Set

from classifiers.signals.stated import Stated

PHASE = re.compile(r"\b(?:giai đoạn|đợt|gói thầu|hạng mục|nhánh|tuyến) (?:\d+|một|hai|ba|i{1,3}|đầu|này)\b")
"""Ahead of a number in its sentence: it counts that phase alone."""
_SERIES = "đợt"
_SOMEWHERE = re.compile(r"\b(?:có|riêng|nhiều) (?:nơi|chỗ|hộ|nhà|người|em|xã|thôn|bản)(?: \w+){0,3} \Z")
"""Ahead of what one of many has: "có nơi 200 mm"."""
_ONE_OF = re.compile(r"\bmột trong (?:các|những|số|\d+)\b|\b(?:trước|trước mắt|bước đầu) \Z")
_RATE = re.compile(r"\b(?:mỗi|một|hằng|hàng) (?:năm|tháng|ngày|suất|hộ|phần|em|con)\b|/(?:năm|tháng|ngày)\b")
_SO_FAR = re.compile(r"\b(?:đến nay|lũy kế|nâng (?:tổng )?số|hiện có tổng|tổng cộng đã có)\b")
_HOSPITAL = re.compile(r"\b(?:bệnh viện|bv) (\w+ \w+)")
_WIDE = re.compile(r"\b(?:cả nước|toàn quốc|toàn cầu|thế giới)\b")
_UNITS = re.compile(r"\bcác (?:xã|phường|huyện|thôn|bản|sở)\b(?= (?:\w+ ){0,6}\Z)")
_GRADE = re.compile(r"\bloại (?:\d|một|hai|ba|i{1,3}|đặc biệt|ngon)\b")
_AT_LEAST = re.compile(r"\b(?:ít nhất|tối thiểu)(?: là| có)? \Z")
_REMAINING = re.compile(r"\b(?:chỉ )?còn(?: lại)?(?: hơn| gần| khoảng)? \Z")
_EACH = frozenset({"mỗi", "từng"})
_ALWAYS_A_PART = frozenset({"thêm", "khác", "còn lại", "nữa", "mỗi", "từng", "tiếp theo"})
EARLIER = re.compile(
    r"\b(?:so với|trước đó(?!,? (?:vào|khoảng|lúc|ngày|sáng|chiều|tối|trưa|rạng|hồi) )|ban đầu|"
    r"năm ngoái|năm trước|cùng kỳ|kế hoạch|mục tiêu|dự báo|có thể|"
    r"buổi sáng cùng ngày|mỗi|một nửa|đề nghị)\b"
)
_EXPECTED = re.compile(r"\bdự kiến\b")
_TO_COME = re.compile(r"\b(?:dự kiến|sẽ|khi (?:\w+ )?(?:đủ|hết|hoàn thành|hoàn thiện|đi vào|vận hành))\b")
"""A number that is expected stands against one of something to come, not against one that is counted."""
FROM = re.compile(r"\btừ \Z")


def at_odds(ours: Stated, theirs: Stated, our_text: str, their_text: str) -> bool:
    """Whether anything speaks against both counting the same thing in the same place, when there is hardly
    another number that they might stand against: a part, a plan, another place, period or hour.
    """
    if any(check(ours, theirs) for check in AT_ODDS):
        return True
    rates = all(_RATE.search(side.around) for side in (ours, theirs))
    parts, other_parts = (side.part_of() - (_EACH if rates else set()) for side in (ours, theirs))
    strict = parts & _ALWAYS_A_PART
    if strict != other_parts & _ALWAYS_A_PART or (strict and any(ours.fate())):
        return True
    if any(part not in their_text for part in parts) or any(part not in our_text for part in other_parts):
        return True
    if not ours.of_one and ours.of_a_part(their_text) != theirs.of_a_part(our_text):
        return True
    if any(_earlier(side.around, rates) or FROM.search(side.ahead) for side in (ours, theirs)):
        return True
    if bool(_SO_FAR.search(ours.ahead)) != bool(_SO_FAR.search(theirs.ahead)):
        return True
    if _other_phase(ours, theirs, our_text, their_text) or _other_house(ours, theirs):
        return True
    return _foreign(ours.names(), their_text) and _foreign(theirs.names(), our_text)


def _other(mine: Set[str], other: Set[str]) -> bool:
    """Whether both name something and nothing in common."""
    return bool(mine and other and not mine & other)


def _crowded(ours: Stated, theirs: Stated) -> bool:
    return ours.crowded or theirs.crowded


def _only_expected(ours: Stated, theirs: Stated) -> bool:
    """Whether one is expected and they are not both of something to come."""
    expected, to_come = (
        [bool(cue.search(side.around)) for side in (ours, theirs)] for cue in (_EXPECTED, _TO_COME)
    )
    return any(expected) and not all(to_come)


def _changed_otherwise(ours: Stated, theirs: Stated) -> bool:
    return ours.change() != theirs.change()


def _of_other_bodies(ours: Stated, theirs: Stated) -> bool:
    return _other(ours.acronyms(), theirs.acronyms())


def _at_other_times(ours: Stated, theirs: Stated) -> bool:
    """Whether they are of other stretches of time, hours or days."""
    return _other(ours.periods(), theirs.periods()) or any(map(_other, ours.as_of(), theirs.as_of()))


def of_other_reach(ours: Stated, theirs: Stated) -> bool:
    """Whether the one is of a part, of one of many, of the whole country, at least so, or what remains."""
    if any(_SOMEWHERE.search(side.ahead) or _ONE_OF.search(side.ahead) for side in (ours, theirs)):
        return True
    if any(_said(word, ours) != _said(word, theirs) for word in (_WIDE, _GRADE, _UNITS)):
        return True
    least = min(ours, theirs, key=lambda side: side.quantity.value)
    if _AT_LEAST.search(least.ahead) and not ours.as_of()[0] & theirs.as_of()[0]:
        return True
    return bool(_REMAINING.search(ours.ahead)) != bool(_REMAINING.search(theirs.ahead))


AT_ODDS = (_crowded, of_other_reach, _only_expected, _changed_otherwise, _of_other_bodies, _at_other_times)
"""What speaks against two numbers in whatever texts."""


def _said(words: re.Pattern[str], side: Stated) -> frozenset[str]:
    return frozenset(words.findall(side.sentence.text if words is _WIDE else side.ahead))


def _earlier(around: str, rate: bool) -> bool:
    """Whether it is the number of another time or one of each; not where both are so much a year."""
    return any(not rate or found.group() not in _EACH for found in EARLIER.finditer(around))


def _other_house(ours: Stated, theirs: Stated) -> bool:
    """Whether each is of another hospital."""
    mine, other = (
        set(_HOSPITAL.findall(side.sentence.text[slice(*side.clause())])) for side in (ours, theirs)
    )
    return _other(mine, other)


def _other_phase(ours: Stated, theirs: Stated, our_text: str, their_text: str) -> bool:
    """Whether the one counts a phase that the other does not; of a series ("đợt hai") both may tell."""
    mine, other = set(PHASE.findall(ours.ahead)), set(PHASE.findall(theirs.ahead))
    if mine and other:
        return not mine & other
    return any(not phase.startswith(_SERIES) or _SERIES not in their_text for phase in mine) or any(
        not phase.startswith(_SERIES) or _SERIES not in our_text for phase in other
    )


def _foreign(names: frozenset[str], text: str) -> bool:
    """Whether there are names and the text has none of them."""
    return bool(names) and not any(name in text for name in names)
