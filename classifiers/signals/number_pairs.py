"""Two numbers of two reports: whether they count the same thing, at the same time, in the same place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from classifiers.signals.events import Overlap
from classifiers.signals.headline.counts import PEOPLE
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Sentence, names_in, words_of
from classifiers.signals.wording import SMALL_NUMBERS, STOP, content_words, word_set

AT_ONCE = timedelta(hours=3)
"""Within this time a growing number has hardly grown, when no report says as of when it counts."""
CROWDED = 7
"""A sentence with more numbers than this is a table, a list of prices or of results."""
FEW_FIGURES = 3
SAME_DAY = 0.5
NEXT_WORDS = 4
FATE_WORDS = 2
FEATURES = (
    "shared words",
    "words ahead",
    "same text",
    "same time",
    "alike digits",
    "ratio",
    "only one",
)
"""What ``features`` gives, in its order."""

_AS_OF = re.compile(r"\b(\d{1,2})(?: ?h| giờ)(?: ?(\d{2}))?\b")
_AS_OF_DAY = re.compile(
    r"(?<!từ )(?<!từ sáng )(?<!từ chiều )"
    r"(?:(?:đến|tính đến|hết|ngày|sáng|chiều|trưa|tối|đêm)(?: hết)?(?: ngày)?|\b(?:đêm|hội|lễ)(?: \w+){1,4}) "
    r"(\d{1,2})[/\-.](\d{1,2})"
)
_UP_TO = re.compile(
    r"(?:đến|tính đến|hết)(?: hết)?(?: \d{1,2} ?(?:h|giờ)(?: ?\d{2})?)?(?: ngày| sáng| chiều| tối| trưa)? "
    r"(\d{1,2})[/\-.](\d{1,2})"
)
AS_OF_MONTH = re.compile(r"\b(?:hết|cuối|đến) tháng (\d{1,2})\b(?!/\d{1,2}\b(?!\d))")
_PHASE = re.compile(r"\b(?:giai đoạn|đợt|gói thầu|hạng mục|nhánh|tuyến) (?:\d+|một|hai|ba|i{1,3}|đầu|này)\b")
"""Ahead of a number in its sentence: it counts that phase alone."""
_SERIES = "đợt"
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
_SOMEWHERE = re.compile(r"\b(?:có|riêng|nhiều) (?:nơi|chỗ|hộ|nhà|người|em|xã|thôn|bản)(?: \w+){0,3} \Z")
"""Ahead of what one of many has: "có nơi 200 mm"."""
_ONE_OF = re.compile(r"\bmột trong (?:các|những|số|\d+)\b|\b(?:trước|trước mắt|bước đầu) \Z")
_WIDE = re.compile(r"\b(?:cả nước|toàn quốc|toàn cầu|thế giới)\b")
_GRADE = re.compile(r"\bloại (?:\d|một|hai|ba|i{1,3}|đặc biệt|ngon)\b")
_AT_LEAST = re.compile(r"\b(?:ít nhất|tối thiểu)(?: là| có)? \Z")
_REMAINING = re.compile(r"\b(?:chỉ )?còn(?: lại)?(?: hơn| gần| khoảng)? \Z")
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
_ALWAYS_A_PART = frozenset({"thêm", "khác", "còn lại", "nữa", "mỗi", "từng", "tiếp theo"})
_BOTH_MAY_SAY = frozenset({"đầu tiên"})
"""Parts that there is only one of: two reports of the first shipment speak of the same."""
OF_WHICH = re.compile(r"\btrong đó,?(?: có)?[^,.;]{0,8}\Z|\btrong (?:tổng )?số(?: (?:hơn|gần))? \Z")
_EARLIER = re.compile(
    r"\b(?:so với|trước đó(?!,? (?:vào|khoảng|lúc|ngày|sáng|chiều|tối|trưa|rạng|hồi) )|ban đầu|"
    r"năm ngoái|năm trước|cùng kỳ|kế hoạch|mục tiêu|dự báo|có thể|"
    r"buổi sáng cùng ngày|mỗi|một nửa|đề nghị)\b"
)
_EXPECTED = re.compile(r"\bdự kiến\b")
_TO_COME = re.compile(r"\b(?:dự kiến|sẽ|khi (?:\w+ )?(?:đủ|hết|hoàn thành|hoàn thiện|đi vào|vận hành))\b")
"""A number that is expected stands against one of something to come, not against one that is counted."""
_FROM = re.compile(r"\btừ \Z")
_BY = re.compile(r"\b(?P<way>hạ|giảm|tăng)(?: thêm| tới| đến)? \Z")
"""A number that something came down or went up from is an earlier one; by how much, is a change."""
_TOGETHER = re.compile(r"\bthương vong\b")
_FATES = (
    re.compile(r"\b(?:chết|tử vong|thiệt mạng|tử nạn)\b"),
    re.compile(r"\b(?:bị thương|trọng thương|bỏng)\b"),
    re.compile(r"\b(?:mất tích)\b"),
    re.compile(r"\b(?:xuất viện|ra viện|bình phục|ổn định)\b"),
)
MEASURES = frozenset(
    {
        "gam",
        "gram",
        "hecta",
        "lít",
        "mw",
        "đồng",
        "usd",
        "m",
        "m2",
        "m3",
        "mét",
        "km",
        "ha",
        "kg",
        "tấn",
        "tạ",
        "g",
        "mm",
        "cm",
        "lượt",
    }
)
_MONEY_AND_WEIGHT = frozenset({"kg", "tạ", "tấn", "g", "m", "km", "cm", "mm", "mét"})
_NO_KIND = STOP | word_set("chết tử thiệt bị thương mất bỏng trọng tử nặng nhẹ nhập phải đi cấp")
"""Words behind a unit that do not say what kind it is."""
GROWING = word_set(
    """
    người nạn ca nhà hộ con công học bệnh cháu em trẻ đối xe ha điểm trường hành khách du ngôi căn nghi
    """
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
        return len(_FIGURE.findall(_NO_FIGURE.sub(" ", self.sentence.text))) > CROWDED

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
        start, end = self.clause()
        piece = Sentence(
            self.sentence.field, 0, end - start, self.sentence.text[start:end], self.sentence.cased[start:end]
        )
        return frozenset(names_in(piece))


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether both count in the same unit."""
    if one.percent or other.percent:
        return one.percent == other.percent
    if one.unit[0] != other.unit[0]:
        return False
    # "Con trâu" and "con đường", "công nhân" and "công trình" begin alike; "nhà ở xã" says no more than
    # "nhà", and the dead are told from the injured by their fate.
    seconds = [unit[1] for unit in (one.unit, other.unit) if len(unit) > 1 and unit[1] not in _NO_KIND]
    return one.unit[0] in MEASURES or len(seconds) < 2 or seconds[0] == seconds[1]


