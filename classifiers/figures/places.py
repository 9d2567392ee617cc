"""The places that a text names, and how each relates to the register's province."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache

from classifiers.figures.cues import cue, phrases
from classifiers.figures.units import LocalUnit, Tier, unit_of
from provinces.spelling import canonical, without_marks


class Scope(StrEnum):
    """How the area or population of a figure relates to the register's."""

    SAME = "same"
    FORMER = "former"  # the province as it was before a merger
    MERGED = "merged"  # the province, said to be the one after a merger
    OTHER = "other"  # a part or a whole
    ELSEWHERE = "elsewhere"  # another province: not our figure at all
    UNKNOWN = "unknown"  # the province is nowhere named

    @property
    def is_own(self) -> bool:
        """Whether it is the province itself, as it is or as it was."""
        return self in (Scope.SAME, Scope.FORMER)


@dataclass(frozen=True)
class Area:
    """A province as the register knows it.

    names   its names, as written
    parts   districts, communes, towns known by name
    wholes  what it has merged into, as written
    others  other provinces
    """

    names: tuple[str, ...]
    parts: frozenset[str]
    wholes: tuple[str, ...]
    others: frozenset[str]

    @cached_property
    def bare(self) -> frozenset[str]:
        """Its names without marks."""
        return frozenset(map(without_marks, self.names))


