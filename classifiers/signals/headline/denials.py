"""Titles whose own words the text only denies, calls false, or gives to fewer."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, shared, unnamed
from classifiers.signals.headline.certainty import HEDGED
from classifiers.signals.headline.slots.stance import word_pairs
from classifiers.signals.reading import Reading, Sentence

_DENIED = re.compile(
    r"(?<!(?<!ngân )hàng )(?<!sao bạn )\b(?:không|chưa)(?: hề| từng)?(?: bị| được| có| phải)? \Z|"
    r"\b(?:bác tin|phủ nhận(?: việc| chuyện)?|không có chuyện) \Z"
)
_WISHED = re.compile(r"\b(?:sẽ|để|nếu|đừng|nên|liệu|sao|có thể)\b[^.,;]{0,30}\Z")
_RUMOUR = re.compile(r"\b(?:tin|đồn|mạng xã hội|cho rằng|nghi|lan truyền)\b")
_NO_DENIAL = re.compile(r"\A(?:khí|gian|quân|khỏi|ngờ|trung|lực|bao giờ|liên quan|chỉnh sửa)\b")
_CALLED = re.compile(
    r"\b(?:thông tin|tin đồn|tin)\b(?P<what>[^.;]{4,70}?)(?: trên mạng(?: xã hội)?| lan truyền)*"
    r" (?:đều )?là (?:hoàn toàn )?(?:sai|không đúng|bịa đặt|không có thật|thất thiệt|không chính xác)\b"
)
_STOPPED = re.compile(
    r"\b(?:dừng|ngừng|bỏ|hủy|hoãn|thôi|cấm|chấm dứt|hết|ngưng|tránh|miễn|khỏi|đình chỉ)(?: \w+){0,2} \Z"
)
ALIKE = 3
"""Content words that the title shares with a sentence on the same matter."""


def plainly_denied(target: Reading) -> Candidate | None:
    """What the title says stands in the text only right behind "không" or "chưa", or as a rumour."""
    told = unnamed(target.title)
    if HEDGED.search(told) or re.search(r"[\"“‘']", told):
        return None
    for one, other in word_pairs(told):
        phrase = f"{one.word} {other.word}"
        sentence = _only_denied(target, phrase)
        at = target.title.text.find(phrase)
        if _STOPPED.search(told[: one.start]):
            continue
        if sentence is not None and at >= 0 and shared(sentence.text, told) >= ALIKE:
            start, end = clause(target.title.text, at, at + len(phrase))
            return Candidate.whole("denied", start, end, sentence)
    return None


def _only_denied(target: Reading, phrase: str) -> Sentence | None:
    """The sentence that denies a phrase, when no other has it but as a rumour."""
    against = None
    for sentence in target.sentences:
        for found in re.finditer(rf"\b{re.escape(phrase)}\b", sentence.text):
            before = sentence.text[: found.start()]
            denial = _DENIED.search(before)
            if denial and not _WISHED.search(before[: denial.start()]) and not _NO_DENIAL.match(phrase):
                against = against or sentence
            elif not _RUMOUR.search(before):
                return None
    return against


def called_false(target: Reading) -> Candidate | None:
    """The text calls the news of the title false."""
    told = unnamed(target.title)
    if HEDGED.search(told):
        return None
    for sentence in target.sentences:
        found = _CALLED.search(sentence.text)
        if found and shared(found.group("what"), told) >= 2:
            return Candidate.whole("denied", 0, len(target.title.text.rstrip()), sentence)
    return None


_ALL_OF = re.compile(
    r"\b(?:cả|toàn bộ|tất cả) (?P<all>\d{1,4}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?P<unit>[^\W\d_]+)"
)
_OF = re.compile(
    r"\b(?P<some>\d{1,4})(?: [^\W\d_]+){0,2} ?(?:/|trên|trong(?: tổng)?(?: số)?) ?(?P<all>\d{1,4})\b"
)
_SPELLED = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}


def fewer_of(target: Reading) -> Candidate | None:
    """ "Cả 12 xã" in the title, "9 trên 12 xã" in the text."""
    match = _ALL_OF.search(target.title.text)
    if not match or HEDGED.search(unnamed(target.title)):
        return None
    every = int(_SPELLED.get(match.group("all"), 0) or match.group("all"))
    for sentence in target.sentences:
        found = _OF.search(sentence.text)
        if (
            found
            and int(found.group("all")) == every
            and int(found.group("some")) < every
            and match.group("unit") in sentence.text[found.end() : found.end() + 12]
        ):
            start, end = clause(target.title.text, match.start(), match.end())
            return Candidate.whole("extent", start, end, sentence)
    return None
