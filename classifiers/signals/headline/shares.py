"""Numbers that the title gives to one, and the text to all of whom that one is a part."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause
from classifiers.signals.headline.counts import LABEL, measure, title_numbers
from classifiers.signals.headline.slots.stance import word_pairs
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence

_OF_WHICH = re.compile(
    r"(?:\A|, |\()(?:trong đó|trong số|riêng),?(?: có| tỉnh| huyện| xã| phường| thành phố| tp)* \Z"
)
_LENGTH = re.compile(r"\d[\d.,]* (?:km|m)\b")
_SUM = re.compile(
    r"\b(?:thêm|còn|khác|còn lại|mỗi|lần lượt|nữa|trước đó|cùng kỳ|năm ngoái|đợt|giai đoạn|so với)\b"
)
_TIMES = frozenset({"năm", "tháng", "ngày", "giờ", "phút", "tuần", "tuổi", "lần", "điểm"})
BEFORE, AROUND = 70, 90
_PLURAL = re.compile(r"\b(?:các|những|toàn|cả|mọi) \Z")
SHARE = 0.85
LEAST = 10


def share_of_all(target: Reading) -> Candidate | None:
    """291 communes of one province in the title; in the text they are of 23, and eight of them its own."""
    title = target.title.text
    for quantity in title_numbers(target):
        if quantity.value < LEAST or quantity.percent or not quantity.unit or quantity.unit[0] in _TIMES:
            continue
        if LABEL.match(title) and quantity.start < title.find(":"):
            continue
        own = [(s, q) for s, q in target.quantities if q.agrees(quantity) and _alike(q, quantity)]
        parts = [
            (s, q) for s, q in target.quantities if _alike(q, quantity) and q.high < SHARE * quantity.low
        ]
        if not own or not parts:
            continue
        _, end = clause(title, quantity.start, quantity.end)
        for phrase in _phrases(title, quantity):
            if any(phrase in s.text[max(0, q.start - AROUND) : q.end + AROUND] for s, q in own):
                continue
            for sentence, part in parts:
                if _given(sentence, part, phrase):
                    return Candidate.whole("part", 0, end, sentence)
    return None


def _alike(one: Quantity, other: Quantity) -> bool:
    if measure(one) != measure(other) or not one.unit or one.percent:
        return False
    return measure(one) == "money" or one.unit[0] == other.unit[0]


def _phrases(title: str, quantity: Quantity) -> list[str]:
    """Word pairs of the title that are no part of the number."""
    return [
        f"{one.word} {other.word}"
        for one, other in word_pairs(title)
        if not _PLURAL.search(title[: one.start])
        and (other.end <= quantity.start or one.start >= quantity.end + len(" ".join(quantity.unit[:1])))
    ]


def _given(sentence: Sentence, part: Quantity, phrase: str) -> bool:
    """Whether the smaller number is told of the phrase, as a part of what was told before."""
    before = sentence.text[max(0, part.start - BEFORE) : part.start]
    at = before.rfind(phrase)
    if at < 0 or re.search(r"\d|[;.]", _LENGTH.sub("", before[at:])):
        return False
    opening = _OF_WHICH.search(sentence.text[: part.start - len(before) + at])
    return opening is not None and not _SUM.search(before + sentence.text[part.start : part.end + 15])