NOWHERE = Area((), frozenset(), (), frozenset())
CAPITAL = "A-Z" + "".join(chr(c) for c in (*range(0xC0, 0x1F0), *range(0x1EA0, 0x1EFA)) if chr(c).isupper())
_PART_NAME = re.compile(
    rf"(?i:{cue('level').pattern})\.?(?: (?:cũ|miền núi|vùng cao|biên giới|đảo|ven biển|nghèo|trung du))?"
    rf"\s+(?=[{CAPITAL}])"
)
_NAME = re.compile(rf"(?<!\w)[{CAPITAL}][^\W\d_]*(?: [{CAPITAL}][^\W\d_]*){{0,3}}")
_PROVINCE_NAME = re.compile(rf"(?<!\w)[Tt]ỉnh (?P<name>[{CAPITAL}][^\W\d_]*(?: [{CAPITAL}][^\W\d_]*){{1,2}})")
_OF_THE_PROVINCE = re.compile(r"(?:xã|huyện|phường|thị trấn|quận|thôn|bản|xóm|làng|ấp)(?!\w)", re.IGNORECASE)
_ALL_OF = re.compile(r"(?<!\w)(?:các|những|mọi|toàn bộ|tất cả|hệ thống)(?: khu,?| điểm,?| cụm,?)*\s*$")
_OF_A_NAME = re.compile(rf" (?:của |tỉnh )*[{CAPITAL}]")
_OUT_TO = re.compile(r"(?<!\w)(?:ra|sang|đi|khắp|với)\s*$")  # "bán ra thế giới"
_ANOTHER = re.compile(rf" (?:[{CAPITAL}]|(?:bạn|khác|kia|láng giềng|ấy|đối tác)(?!\w))")
_NO_PLACE = re.compile(
    r"(?:Sở|Ban|Bộ|Ngành|Theo|Ông|Bà|UBND|HĐND|Công|Hội|Cục|Chi|Tỉnh|Toàn|Dịp|Tết|Mùa|Năm|Tháng|Quý|Ngày|Sau"
    r"|Trước|Đến|Tính|Trong|Hết|Cuối|Đầu|Đảng|Đoàn|Quốc|Chính|Thủ|Phó|Tổng|Viện|Trung|Liên|Nhà|Nghị|Luật|Mặt"
    r"|Ủy|Phòng|Đài|Báo|Hà Nội|Tập|Ngân|Bảo|Bưu|Cơ|Anh|Chị|Cụ)$"
)
_OF_SOME_PLACE = re.compile(r"(?<!\w)(?:của|tại|ở|đất|khắp|về|đến)\s*$")
# "đứng sau Thanh Dương với 417", "còn Thanh Dương là 9,2%", "(Thanh Dương: 9,2%)"
_SET_AGAINST = re.compile(
    r"(?:(?<!\w)(?:sau|trước|hơn|kém|thua|vượt|bằng|ngang|so với|bỏ xa|đuổi kịp|còn|trong khi|nhưng|và"
    r"|thì|như|với|nhìn sang"
    r"|giáp|cạnh|láng giềng|hàng xóm|bên|bạn|đó,)|[,(;])\s*$"
)
_WITH_FIGURE = re.compile(
    r"\s*(?:[:(]|(?:với|là|có|đạt|đón|thu|còn|mới|chỉ|lên|tới|đã|cũng|thì|hiện|xuất|tăng|giảm"
    r"|giải ngân)(?!\w))"
    r"[^.;,]{0,30}\d"
)
# "rải từ Đèo Ngang ra Bến Thủy" names no part
_FROM_END_TO_END = re.compile(
    r"(?<!\w)(?:rải|trải|kéo dài|chạy|phủ|khắp)[^,.;:]{0,10} từ [^,.;:\d]{2,25} (?:ra|đến|tới|vào|lên"
    r"|xuống|sang) (?=[^,.;:\d]{2})"
)
_RANKED = re.compile(r"(?:dẫn đầu|đứng đầu|nhất|thứ \w+|tốp \d+|top \d+|hàng đầu)(?: của)?\s*$")
_PART_SUBJECT = re.compile(
    r"(?:^|[,.;:])\s*(?:xã|huyện|phường|thị trấn|thị xã)\s+(?:có|đã|hiện|mới)(?!\w)(?![^.;,:\d]{0,60}:)"
)
_REGION = re.compile(
    rf"(?<!\w)(?:ở|tại|khu vực|các xã|những xã|các huyện|các thôn|các bản|của)\s+(?:các )?(?:xã |huyện )?"
    rf"{cue('region').pattern}"
    r"|(?<!\w)(?:tại|ở) (?:các|những|nhiều|một số) (?:xã|phường|huyện|thị trấn|thôn|bản)(?!\w)"
)
MERGING = r"trước (?:ngày |khi |thời điểm )?(?:sáp nhập|hợp nhất|sắp xếp)"
_ONE_OF = re.compile(
    r"(?<!các )(?<!số )\b(?:xã|huyện|phường|thị trấn|thị xã|thành phố) (?:[^\W\d_]+ ){0,5}nhất "
    r"(?:của |ở |tại )?(?:tỉnh )?$"
)
_FORMER = re.compile(rf"^\s*(?:\(?cũ\)?|trước (?:đây|sáp nhập|hợp nhất|khi))|{MERGING}")
_ITS_PROVINCE = re.compile(
    r"\s*(?:\(?cũ\)?)?\s*(?:,|\(|-|của|thuộc|ở)?\s*(?:của|thuộc|ở)?\s*(?:tỉnh)?\s*"
    r"|\s*,\s*(?!báo cáo|thống kê|số liệu|theo|lãnh đạo|đại diện|ubnd)"
    r"(?:[^\W\d_]+ ){1,6}(?:của|ở|thuộc)\s*(?:tỉnh)?\s*"
)
_WITHIN = re.compile(r"\s*(?:,|\(|-|–)?\s*(?:của|thuộc|ở|tại)?\s*")
_BESIDES = re.compile(r"\s*(?:,|;|/|-|–)?\s*(?:và|cùng|với|hay|hoặc)?\s*")
_TOGETHER = re.compile(r"\s*(?:và|hay|hoặc|lẫn|cùng)\s*(?:cả )?(?:tỉnh |tp\.? ?|thành phố )?")
_INSIDE = re.compile(
    r"(?<!\w)(?:một|hai|ba|bốn|nhiều|các|những|nhóm)(?:\s[^.;:]{0,25}\s(?:của|thuộc|ở|tại|trong))?\s+$"
    r"|thuộc\s+$"
)


@dataclass(frozen=True)
class Whose:
    """Whose figure it is. ``unit``: the one district or commune that it is given for, if one is named.

    ``former``: that unit is said to be a former one.
    """

    scope: Scope
    unit: LocalUnit | None = None
    former: bool = False


@dataclass(frozen=True)
class Mark:
    """A place named at ``start:end`` of a text."""

    start: int
    end: int
    scope: Scope
    unit: LocalUnit | None = None
    former: bool = False
    unnamed: bool = False  # "của tỉnh": whichever province the text is about

    @property
    def whose(self) -> Whose:
        """Whose a figure is that belongs to this place."""
        return Whose(self.scope, self.unit, self.former)


