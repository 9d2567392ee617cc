"""A number where a report states it: what stands around it, as of when it counts, and what of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Sentence, names_in, words_of
from classifiers.signals.wording import SMALL_NUMBERS, content_words

CROWDED = 7
"""A sentence with more numbers than this is a table, a list of prices or of results."""
_AS_OF = re.compile(r"\b(\d{1,2})(?: ?h| giờ)(?: ?(\d{2}))?\b")
_AS_OF_DAY = re.compile(
    r"(?<!từ )(?<!từ sáng )(?<!từ chiều )"
    r"(?:(?:đến|tính đến|hết|ngày|sáng|chiều|trưa|tối|đêm)(?: hết)?(?: ngày)?|\b(?:đêm|hội|lễ)(?: \w+){1,4}) "
    r"(\d{1,2})[/\-.](\d{1,2})"
)
_FIRST_COUNT = re.compile(r"\b(?:báo cáo nhanh|thống kê nhanh|sơ bộ|thống kê ban đầu|bước đầu ghi nhận)\b")
_OVER = re.compile(r"\b(?:toàn bộ|tất cả|cả nhóm|kết thúc|cuối cùng|khép lại|bế mạc)\b")
_UP_TO = re.compile(
    r"(?:đến|tính đến|hết)(?: hết)?(?: \d{1,2} ?(?:h|giờ)(?: ?\d{2})?)?(?: ngày| sáng| chiều| tối| trưa)? "
    r"(\d{1,2})[/\-.](\d{1,2})"
)
AS_OF_MONTH = re.compile(r"\b(?:hết|cuối|đến) tháng (\d{1,2})\b(?!/\d{1,2}\b(?!\d))")
_PERIOD = re.compile(r"\b(?:\d+ (?:tháng|tuần|quý)\b|(?:tháng|quý) (?:\d{1,2}|i{1,3}v?)\b(?! giờ)|cả năm)")
_SPELLED = re.compile(rf"\b(?:{'|'.join(SMALL_NUMBERS)})\b(?= (?:tháng|tuần|quý)\b)")
_SCOPE = re.compile(
    r"\b(?:riêng|trong đó|toàn xã|toàn huyện|hộ ông|hộ bà|(?<!số )(?<!các )(?<!những )(?<!hộ )gia đình|"
    r"(?:(?<!hợp tác )xã(?! hội)|phường|thị trấn|huyện|thị xã|quận|thôn|bản|ấp|khu công nghiệp|khu kinh tế|"
    r"cụm công nghiệp)(?: \w+){0,2})\b"
)
_OF_ITS_OWN = frozenset({"trong đó"})
"""The dead among those aboard are a number of their own."""
_PARTS = frozenset({"riêng", "trong đó", "toàn xã", "toàn huyện", "hộ ông", "hộ bà", "gia đình"})
_PART = re.compile(
    r"\b(?:trong (?:tổng )?số|thêm|khác|còn lại|nữa|tiếp theo|mỗi|từng|giai đoạn|vụ thứ|"
    r"(?:đợt|lần)(?= (?:\d|một|hai|ba|bốn|năm|thứ|đầu|này|cuối|i{1,3}\b))|"
    r"đầu tiên|thứ (?:nhất|hai|ba|\d+))\b"
)
"""Words beside a number that make it one of several: a phase, a share, the rest."""
_FIGURE = re.compile(r"(?<![\w.,])\d[\d.,]*")
_NO_FIGURE = re.compile(
    r"\b(?:ngày|sáng|chiều|tối|trưa|từ|đến) \d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{4})?|\bnăm \d{4}\b|"
    r"\b\d{1,2}(?:h\d{0,2}| giờ(?: \d{1,2})?)\b|\bquốc lộ \d+|\bron \d+"
)
"""What counts nothing: days, hours, roads."""
_ACRONYM = re.compile(r"(?<!\w)[A-ZĐ]{3,}\d*(?!\w)")
_ANYBODY = frozenset(
    {"UBND", "HĐND", "TPHCM", "HCM", "USD", "VND", "CSGT", "PCCC", "THPT", "THCS", "PTTH", "ATGT"}
)
_BY = re.compile(r"\b(?P<way>hạ|giảm|tăng)(?: thêm| tới| đến)? \Z")
"""A number that something came down or went up from is an earlier one; by how much, is a change."""
_FATES = (
    re.compile(r"\b(?:chết|tử vong|thiệt mạng|tử nạn)\b"),
    re.compile(r"\b(?:bị thương|trọng thương|bỏng)\b"),
    re.compile(r"\b(?:mất tích)\b"),
    re.compile(r"\b(?:xuất viện|ra viện|bình phục|ổn định)\b"),
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A number where it stands."""

    sentence: Sentence
    quantity: Quantity

    @property
    def ahead(self) -> str:
        """The sentence up to the number."""
        return self.sentence.text[: self.quantity.start]

    @property
    def behind(self) -> str:
        """The sentence after the number; its unit comes first."""
        return self.sentence.text[self.quantity.end :]

    @property
    def around(self) -> str:
        """Some words on both sides."""
        return (
            self.ahead[-50:]
            + self.sentence.text[self.quantity.start : self.quantity.end]
            + self._to_comma(30)
        )

    @property
    def near(self) -> set[str]:
        """Content words on both sides, without the unit."""
        before = content_words(words_of(self.ahead)[-8:])
        after = content_words(words_of(self.behind)[:14])
        return (set(before) | set(after)) - set(self.quantity.unit[:1])

    @property
    def crowded(self) -> bool:
        """Whether the sentence is a table or a list rather than a statement."""
        return self.figures > CROWDED

    @property
    def figures(self) -> int:
        """How many numbers the sentence has that count anything."""
        return len(_FIGURE.findall(_NO_FIGURE.sub(" ", self.sentence.text)))

    @property
    def of_one(self) -> bool:
        """Whether it is of one person, wherever that one lives: a prison term."""
        return self.quantity.unit[1:2] == ("tù",)

    def clause(self) -> tuple[int, int]:
        """The part of the sentence that holds the number, from comma to comma."""
        text = self.sentence.text
        start = max(
            text.rfind(mark, 0, self.quantity.start) + len(mark) if mark in self.ahead else 0
            for mark in (", ", "; ", ": ")
        )
        ends = [i for mark in (", ", "; ", ". ") if (i := text.find(mark, self.quantity.end)) >= 0]
        end = min(ends, default=len(text))
        while end > start and text[end - 1] in ".;,":
            end -= 1
        return start, end

    def as_of(self) -> tuple[set[str], set[str]]:
        """The last clock time and the days that the sentence names ahead of the number."""
        clocks = {f"{int(hour)}:{minute or '00'}" for hour, minute in _AS_OF.findall(self.ahead)[-1:]}
        days = {f"{int(day)}/{int(month)}" for day, month in _AS_OF_DAY.findall(self.ahead)}
        days |= {f"hết tháng {int(month)}" for month in AS_OF_MONTH.findall(self.ahead)}
        return clocks, days

    @property
    def preliminary(self) -> bool:
        """Whether it is a first count."""
        return bool(_FIRST_COUNT.search(self.sentence.text))

    @property
    def final(self) -> bool:
        """Whether it is of all, or when everything is over."""
        return bool(_OVER.search(self.sentence.text))

    def up_to(self) -> set[tuple[str, str]]:
        """The days that the sentence names as those up to which it counts."""
        return set(_UP_TO.findall(self.ahead))

    def periods(self) -> frozenset[str]:
        """The stretches of time that the sentence names ahead of the number: "6 tháng", "tháng 6"."""
        text = _SPELLED.sub(lambda found: str(SMALL_NUMBERS.index(found.group()) + 1), self.ahead)
        return frozenset(" ".join(found.split()) for found in _PERIOD.findall(text))

    def fate(self) -> tuple[bool, ...]:
        """What befell those who are counted: the dead of one report are not the patients of the other."""
        around = re.split(r"\d|,(?! tử| bị)", self.behind[:40])[0]
        return tuple(bool(word.search(around)) for word in _FATES)

    def change(self) -> str:
        """ "giảm" before "giảm 860 đồng": the number is a change and no level."""
        found = _BY.search(self.ahead)
        return found.group("way") if found else ""

    def of_a_part(self, elsewhere: str) -> bool:
        """Whether the number counts only a part: a commune, a family, "trong đó". A unit that the other
        report names too (``elsewhere``) is where it all happened.
        """
        before = self.ahead[-90:].rsplit(";", 1)[-1]
        if "toàn tỉnh" in before:
            return False
        cased = self.sentence.cased[: self.quantity.start][-len(before) :]
        return any(
            found.group() not in _OF_ITS_OWN or not any(self.fate())
            if found.group() in _PARTS
            else _is_elsewhere(cased[found.start() : found.end()], elsewhere)
            for found in _SCOPE.finditer(before)
        )

    def part_of(self) -> frozenset[str]:
        """The words beside it that make it one number of several."""
        return frozenset(_PART.findall(self.ahead[-24:]) + _PART.findall(self._to_comma(34)))

    def _to_comma(self, reach: int) -> str:
        """What follows the number up to the end of its clause."""
        return re.split(r"[,;](?!\d)", self.behind[:reach])[0]

    def acronyms(self) -> frozenset[str]:
        """Firms and bodies that the number's own clause names by their letters."""
        start, end = self.clause()
        return frozenset(_ACRONYM.findall(self.sentence.cased[start:end])) - _ANYBODY

    def names(self) -> frozenset[str]:
        """Names in the number's own clause."""
        return frozenset(names_in(self.sentence.piece(*self.clause())))


def _is_elsewhere(unit: str, text: str) -> bool:
    """Whether a unit has a name ("xã Nậm Tảo", not "xã sơ tán") that the text does not have."""
    name = " ".join(takewhile(lambda word: word[0].isupper() or word[0].isdigit(), unit.split()[1:])).lower()
    return bool(name) and name not in text
