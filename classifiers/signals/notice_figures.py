"""Numbers of a notice and of what repeats it: also bare ones, parts of a whole, and sizes in other units."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from classifiers.signals.quantities import Quantity, quantities, value_of
from classifiers.signals.reading import MAX_SENTENCE
from classifiers.signals.wording import SMALL_NUMBERS, word_set

_BARE = re.compile(r"(?<![\w.,/:\-–+])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?![\w/:%\-]|[.,]\d)")
_NO_NUMBER = re.compile(
    r"(?:\b(?:ngày|tháng|năm|quý|(?<!con )(?<!tổng )số|lúc|điều|khoản|lớp|khóa|trang|"
    r"thứ|hạng|km|tổ|khu|bản tin|phường|quận|đội|mục))\s\Z"
)
_NO_UNIT = re.compile(r"\A\s?(?:giờ|h\d|tháng|phút)\b|\A tháng")
_NO_UNITS = word_set(
    "thành sang hoặc tức là nhưng mà chứ và của ở tại trong do bị được đã đang thì thay không so với theo "
    "trên"
)
"""Behind a number they are no unit."""
_FRACTION = re.compile(
    r"(?<!ngày )(?<!sáng )(?<!trưa )(?<!chiều )(?<!tối )(?<!đêm )(?<!hôm )(?<!đến )(?<!và )"
    r"(?<![\w.,/:\-–+])(?P<part>\d{1,4})"
    r"(?: (?:trên|trong|trên tổng số|trong số|trong tổng số) (?P<of>\d{1,4}) (?P<things>[^\W\d_]+)|"
    r"/(?P<whole>\d{1,4}) (?P<unit>xã|phường|trường|mẫu|thôn|bản|hộ|nhà|căn|ngôi|con|em|cháu|học|người|đại|"
    r"dự|công|tiêu|chỉ|huyện|tỉnh|cơ|doanh|giáo|bệnh|ca|vụ|xe|tàu|lô|phiếu|thành|hồ|giếng|lồng|ao|điểm|"
    r"thuyền|máy|ghế))\b"
)
_MULTIPLE = re.compile(r"\bgấp (?P<times>đôi|rưỡi|ba|bốn|năm|sáu|bảy|mười)\b(?! lần)")
_TIMES = {"đôi": 2.0, "rưỡi": 1.5} | {word: float(n) for n, word in enumerate(SMALL_NUMBERS, start=1)}
_SIZES = {
    "tấn": ("mass", 1000.0), "tạ": ("mass", 100.0), "yến": ("mass", 10.0), "kg": ("mass", 1.0),
    "km": ("length", 1000.0), "m": ("length", 1.0), "mét": ("length", 1.0), "cm": ("length", 0.01),
    "mm": ("length", 0.001), "ha": ("area", 10_000.0), "héc": ("area", 10_000.0), "m2": ("area", 1.0),
    "km2": ("area", 1e6),
}  # fmt: skip
SAME_SIZE = 0.001


@dataclass(frozen=True, slots=True)
class Fraction:
    """``part`` of ``whole`` things, at ``start``..``end``."""

    start: int
    end: int
    part: int
    whole: int
    unit: tuple[str, ...]


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Quantity, ...]:
    """The quantities of a lowered text and its bare numbers, which count what was said before.

    Of a sentence longer than sentences are, its beginning.
    """
    text = text[:MAX_SENTENCE]
    parts = fractions(text)
    found = [
        replace(q, unit=()) if q.unit and q.unit[0] in _NO_UNITS else q
        for q in quantities(text)
        if not any(part.start <= q.start < part.end for part in parts)
    ]
    found += [
        Quantity(part.start, part.end, part.part, part.part, part.part, part.unit, False) for part in parts
    ]
    found += [
        Quantity(m.start(), m.end(), times, times, times, ("lần",), False, True)
        for m in _MULTIPLE.finditer(text)
        for times in (_TIMES[m["times"]],)
    ]
    taken = [(q.start, q.end) for q in found]
    for match in _BARE.finditer(text):
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        if _NO_NUMBER.search(text[max(0, start - 12) : start]) or _NO_UNIT.match(text[end : end + 8]):
            continue
        value = value_of(match.group())
        found.append(Quantity(start, end, value, value, value, (), False))
    return tuple(sorted(found, key=lambda q: q.start))


def fractions(text: str) -> list[Fraction]:
    """Parts of a number of things: "45/62 xã", "6 trên 9 trường"."""
    found = []
    for match in _FRACTION.finditer(text):
        kind = "of" if match["of"] else "whole"
        part, whole = int(match["part"]), int(match[kind])
        if part <= whole:
            unit = match["things"] or match["unit"]
            found.append(Fraction(match.start(), match.end(kind), part, whole, (unit,)))
    return found


def same_kind(one: Quantity, other: Quantity) -> bool:
    """Whether both may count the same: a bare number may count anything but a share."""
    if one.percent or other.percent:
        return one.percent and other.percent
    if not one.unit or not other.unit or one.unit[0] == other.unit[0]:
        return True
    return _size(one)[0] == _size(other)[0] != ""


def unit_alike(one: Quantity, other: Quantity) -> bool:
    """Whether both have a unit and it begins with the same word."""
    return bool(one.unit) and one.unit[:1] == other.unit[:1]


def equal(one: Quantity, other: Quantity) -> bool:
    """Whether both are the same number of the same thing, as far as their wording goes."""
    if not same_kind(one, other):
        return False
    ours, theirs = _size(one)[1], _size(other)[1]
    if ours != theirs and one.unit and other.unit:  # 7,8 tấn and 78 tạ
        return abs(one.value * ours - other.value * theirs) <= SAME_SIZE * abs(one.value * ours)
    return one.value == other.value or one.agrees(other)


def _size(quantity: Quantity) -> tuple[str, float]:
    return _SIZES.get(quantity.unit[0], ("", 1.0)) if quantity.unit else ("", 1.0)