@lru_cache(maxsize=512)
def marks_in(lowered: str, cased: str, area: Area) -> tuple[Mark, ...]:
    """Every place named in a piece of text, in reading order; a part with its province is one place."""
    cased = canonical(cased)
    marks: list[Mark] = []
    for match in _PART_NAME.finditer(cased):
        name = _NAME.match(cased, match.end())
        end = name.end() if name else match.end()
        own = name is not None and without_marks(name.group()) in area.bare
        if own and (_OF_THE_PROVINCE.match(match.group()) or _ALL_OF.search(lowered[: match.start()])):
            continue
        unit = unit_of(match.group(), name.group()) if name else None
        marks.append(
            Mark(match.start(), end, Scope.OTHER, unit, bool(_FORMER.match(lowered[end : end + 30])))
        )
    for match in _PROVINCE_NAME.finditer(cased):
        if _scope_of_name(match["name"], lowered, match.end(), area) is None:
            marks.append(Mark(match.start(), match.end(), Scope.OTHER))
    if area.wholes:
        marks += [
            Mark(m.start(), m.end(), Scope.OTHER) for m in re.finditer(r"(?<!\w)tỉnh mới(?!\w)", lowered)
        ]
    for match in _NAME.finditer(cased):
        _add_name(marks, match, lowered, cased, area)
    marks += [
        Mark(m.start(), m.end(), Scope.SAME, unnamed=True)
        for m in cue("own").finditer(lowered)
        # "của tỉnh X" names one, "của tỉnh bạn" another
        if not (m.group().endswith("tỉnh") and _ANOTHER.match(cased, m.end()))
    ]
    marks += [Mark(m.start(), m.end(), Scope.ELSEWHERE) for m in cue("elsewhere").finditer(lowered)]
    marks += [
        Mark(m.start(), m.end(), Scope.OTHER)
        for m in cue("region").finditer(lowered)
        if _OF_A_NAME.match(cased, m.end())  # "vùng cao Lam Giang"
    ]
    named = [(mark.start, mark.end) for mark in marks if mark.unit is not None]
    for pattern in (cue("wider"), cue("generic_part"), _PART_SUBJECT, _REGION):
        marks += [
            Mark(m.start(), m.end(), Scope.OTHER)
            for m in pattern.finditer(lowered)
            if not any(m.start() < end and start < m.end() for start, end in named)  # "của huyện A"
            and not _RANKED.search(lowered[max(0, m.start() - 25) : m.start()])
            and not _OUT_TO.search(lowered[max(0, m.start() - 12) : m.start()])
        ]
    ways = [(m.start(), m.end()) for m in _FROM_END_TO_END.finditer(lowered)]
    marks = [
        mark
        for mark in marks
        if mark.scope is not Scope.OTHER or not any(a <= mark.start and mark.start <= b for a, b in ways)
    ]
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return tuple(_joined(_shared(_told_apart(marks, lowered), lowered), lowered))


def _add_name(marks: list[Mark], match: re.Match[str], lowered: str, cased: str, area: Area) -> None:
    """Classify one capitalised name, trying its tail first: "Công Thương Lam Giang" is the province's."""
    if any(mark.start <= match.start() < mark.end for mark in marks):
        return
    words = match.group().split(" ")
    for size in range(len(words), 0, -1):
        for begin in (len(words) - size, 0):
            name = " ".join(words[begin : begin + size])
            offset = match.start() + len(" ".join(words[:begin])) + (1 if begin else 0)
            end = offset + len(name)
            before = words[begin - 1] if begin else ""  # "Đoàn Quảng Ninh" is a delegation
            person = before != "Đoàn" and before.lower() in phrases("surname")
            scope = None if person else _scope_of_name(name, lowered, end, area)
            if scope is not None:
                unit = LocalUnit(Tier.UNSAID, name.lower()) if name in area.parts else None
                marks.append(Mark(offset, end, scope, unit))
                return
    start = match.start()
    if len(words) == 2 and _OF_SOME_PLACE.search(lowered[:start]) and not _names_no_place(words):
        marks.append(Mark(start, match.end(), Scope.OTHER))
        return
    opening = not cased[:start].strip(" “\"'–-") or bool(re.search(r"[.!?:;]\s*$", cased[:start]))
    follows = re.match(r"\s*(?:,|:|(?:có|hiện|đạt|còn|mới|đã|thu|đón|nay)(?!\w))", lowered[match.end() :])
    if (opening and follows and len(words) >= 2 and not _NO_PLACE.match(words[0])) or (
        len(words) == 2
        and _SET_AGAINST.search(lowered[:start])
        and _WITH_FIGURE.match(lowered[match.end() :])
        and not _names_no_place(words)
    ):
        marks.append(Mark(start, match.end(), Scope.OTHER))


