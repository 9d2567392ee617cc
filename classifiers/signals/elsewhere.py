"""Whether a sentence speaks of something else than a notice: supposed, planned, later, elsewhere."""

from __future__ import annotations

import re
from datetime import date

from classifiers.signals.correction_words import PERSON
from classifiers.signals.passage import Passage, any_in
from classifiers.signals.reading import UPPER, Sentence
from provinces.spelling import lowered

_SUPPOSED = re.compile(
    r"\b(?:nghi(?! lễ| thức| ngờ gì| ngút)|được cho là|chưa (?:có )?kết luận|chưa xác (?:định|minh)|tin đồn|"
    r"lời đồn|đồn (?:thổi|đoán|rằng)|có hay không|liệu (?:có|rằng|đây)|giả sử|chờ kết quả|"
    r"có thể (?:đã|là|do)|chưa rõ (?:có|thực hư|đúng sai))\b"
)
_PLANNED = re.compile(
    r"\b(?:phấn đấu|đặt chỉ tiêu|dự kiến|dự định|đề xuất|(?:đến|vào|trước) năm 20\d\d|"
    r"(?<!vượt )(?<!vượt xa )(?<!theo )(?<!so với )(?<!đúng )(?<!đạt )(?:kế hoạch|mục tiêu))\b"
)
_PLACED = re.compile(
    r"\b(?P<kind>[Xx]ã|[Pp]hường|[Hh]uyện|[Tt]hôn|[Bb]ản|[Ss]ông|[Ss]uối|[Hh]ồ|[Cc]ầu|[Cc]hợ|[Bb]ến phà|"
    r"[Tt]rường|[Bb]ệnh viện|[Tt]rạm|[Cc]ông ty|[Nn]hà máy|[Mm]ỏ|[Đđ]èo|[Cc]hùa|[Dd]ự án)"
    r"(?: [^\W\d_]+){0,3}? "
    rf"(?P<name>[{UPPER}]\w*(?: (?:[{UPPER}]\w*|\d+))*)"
)
_DAY = re.compile(r"(?<![\d/.\-])(\d{1,2})[/\-.](\d{1,2})(?:[/\-.](\d{4}))?(?![\d/]|[.,]\d|%)")
_FAMILY = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Mai|Trịnh|Đoàn|Lương|Đào|Tô|"
    "Tạ|Chu|Cao|Thái|Lưu|Kim|Triệu|Bàn|Tráng|Giàng|Vàng|Sùng|Lò|Lường|Quàng|Cầm|Hà|Hứa|Nông|Vi|Ma|Mùa|Thào|"
    "Lầu|Hạng|Tòng|Đàm|Phùng|Quách|Tống|Lâm|La|Lục|Bế|Hầu|Thạch|Sơn|Châu|Danh|Y|H|Rơ|Siu|Ksor"
)
_PERSON_FIRST = re.compile(
    r"(?:(?:[Ôô]ng|[Bb]à|[Ee]m|[Cc]ô|[Aa]nh|[Cc]hị) )?"
    rf"(?P<name>(?:{_FAMILY})(?: [{UPPER}]\w*){{2,3}})(?=[ ,])"
)
_ANY_PLACE = re.compile(
    r"\b(?:xã|phường|huyện|thôn|bản|sông|suối|hồ|cầu|chợ|bến|trường|bệnh viện|trạm|công ty|nhà máy|mỏ|đèo|"
    r"chùa|dự án|khu|quán|cơ sở|ngã tư|đường|nhóm)\b"
)
_NUMBERED = re.compile(
    r"\b((?:tuyến|xe|xe buýt|lò|mỏ|nhà máy|tổ máy|gói thầu|kho|bến) số|quốc lộ|tỉnh lộ|km|tổ|quận) (\d+)\b"
)
AT_ITS_HEAD = 30
"""Characters within which a sentence names whom it is about."""


def of_something_else(passage: Passage, told: str, names: frozenset[str], day: date) -> bool:
    """Whether a sentence only supposes or plans it, dates it after the notice of ``day``, or names another
    such place or person.

    ``told``: the lowered text of the notice. ``names``: those that it has.
    """
    text = passage.text
    if any(cue.search(text) and not cue.search(told) for cue in (_SUPPOSED, _PLANNED)):
        return True
    if any(stated > day for stated in days_in(text, passage.target.article.published)):
        return True
    if _of_other_person(passage.sentence, names) or _of_other_number(text, told):
        return True
    placed = _placed(passage.sentence)
    if placed and names and not _ANY_PLACE.search(told) and text.find(placed[0][1]) < AT_ITS_HEAD:
        return placed[0][1] not in told
    known = "|".join(re.escape(name) for name in names if name not in passage.around)
    if not known or any_in(names, text):
        return False
    return any(name not in told and re.search(rf"\b{kind} (?:{known})\b", told) for kind, name in placed)


def _of_other_number(text: str, told: str) -> bool:
    """Whether what bears a number bears another one in the notice: "tuyến số 9", "tuyến số 4"."""
    theirs: dict[str, set[str]] = {}
    for kind, number in _NUMBERED.findall(told):
        theirs.setdefault(kind, set()).add(number)
    ours = [(kind, number) for kind, number in _NUMBERED.findall(text) if kind in theirs]
    return bool(ours) and not any(number in theirs[kind] for kind, number in ours)


def _placed(sentence: Sentence) -> list[tuple[str, str]]:
    """Kind and name of the places and bodies that a sentence names."""
    return [(m["kind"].lower(), lowered(m["name"])) for m in _PLACED.finditer(sentence.cased)]


def _of_other_person(sentence: Sentence, names: frozenset[str]) -> bool:
    """Whether a sentence begins with somebody, where the notice is of somebody else."""
    first = _PERSON_FIRST.match(sentence.cased)
    if first is None or not any(len(name.split()) >= PERSON for name in names):
        return False
    return not any(lowered(first["name"]) in name or name in lowered(first["name"]) for name in names)


def days_in(text: str, today: date) -> list[date]:
    """The days that a lowered sentence dates by day and month, in the year before ``today``."""
    found = []
    for day, month, year in _DAY.findall(text):
        try:
            stated = date(int(year or today.year), int(month), int(day))
            found.append(stated if year or stated <= today else stated.replace(year=today.year - 1))
        except ValueError:  # no such day, or no 29 February in the year before
            continue
    return found
