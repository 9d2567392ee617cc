"""Titles that give to one, or to half of all, what the text gives to all of them, or to far fewer."""

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
NEAR_DEED = 40


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


_HALF = re.compile(
    r"\b(?:nửa số|một nửa|quá nửa|hơn nửa|hơn một nửa|đa số|phần lớn|hầu hết|ba phần tư|hai phần ba) "
    r"(?P<what>[^\W\d_]+(?: [^\W\d_]+)?)"
)
SMALL = 0.3


def less_than_half(target: Reading) -> Candidate | None:
    """Half of the pupils in the title, 96 of 21,340 in the text."""
    title = target.title.text
    match = _HALF.search(title)
    if not match:
        return None
    start, end = clause(title, match.start(), match.end())
    deeds = [f"{a.word} {b.word}" for a, b in word_pairs(title[match.end() : end])]
    totals = [q.value for _, q in target.quantities if not q.percent and q.unit]
    if not totals or not deeds:
        return None
    told = [
        (s, q)
        for s, q in target.quantities
        if not q.percent and any(deed in s.text[q.end : q.end + NEAR_DEED] for deed in deeds)
    ]
    if not told or any(q.value >= SMALL * max(totals) for _, q in told):
        return None
    return Candidate.whole("extent", start, end, told[0][0])
