"""Titles that give another day, month or span of time than the text."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from classifiers.signals.headline.candidate import Candidate
from classifiers.signals.headline.slots.slot import content
from classifiers.signals.reading import Reading, Sentence
from classifiers.signals.wording import SEVERAL, number_of

EARLIEST, LATEST = 1900, 2100
"""Years of publication between which days are reckoned; others are a broken clock."""
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SOON = re.compile(
    r"\b(?:(?P<tomorrow>ngày mai)|(?P<week>tuần (?:tới|sau))|(?P<month>tháng (?:tới|sau))|"
    r"(?P<year>năm (?:tới|sau)|sang năm)|(?P<today>từ hôm nay|từ nay|kể từ hôm nay))\b"
)
_DATE = re.compile(
    r"(?<![\d/.,\-])(?P<d>\d{1,2})(?:[/.\-]| tháng )(?P<m>\d{1,2})(?:(?:[/.\-]|,? năm "
    r")(?P<y>20\d\d))?(?![\d/%]|\.\d)|\btháng (?P<mm>\d{1,2})(?:(?:[/\-]|,? năm )(?P<my>20\d\d))?(?![\d/])|"
    r"\bquý (?P<q>iv|i{1,3}|[1-4])(?:(?:[/\-]|,? năm | )(?P<qy>20\d\d))?\b|\bnăm học (?P<sy>20\d\d)|"
    r"(?<![\d/\-])\bnăm (?P<yy>20\d\d)(?![\d/])"
)
_FROM = re.compile(r"\b(?:từ|kể từ|sang|bắt đầu từ|đến|vào|ngày)(?: ngày| hết| đầu| giữa| cuối)? ?\Z")
_STARTS = re.compile(
    r"\b(?:(?:có )?hiệu lực|áp dụng|bắt đầu|triển khai|thực hiện|khai mạc|diễn ra|khởi công|khánh thành|"
    r"thông xe|thi hành|chi trả|vận hành|mở cửa|tổ chức|khai giảng|mở bán|thu phí|hoạt "
    r"động)\b[^.;]{0,22}?\b(?:từ|vào|kể từ|trong|ngày|đến|sáng|chiều|tối|đầu|giữa|cuối)(?: ngày| tháng| đầu|"
    r" giữa| cuối| các)* ?\Z|\bkể từ(?: ngày)? ?\Z"
)
_EFFECT = re.compile(
    r"\b(?:hiệu lực|áp dụng|thi hành)\b[^.;]{0,12} (?:từ|kể từ)(?: ngày)? ?\Z|\bkể từ ngày ?\Z"
)
REACH = 60
SOON = timedelta(days=40)
_TODAY = re.compile(r"\b(?:từ|kể từ) (?:nay|hôm nay)\b")
LEAST = 1
"""Words of the title that a sentence with another day must have, itself or the one before it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from ``first`` to ``last``, both inclusive."""

    first: date
    last: date

    def meets(self, other: Stretch) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last


def other_day(target: Reading) -> Candidate | None:
    """From June in the title; in the text it begins in January of next year."""
    title = target.title.text
    told = _told(target)
    if told is None:
        return None
    start, end, when = told
    rest = content(f"{title[:start]} {title[end:]}")
    others: list[Sentence] = []
    named = effect = False
    # "Từ nay" is also said of what begins in a few weeks.
    patience = SOON if _TODAY.search(title[start:end]) else timedelta(0)
    for number, sentence in enumerate(target.sentences):
        around = {t.word for words in target.spoken[max(0, number - 1) : number + 1] for t in words}
        for found in _DATE.finditer(sentence.text):
            before = sentence.text[max(0, found.start() - REACH) : found.start()]
            begins = _STARTS.search(before)
            stretch = _stretch(found, target.article.published, ahead=begins is not None)
            if stretch is None:
                continue
            if stretch.meets(when) or _same_month(found, title[start:end]):
                if begins or before.rstrip().endswith("từ"):
                    return None
                named = True
            elif (
                begins
                and stretch.first > when.last + patience
                and stretch.last >= target.article.published
                and len(rest & around) >= LEAST
            ):
                others.append(sentence)
                effect = effect or _EFFECT.search(before) is not None
        soon, ours = _SOON.search(sentence.text), _SOON.search(title)
        if soon and not soon.group("today") and (ours is None or soon.lastgroup == ours.lastgroup):
            return None  # in words that lean on a day we do not know
    # A day that is only named says less than the one from which it holds.
    if not others or (named and not effect):
        return None
    return Candidate.about("level", title, (start, end), others[0])


def _same_month(found: re.Match[str], told: str) -> bool:
    """Whether the title has the same day or month without a year, which may be of any year."""
    ours = _DATE.search(told)
    if ours is None or ours.group("y") or ours.group("my"):
        return False
    month = found.group("m") or found.group("mm")
    return month is not None and month == (ours.group("m") or ours.group("mm"))


def _told(target: Reading) -> tuple[int, int, Stretch] | None:
    """When it begins by the title."""
    title, day = target.title.text, target.article.published
    if not EARLIEST <= day.year <= LATEST:
        return None
    soon = _SOON.search(title)
    if soon:
        return soon.start(), soon.end(), _soon(soon, day)
    for found in _DATE.finditer(title):
        if _FROM.search(title[: found.start()]) and not found.group("yy"):
            stretch = _stretch(found, day, ahead=True)
            if stretch is not None and stretch.last >= day - timedelta(days=31):
                return found.start(), found.end(), stretch
    return None


def _soon(found: re.Match[str], day: date) -> Stretch:
    if found.group("today"):
        return Stretch(day - timedelta(days=2), day + timedelta(days=2))
    if found.group("tomorrow"):
        return Stretch(day, day + timedelta(days=2))
    if found.group("week"):
        return Stretch(day + timedelta(days=1), day + timedelta(days=14))
    if found.group("month"):
        first = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return Stretch(first, _end(first.year, first.month))
    return Stretch(date(day.year + 1, 1, 1), date(day.year + 1, 12, 31))


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _stretch(found: re.Match[str], day: date, *, ahead: bool) -> Stretch | None:
    """The days of an expression; without a year, those nearest to the day, or ``ahead`` of it."""
    try:
        if found.group("d"):
            year, month, number = found.group("y"), int(found.group("m")), int(found.group("d"))
            return min(
                (Stretch(d, d) for d in (date(y, month, number) for y in _years(year, day))),
                key=lambda s: _distance(s, day, ahead=ahead),
            )
        if found.group("mm"):
            month = int(found.group("mm"))
            months = [Stretch(date(y, month, 1), _end(y, month)) for y in _years(found.group("my"), day)]
            return min(months, key=lambda s: _distance(s, day, ahead=ahead))
        if found.group("q"):
            last = 3 * _QUARTERS[found.group("q")]
            quarters = [Stretch(date(y, last - 2, 1), _end(y, last)) for y in _years(found.group("qy"), day)]
            return min(quarters, key=lambda s: _distance(s, day, ahead=ahead))
        if found.group("sy"):
            return Stretch(date(int(found.group("sy")), 8, 1), date(int(found.group("sy")) + 1, 6, 30))
        year = int(found.group("yy"))
        return Stretch(date(year, 1, 1), date(year, 12, 31))
    except ValueError:  # 31/2, or 12/15
        return None


def _years(told: str | None, day: date) -> tuple[int, ...]:
    return (int(told),) if told else (day.year - 1, day.year, day.year + 1)


def _distance(stretch: Stretch, day: date, *, ahead: bool) -> int:
    away = min(abs((stretch.first - day).days), abs((stretch.last - day).days))
    return away + (400 if ahead and stretch.last < day - timedelta(days=40) else 0)


_WHOLE = re.compile(
    r"\b(?:suốt|trong suốt|cả) (?:(?P<season>mùa (?:hè|đông|thu|xuân|mưa|khô|lũ|lễ hội))|(?P<month>tháng(?: "
    r"\d{1,2})?|một tháng)|(?P<year>năm(?! \d)|một năm)|(?P<week>tuần|một tuần))\b"
)
_DAYS = {"season": 80.0, "month": 28.0, "year": 300.0, "week": 6.0}
_SPAN = re.compile(
    rf"\b(?P<n>\d{{1,3}}|một|{SEVERAL}) (?P<unit>giờ|tiếng|ngày|đêm|tuần|tháng)\b(?! tuổi| trước)"
)
_UNIT_DAYS = {"giờ": 1 / 24, "tiếng": 1 / 24, "ngày": 1.0, "đêm": 1.0, "tuần": 7.0, "tháng": 30.0}
_LASTING = re.compile(
    r"\b(?:suốt|cả (?:mùa|tháng|năm|tuần)|liên tục|kéo dài (?:cả|nhiều)|quanh năm|hết (?:mùa|tháng|năm))\b"
)
_ONE_DAY = re.compile(
    r"\b(?:nghỉ|cấm|dừng|ngừng|tạm dừng|tạm nghỉ|đóng cửa|cắt)[^.;\d]{0,25}\bngày \d{1,2}/\d{1,2}\b(?!/| ?-|"
    r" đến| và|,)"
)
_HALF = 0.5
LEAST_SPAN = 2


def shorter_span(target: Reading) -> Candidate | None:
    """The whole autumn in the title, two days in the text."""
    title = target.title.text
    match = _WHOLE.search(title)
    if not match or _LASTING.search(target.body):
        return None
    days = _DAYS[str(match.lastgroup)]
    rest = content(f"{title[: match.start()]} {title[match.end() :]}")
    best: tuple[int, Sentence] | None = None
    for sentence in target.sentences:
        common = len(rest & set(sentence.words))
        if _ONE_DAY.search(sentence.text) and common >= LEAST_SPAN:
            best = (common, sentence)
        for span in _SPAN.finditer(sentence.text):
            length = number_of(span.group("n")) * _UNIT_DAYS[span.group("unit")]
            if length >= days * _HALF:
                return None
            if common >= LEAST_SPAN and (best is None or common > best[0]):
                best = (common, sentence)
    if best is None:
        return None
    return Candidate.about("extent", title, match.span(), best[1])
