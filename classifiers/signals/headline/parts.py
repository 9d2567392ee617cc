"""Numbers of the title that the text gives to something wider, in another unit, or otherwise per unit."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, content_pairs
from classifiers.signals.headline.counts import LABEL, measure, same_thing, title_numbers
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence

BEFORE, BEHIND = 70, 60
"""Characters around a number within which a text may give it what the title gives it."""
CLOSE_BEFORE, CLOSE_BEHIND = 45, 25
"""Characters within which a smaller number clearly has it."""
_TIMES = frozenset(
    {"năm", "tháng", "ngày", "giờ", "phút", "tuần", "giây", "tuổi", "lần", "điểm", "loại", "cách"}
)
WORDS = 6
"""Words behind a unit that still say what is counted."""
_PLACE = re.compile(r"([^\s:]+(?: [^\s:]+){1,2}):")
_CLASSIFIERS = frozenset({"con", "chiếc", "cái", "ngôi", "căn", "quả", "tấm", "bức", "khu", "điểm", "vị"})
_NUMBER = re.compile(r"\d")
_OF_WHICH = re.compile(r"\b(?:trong đó|trong (?:tổng )?số)\b")
_SUM = re.compile(r"\b(?:thêm|còn|khác|còn lại|mỗi|từng|lần lượt|nữa|trước đó|cùng kỳ|năm ngoái)\b")


def part_for_whole(target: Reading) -> Candidate | None:
    """All 22 boats are of steel in the title; the text has 22 boats, "16 tàu vỏ thép" among them."""
    title = target.title.text
    for quantity in title_numbers(target):
        if (
            quantity.value < 2
            or not quantity.unit
            or quantity.unit[0] in _TIMES
            or measure(quantity) not in {"count", "length", "area"}
        ):
            continue
        if LABEL.match(title) and quantity.start < title.find(":"):
            continue
        own = [(s, q) for s, q in target.quantities if q.agrees(quantity) and _alike(quantity, q)]
        parts = [
            (s, q)
            for s, q in target.quantities
            if q.value > 1 and q.high < 0.9 * quantity.low and _alike(quantity, q)
        ]
        if not own or not parts:
            continue
        label, qualifiers = _qualifiers(target.title, quantity)
        for phrase in (*label, *qualifiers):
            if any(_near(s, q, phrase, BEFORE, BEHIND) for s, q in own):
                continue
            for sentence, part in parts:
                if _close(sentence, part, phrase, phrase in label) and _of_it(sentence, part, own):
                    _, end = clause(title, quantity.start, quantity.end)
                    return Candidate.whole("part", quantity.start, end, sentence)
    return None


def _thing(quantity: Quantity) -> str:
    """What is counted, without the word that only makes it countable: "con tàu" is "tàu"."""
    unit = quantity.unit or ("",)
    return unit[1] if len(unit) > 1 and unit[0] in _CLASSIFIERS else unit[0]


def _of_it(sentence: Sentence, part: Quantity, own: list[tuple[Sentence, Quantity]]) -> bool:
    """Whether the smaller number is said to be a part of the one of the title."""
    before = sentence.text[: part.start]
    if _SUM.search(sentence.text[max(0, part.start - 25) : part.end + 20]):
        return False
    return bool(_OF_WHICH.search(before)) or any(s is sentence and q.start < part.start for s, q in own)


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.percent == other.percent and (same_thing(one, other) or _thing(one) == _thing(other))


def _qualifiers(title: Sentence, quantity: Quantity) -> tuple[list[str], list[str]]:
    """What the title says of the number: a name before a colon, and the content words behind its unit."""
    _, end = clause(title.text, quantity.start, quantity.end)
    behind = title.text[quantity.end : end].split()
    close = content_pairs(" ".join(behind[1 : 1 + WORDS]))
    label = _PLACE.match(title.cased)
    return (
        _phrases(content_pairs(label.group(1).lower()) if label else set()),
        _phrases({pair for pair in close if not set(quantity.unit[:1]) & set(pair)}),
    )


def _phrases(pairs: set[tuple[str, str]]) -> list[str]:
    return sorted(" ".join(pair) for pair in pairs)


def _near(sentence: Sentence, quantity: Quantity, phrase: str, before: int, behind: int) -> bool:
    return phrase in sentence.text[max(0, quantity.start - before) : quantity.end + behind]


def _close(sentence: Sentence, quantity: Quantity, phrase: str, before: bool) -> bool:
    """Whether a number has the phrase behind it, or ``before`` it, with no other number between them."""
    text = sentence.text
    at = text.find(phrase, quantity.end, quantity.end + CLOSE_BEHIND + len(phrase))
    if at >= 0:
        return not _NUMBER.search(text[quantity.end : at])
    at = text.rfind(phrase, max(0, quantity.start - CLOSE_BEFORE), quantity.start) if before else -1
    return at >= 0 and not _NUMBER.search(text[at : quantity.start])


_RATE = re.compile(
    r"(?:/ ?|\b(?:một|mỗi|trên một|trên mỗi) )(?P<per>héc ta|hecta|ha|sào|người|hộ|lượt|tháng|cân|kg|tấn|"
    r"con|chuyến|suất|ngày|m2|mét vuông)\b"
)
_AREA = {"héc ta": "héc ta|hecta|ha", "hecta": "héc ta|hecta|ha", "ha": "héc ta|hecta|ha"}
RATE_REACH = 25


def other_rate(target: Reading) -> Candidate | None:
    """900 million a hectare in the title, and 150 million a hectare in the text."""
    title = target.title.text
    for quantity in title_numbers(target):
        told = _RATE.search(title, quantity.end, quantity.end + RATE_REACH)
        if not told or measure(quantity) != "money":
            continue
        per = _AREA.get(told.group("per"), told.group("per"))
        rate = re.compile(rf"(?:/ ?|\b(?:mỗi|một) )(?:{per})\b")
        rates = [
            (s, q)
            for s, q in target.quantities
            if measure(q) == "money" and rate.search(s.text, max(0, q.start - RATE_REACH), q.end + RATE_REACH)
        ]
        if len(rates) == 1 and not quantity.agrees(rates[0][1]):
            return Candidate.whole("count", quantity.start, told.end(), rates[0][0])
    return None


_UNITS = (
    ("ha", "km2", "km²", "m2", "m²", "mét vuông", "sào"),
    ("kg", "tạ", "tấn", "yến"),
    ("nghìn", "ngàn", "triệu", "tỷ", "tỉ"),
    ("giờ", "ngày", "tuần", "tháng", "năm"),
    ("km", "mét", "m", "cm"),
)
_SAME_UNIT = ({"nghìn", "ngàn"}, {"tỷ", "tỉ"}, {"m2", "m²", "mét vuông"}, {"km2", "km²"}, {"mét", "m"})
_MEASURED = tuple(
    re.compile(rf"(?<![\w.,/\-])(\d[\d.,]*) ?({'|'.join(map(re.escape, units))})\b(?! trước| sau| nữa)")
    for units in _UNITS
)


def other_unit(target: Reading) -> Candidate | None:
    """120 km2 in the title and 120 ha in the text, and never in the title's unit."""
    title = target.title.text
    for pattern in _MEASURED:
        for told in pattern.finditer(title):
            number, unit = told.groups()
            if len(number) < 2:
                continue
            places = [
                (sentence, found)
                for sentence in target.sentences
                for found in pattern.finditer(sentence.text)
                if found.group(1).rstrip(".,") == number.rstrip(".,")
            ]
            if not places or any(_same(unit, found.group(2)) for _, found in places):
                continue
            if re.search(rf"\b{re.escape(unit)}\b", target.body) and unit not in ("km2", "ha", "tỷ", "triệu"):
                continue
            sentence, _ = places[0]
            return Candidate.whole(
                "object", told.start(), clause(title, told.start(), told.end())[1], sentence
            )
    return None


def _same(one: str, other: str) -> bool:
    return one == other or any({one, other} <= same for same in _SAME_UNIT)