def _names_no_place(words: list[str]) -> bool:
    """Whether a capitalised name is of a body, a time or a person."""
    return bool(_NO_PLACE.match(words[0])) or words[0].lower() in phrases("surname")


def _scope_of_name(name: str, lowered: str, end: int, area: Area) -> Scope | None:
    bare = without_marks(name)
    if bare in area.bare:
        if _ONE_OF.search(lowered[max(0, end - len(name) - 40) : end - len(name)]):
            return Scope.OTHER  # "xã nghèo nhất Lam Giang" is no province
        if _FORMER.match(lowered[end : end + 30]):
            return Scope.FORMER
        return Scope.SAME
    if name in area.wholes:
        return Scope.OTHER
    if name in area.others:
        return Scope.ELSEWHERE  # also where it names a town of that name
    return Scope.OTHER if name in area.parts else None


def _told_apart(marks: list[Mark], lowered: str) -> list[Mark]:
    """Which unit each mark gives: of "xã A, huyện B" both give A; "huyện A và huyện B" give none."""
    told = list(marks)
    for place, mark in enumerate(marks):
        if mark.unit is not None and _INSIDE.search(lowered[max(0, mark.start - 40) : mark.start]):
            told[place] = replace(mark, unit=None)
    for place in range(1, len(marks)):
        one, other = marks[place - 1], marks[place]
        if one.scope is not Scope.OTHER or other.unit is None or one.end > other.start:
            continue
        between = lowered[one.end : other.start]
        smaller = one.unit is None or (one.unit.tier, other.unit.tier) == (Tier.COMMUNE, Tier.DISTRICT)
        if smaller and _WITHIN.fullmatch(between):
            told[place] = replace(other, unit=told[place - 1].unit)
        elif _BESIDES.fullmatch(between):
            told[place - 1] = replace(told[place - 1], unit=None)
            told[place] = replace(other, unit=None)
    return told


def _shared(marks: list[Mark], lowered: str) -> list[Mark]:
    """What is told of two provinces together ("Bắc Ninh và Lam Giang") is the figure of neither."""
    told = list(marks)
    for place in range(1, len(marks)):
        pair = marks[place - 1], marks[place]
        if (
            {mark.scope for mark in pair} == {Scope.SAME, Scope.ELSEWHERE}
            and not any(m.unnamed for m in pair)
            and _TOGETHER.fullmatch(lowered[pair[0].end : pair[1].start])
        ):
            told[place - 1 : place + 1] = [replace(mark, scope=Scope.ELSEWHERE) for mark in pair]
    return told


def _joined(marks: list[Mark], lowered: str) -> list[Mark]:
    """Merge "huyện Mai Châu (Hòa Bình)" and "Lục Ngạn, Bắc Giang" into the part."""
    joined: list[Mark] = []
    for mark in marks:
        previous = joined[-1] if joined else None
        if previous is not None and mark.start < previous.end:
            continue
        if previous is not None and mark.scope.is_own and previous.scope is Scope.OTHER:
            between = lowered[previous.end : mark.start]
            if _ITS_PROVINCE.fullmatch(between):
                joined[-1] = replace(previous, end=mark.end)
                continue
        joined.append(mark)
    return joined


def parts_named(cased: str) -> frozenset[str]:
    """Names that a text introduces with their level: "huyện Hương Khê" makes "Hương Khê" a part."""
    return frozenset(name for _, name in _with_their_level(cased) if " " in name)


def units_named(cased: str) -> frozenset[LocalUnit]:
    """Districts and communes that a text names with their level."""
    units = (unit_of(level, name) for level, name in _with_their_level(cased))
    return frozenset(unit for unit in units if unit is not None)


def _with_their_level(cased: str) -> Iterator[tuple[str, str]]:
    """Level and name of everything that a text names with its level."""
    cased = canonical(cased)
    for level in _PART_NAME.finditer(cased):
        if name := _NAME.match(cased, level.end()):
            yield level.group(), name.group()