def rounds_to(one: Quantity, other: Quantity) -> bool:
    """Whether one is the other, rounded: 9.920 and 9.920,8."""
    coarse, fine = sorted((one.value, other.value), key=lambda value: len(f"{value:.10g}".rstrip("0")))
    digits = len(f"{coarse:.0f}".rstrip("0"))
    unit = 10.0 ** (len(f"{coarse:.0f}") - digits) if coarse == int(coarse) else 10.0 ** -_decimals(coarse)
    return abs(coarse - fine) < unit and digits >= 2


def comparable(
    ours: Stated, theirs: Stated, our_text: str, their_text: str, gap: timedelta, later: bool
) -> bool:
    """Whether nothing speaks against both counting the same thing in the same place at the same time.

    The texts are the whole reports, lowered; ``gap``: time between them; ``later``: ours is the later one.
    """
    if ours.crowded or theirs.crowded or ours.part_of() != theirs.part_of():
        return False
    if (ours.part_of() | theirs.part_of()) - _BOTH_MAY_SAY or _of_other_reach(ours, theirs):
        return False
    if ours.of_a_part(their_text) != theirs.of_a_part(our_text) or not _same_fate(ours, theirs):
        return False
    if any(_EARLIER.search(side.around) or _FROM.search(side.ahead) for side in (ours, theirs)):
        return False
    if any(_EXPECTED.search(side.around) for side in (ours, theirs)) and not all(
        _TO_COME.search(side.around) for side in (ours, theirs)
    ):
        return False
    if ours.change() != theirs.change():
        return False
    mine, other = ours.names(), theirs.names()
    if (
        mine
        and other
        and not _in_common(mine, other)
        and not _named_in(mine, theirs)
        and not _named_in(other, ours)
    ):
        return False
    if _PHASE.findall(ours.ahead) != _PHASE.findall(theirs.ahead):
        return False
    spans, their_spans = ours.periods(), theirs.periods()
    if spans and their_spans and not spans & their_spans:
        return False
    mine, other = ours.acronyms(), theirs.acronyms()
    if mine and other and not mine & other:
        return False
    clocks, days = ours.as_of()
    their_clocks, their_days = theirs.as_of()
    if (clocks and their_clocks and not clocks & their_clocks) or (
        days and their_days and not days & their_days
    ):
        return False
    if clocks & their_clocks:
        return True
    toll = any(ours.fate()) and ours.quantity.unit[0] in PEOPLE
    if toll and gap > AT_ONCE and not ours.fate()[0] and not ours.up_to() & theirs.up_to():
        return False
    if days & their_days and not (toll and gap > AT_ONCE and not ours.up_to() & theirs.up_to()):
        return True
    return not _may_have_grown(ours.quantity, theirs.quantity, gap, later)


