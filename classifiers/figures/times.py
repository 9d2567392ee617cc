"""Time expressions: "6 tháng đầu năm 2026", "đến 30/6", "năm học 2025-2026", "năm ngoái", "dịp lễ"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from classifiers.figures.cues import cue, phrases
from classifiers.figures.numbers.words import TO_TEN


@dataclass(frozen=True, slots=True)
class Period:
    """A stated time, at ``start:end`` of its text.

    since    the month that a part of a year begins with, until: the one that it ends with
    school   first year of a school year
    event    a holiday, a day, a week: less than any figure of a year
    """

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    until: int | None = None
    school: int | None = None
    event: bool = False
    since: int = 1


_WORD_NUMBER = {**TO_TEN, "mười một": 11}
_MONTH_WORDS = {**_WORD_NUMBER, "tư": 4, "giêng": 1, "mười hai": 12}
del _MONTH_WORDS["một"]  # "mỗi tháng một lần" names no month
_QUARTER = {"i": 3, "ii": 6, "iii": 9, "iv": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_Y = r"(?P<year>(?:19|20)\d\d)"
_SCHOOL = re.compile(
    r"năm học (?P<year>20\d\d)\s*[-–]\s*20\d\d|(?P<this>năm học (?:này|mới|nay))"
    r"|(?P<before>năm học (?:trước|ngoái|rồi|vừa qua|vừa rồi))"
)
_MONTHS = re.compile(
    r"(?P<months>\d{1,2}|mười một|mười|ba|bốn|năm|sáu|bảy|tám|chín) tháng(?P<last> cuối)?"
    rf"(?: đầu| qua)?(?: năm| của năm)?(?: {_Y}| nay)?(?! (?:sau|trước|nữa|liền|tiếp)(?!\w))"
)
_FROM_TO = re.compile(
    r"từ (?:đầu năm|tháng (?P<first>\d{1,2}|giêng|một))(?: năm)?(?: (?:20\d\d|nay))? "
    r"(?:đến|tới)(?: hết| cuối| giữa)? "
    rf"tháng (?P<last>\d{{1,2}})(?:(?: ?/ ?| năm ){_Y})?(?![\d/])"
)
_HALF = re.compile(rf"(?:nửa (?:đầu )?năm|nửa đầu|giữa năm)(?: {_Y}| nay)?")
_QUARTERS = re.compile(rf"quý (?P<quarter>i{{1,3}}v?|iv|[1-4])(?!\w)(?:(?:\s*[/-]\s*| năm | ){_Y})?")
_UP_TO = re.compile(r"(?<!\w)(?:hết|đến|tới|cuối|lũy kế|và)\s*$")
_DAY = re.compile(
    r"(?P<cue>(?:tính )?(?:đến|tới)(?: hết)?|lúc|vào lúc|cập nhật(?: lúc| đến| tới)?|chốt|hết)?\s*"
    r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h)(?:\s*\d{1,2}(?!\d|\s*[/-]))?(?: phút)?,?\s*)?"
    r"(?:(?:sáng|trưa|chiều|tối|đêm)\s*)?(?:ngày\s*)?"
    r"(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})(?:\s*[/-]\s*(?P<year>20\d\d))?(?![\d/])"
)
_HOUR = re.compile(
    r"(?:(?:(?:tính )?(?:đến|tới)|lúc|cập nhật|tức|hồi|vào)(?: lúc)? "
    r"|(?=\d{1,2} (?:giờ|h) (?:cùng ngày|hôm nay|sáng|trưa|chiều|tối)))"
    r"(?P<hour>\d{1,2})\s*(?:giờ|h(?![^\W\d_]))(?:\s*\d{1,2})?(?: phút)?"
    r"(?: (?P<part>sáng|trưa|chiều|tối))?(?: (?:cùng ngày|hôm nay|nay))?"
)
_MONTH = re.compile(
    rf"(?:tháng |t)?(?P<month>\d{{1,2}})\s*(?:/|-| năm )\s*{_Y}"
    rf"|tháng (?P<only>\d{{1,2}})(?![\d/%])(?: năm nay)?"
    rf"|tháng (?P<word>{'|'.join(sorted(_MONTH_WORDS, key=len, reverse=True))})(?!\w)(?! nay)(?: năm nay)?"
)
_SPAN = re.compile(rf"(?:giai đoạn |trong |thời kỳ )?20\d\d\s*[-–]\s*{_Y}")
_YEAR = re.compile(rf"(?<![\d.,/]){_Y}(?![\d/]|[.,]\d)")
_THIS = re.compile(r"(?:năm nay|năm này|trong năm(?! \d| \w))")
_STATED_ON = re.compile(r",? (?:mới|là|đạt|có|còn|chỉ|đã|vẫn|con số)(?: (?:là|đạt|có|chỉ|mới)){0,2} \d")
_BY_THE_END = re.compile(r"(?<!\w)(?:hết|đến hết|đến cuối|lũy kế đến|lũy kế)\s*$")
_EVENT_DAY = re.compile(r"(?<!\w)dịp \d")
_SHIFT = re.compile(
    r"(?:cách (?:nay|đây) (?:gần |hơn |chừng |khoảng )?)?(?<!\w)"
    rf"(?P<count>\d{{1,2}}|{'|'.join(TO_TEN)}) (?P<unit>năm|tháng|quý|tuần|ngày|giờ|tiếng)"
    # "tám năm sau đề án" is no time
    r"(?: (?P<way>sau|trước)"
    r"(?: đó| đây|(?=\s*(?:,|$|(?:còn|là|đã|đạt|chỉ|tăng|giảm|lên|con số|tỷ lệ)(?!\w)))))?(?!\w)"
)
_COUNTED_YEARS = re.compile(rf"(?:\d|(?<!\w)(?:{'|'.join(TO_TEN)}|mươi|chục|vài|mấy|nhiều|những|các)) $")


def shifted_in(text: str, base: Period | None, published: date) -> Period | None:
    """The time of "ba tháng sau", "hai năm trước", "cách nay hai năm" in ``text``; None: no such words.

    ``base``: the time named before it, which "sau" counts from. A time that cannot be told has year 0.
    """
    found = [match for match in _SHIFT.finditer(text) if match["way"] or match.group().startswith("cách")]
    if not found:
        return None
    match = found[-1]
    count = TO_TEN.get(match["count"]) or int(match["count"])
    back = match["way"] != "sau"
    unit = match["unit"]
    start, end = match.span()
    if unit == "năm" and (back or base is not None):
        year = (base.year if base is not None and not back else published.year) + (-count if back else count)
        month = base.month if base is not None and not back else None
        return Period(start, end, year, month)
    if unit == "tháng" and not back and base is not None and (base.until or base.month):
        months = (base.until or base.month or 0) + count
        return Period(start, end, base.year + (months - 1) // 12, (months - 1) % 12 + 1)
    return Period(start, end, 0)


def periods_in(text: str, offset: int, published: date) -> list[Period]:
    """The time expressions of a piece of lower-case text, in reading order, without overlaps.

    ``offset`` is added to their places. A year left out is that of ``published``.
    """
    found: list[Period] = []

    def add(
        match: re.Match[str],
        year: int,
        *,
        month: int | None = None,
        day: int | None = None,
        hour: int | None = None,
        until: int | None = None,
        school: int | None = None,
        event: bool = False,
        since: int = 1,
    ) -> None:
        start, end = match.start() + offset, match.end() + offset
        taken = any(start < other.end and other.start < end for other in found)
        if not taken and not _compares(text, match):
            found.append(Period(start, end, year, month, day, hour, until, school, event, since))

    for match in _SCHOOL.finditer(text):
        running = published.year if published.month >= 9 else published.year - 1
        if match["before"]:
            running -= match["before"].endswith("trước") or published.month >= 9
        add(match, 0, school=int(match["year"] or running))
    for match in _FROM_TO.finditer(text):
        first = int(match["first"]) if (match["first"] or "").isdigit() else 1
        if 1 <= first <= int(match["last"]) <= 12:
            add(match, int(match["year"] or published.year), until=int(match["last"]), since=first)
    for match in _MONTHS.finditer(text):
        until = _WORD_NUMBER.get(match["months"]) or int(match["months"])
        if 1 <= until <= 12:
            since, until = (13 - until, 12) if match["last"] else (1, until)
            add(match, int(match["year"] or published.year), until=until, since=since)
    for match in _HALF.finditer(text):
        add(match, int(match["year"] or published.year), until=6)
    for match in _QUARTERS.finditer(text):
        if match["quarter"] in _QUARTER:
            until = _QUARTER[match["quarter"]]
            since = 1 if _UP_TO.search(text[: match.start()]) else until - 2
            add(match, int(match["year"] or published.year), until=until, since=since)
    for match in _DAY.finditer(text):
        day, month = int(match["day"]), int(match["month"])
        told = match["cue"] or match["hour"] or _STATED_ON.match(text, match.end())
        if 1 <= day <= 31 and 1 <= month <= 12 and told:
            hour = int(match["hour"]) if match["hour"] else None
            add(match, int(match["year"] or published.year), month=month, day=day, hour=hour)
    for match in _HOUR.finditer(text):
        late = match["part"] in ("chiều", "tối") and int(match["hour"]) < 12
        add(match, published.year, hour=int(match["hour"]) + 12 * late)
    for match in _MONTH.finditer(text):
        month = _MONTH_WORDS[match["word"]] if match["word"] else int(match["month"] or match["only"])
        year = int(match["year"]) if match["year"] else published.year - (month > published.month)
        if 1 <= month <= 12:
            by_then = month if _BY_THE_END.search(text[: match.start()]) else None
            add(match, year, month=month, until=by_then)
    for pattern in (_SPAN, _YEAR):
        for match in pattern.finditer(text):
            add(match, int(match["year"]))
    for match in cue("last_year").finditer(text):
        if match.group() != "năm ngoái" and _COUNTED_YEARS.search(text[: match.start()]):  # "mười năm trước"
            continue
        closing = match.group() == "năm cũ" and published.month >= 10  # "việc còn lại của năm cũ"
        add(match, published.year - (not closing))
    for match in _THIS.finditer(text):
        add(match, published.year)
    for pattern in (cue("event"), _EVENT_DAY):
        for match in pattern.finditer(text):
            add(match, published.year, event=True)
    return sorted(found, key=lambda period: period.start)


def _compares(text: str, match: re.Match[str]) -> bool:
    """Whether the time belongs to a comparison or to something built then, not to the figure."""
    if re.search(r"(?:^|[.;,(])\s*cùng kỳ\s*$", text[: match.start()]):  # "Cùng kỳ năm ngoái, ..."
        return False
    before = re.sub(r"(?: cùng kỳ)?(?: cuối| đầu)?(?: năm)?\s*$", "", text[: match.start()])
    word = re.search(r"(?<!\w)(?:gấp \w+|[^\W\d_]+(?: [^\W\d_]+)?)$", before[-30:])
    if word is None:
        return False
    said = word.group()
    compares = said.startswith("gấp ") or any(
        said == phrase or said.endswith(" " + phrase) for phrase in phrases("comparison")
    )
    return compares and not re.match(r"\s*(?:-|đến)", text[match.end() :])