def at_odds(ours: Stated, theirs: Stated, our_text: str, their_text: str) -> bool:
    """Whether anything speaks against both counting the same thing in the same place, when there is hardly
    another number that they might stand against: a part, a plan, another place, period or hour.
    """
    if ours.crowded or theirs.crowded:
        return True
    if _of_other_reach(ours, theirs):
        return True
    parts, other_parts = ours.part_of() & _ALWAYS_A_PART, theirs.part_of() & _ALWAYS_A_PART
    if parts != other_parts or (parts and any(ours.fate())):
        return True
    if any(part not in their_text for part in ours.part_of()) or any(
        part not in our_text for part in theirs.part_of()
    ):
        return True
    if not ours.of_one and ours.of_a_part(their_text) != theirs.of_a_part(our_text):
        return True
    if any(_EARLIER.search(side.around) or _FROM.search(side.ahead) for side in (ours, theirs)):
        return True
    if any(_EXPECTED.search(side.around) for side in (ours, theirs)) and not all(
        _TO_COME.search(side.around) for side in (ours, theirs)
    ):
        return True
    if ours.change() != theirs.change() or _other_phase(ours, theirs, our_text, their_text):
        return True
    if _foreign(ours.names(), their_text) and _foreign(theirs.names(), our_text):
        return True
    mine, other = ours.acronyms(), theirs.acronyms()
    if mine and other and not mine & other:
        return True
    (clocks, days), (their_clocks, their_days) = ours.as_of(), theirs.as_of()
    return any(
        one and other and not one & other
        for one, other in (
            (ours.periods(), theirs.periods()),
            (clocks, their_clocks),
            (days, their_days),
        )
    )


def _of_other_reach(ours: Stated, theirs: Stated) -> bool:
    """Whether the one is of a part, of one of many, of the whole country, at least so, or what remains."""
    if any(_SOMEWHERE.search(side.ahead) or _ONE_OF.search(side.ahead) for side in (ours, theirs)):
        return True
    if any(set(word.findall(ours.ahead)) != set(word.findall(theirs.ahead)) for word in (_WIDE, _GRADE)):
        return True
    least = min(ours, theirs, key=lambda side: side.quantity.value)
    if _AT_LEAST.search(least.ahead) and not ours.as_of()[0] & theirs.as_of()[0]:
        return True
    return bool(_REMAINING.search(ours.ahead)) != bool(_REMAINING.search(theirs.ahead))


def _other_phase(ours: Stated, theirs: Stated, our_text: str, their_text: str) -> bool:
    """Whether the one counts a phase that the other does not; of a series ("đợt hai") both may tell."""
    mine, other = set(_PHASE.findall(ours.ahead)), set(_PHASE.findall(theirs.ahead))
    if mine and other:
        return not mine & other
    return any(not phase.startswith(_SERIES) or _SERIES not in their_text for phase in mine) or any(
        not phase.startswith(_SERIES) or _SERIES not in our_text for phase in other
    )


def _foreign(names: frozenset[str], text: str) -> bool:
    """Whether there are names and the text has none of them."""
    return bool(names) and not any(name in text for name in names)


def same_time(ours: Stated, theirs: Stated) -> bool:
    """Whether both sentences name the same hour or day themselves."""
    (clocks, days), (their_clocks, their_days) = ours.as_of(), theirs.as_of()
    return bool(clocks & their_clocks or days & their_days)


def _moment(ours: Stated, theirs: Stated) -> float:
    """1 where both sentences count up to the same hour, ``SAME_DAY`` where they only name the same day."""
    (clocks, _), (their_clocks, _) = ours.as_of(), theirs.as_of()
    if clocks & their_clocks:
        return 1.0
    return SAME_DAY if same_time(ours, theirs) else 0.0


def likeness(ours: Stated, theirs: Stated) -> int:
    """How many content words around both numbers are the same; the unit itself does not count.

    What befell those who are counted says what is counted, in whatever words: "chết", "thiệt mạng".
    """
    alike = len(ours.near & theirs.near)
    return alike + FATE_WORDS if any(ours.fate()) and ours.fate() == theirs.fate() else alike


def features(ours: Stated, theirs: Stated, shared: Overlap, alone: bool) -> tuple[float, ...]:
    """What speaks for both counting the same, each 0..1: see ``weights.json`` for what each weighs.

    ``alone``: neither report has another number of that unit for which the other gives none that agrees.
    """
    return (
        min(likeness(ours, theirs), 8) / 8,
        _same_words(words_of(ours.ahead)[-NEXT_WORDS:], words_of(theirs.ahead)[-NEXT_WORDS:]),
        min(1.0, 2 * shared.wording),
        _moment(ours, theirs),
        float(alike(ours.quantity.value, theirs.quantity.value)),
        min(ours.quantity.value, theirs.quantity.value) / max(ours.quantity.value, theirs.quantity.value),
        float(alone),
    )


def _same_words(one: list[str], other: list[str]) -> float:
    shorter = min(len(one), len(other))
    return len(set(one) & set(other)) / shorter if shorter else 0.0


def alike(one: float, other: float) -> bool:
    """Whether the figures look like slips of each other: the same digits, one more, or one changed."""
    a, b = _digits(one), _digits(other)
    if sorted(a) == sorted(b):
        return True
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1 and len(a) > 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) - len(shorter) == 1 and (longer[1:] == shorter or longer[:-1] == shorter)


def _digits(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.10g}"


def _decimals(value: float) -> int:
    return len(f"{value:.10g}".partition(".")[2])


def _is_elsewhere(unit: str, text: str) -> bool:
    """Whether a unit has a name ("xã Nậm Tảo", not "xã sơ tán") that the text does not have."""
    name = " ".join(takewhile(lambda word: word[0].isupper() or word[0].isdigit(), unit.split()[1:])).lower()
    return bool(name) and name not in text


def _in_common(mine: Iterable[str], other: Iterable[str]) -> bool:
    """Whether any name of the one is a name of the other, or a part of it."""
    theirs = list(other)
    return any(name in other_name or other_name in name for name in mine for other_name in theirs)


def _named_in(names: Iterable[str], side: Stated) -> bool:
    """Whether the sentence names any of them, and is no list of places with a number each."""
    if len(_FIGURE.findall(_NO_FIGURE.sub(" ", side.sentence.text))) > FEW_FIGURES:
        return False
    return any(name in side.sentence.text for name in names)


def _same_fate(ours: Stated, theirs: Stated) -> bool:
    mine, other = ours.fate(), theirs.fate()
    if _TOGETHER.search(ours.behind[:40]) or _TOGETHER.search(theirs.behind[:40]):
        return bool(_TOGETHER.search(ours.behind[:40]) and _TOGETHER.search(theirs.behind[:40]))
    if ours.quantity.unit and ours.quantity.unit[0] in PEOPLE:
        return mine == other
    return not (any(mine) and any(other)) or mine == other


def _may_have_grown(ours: Quantity, theirs: Quantity, gap: timedelta, later: bool) -> bool:
    """A toll that rises from report to report is news, not a contradiction."""
    if not ours.unit or ours.unit[0] not in GROWING:
        return False
    last, first = (ours.value, theirs.value) if later else (theirs.value, ours.value)
    return last > first and (gap > AT_ONCE or last < 1.5 * first)
