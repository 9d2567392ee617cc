"""Titles whose own words the text only denies, calls false, or or counts otherwise."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, shared, unnamed
from classifiers.signals.headline.certainty import HEDGED
from classifiers.signals.headline.slots.stance import stopped, word_pairs
from classifiers.signals.reading import Reading, Sentence
from classifiers.signals.wording import SEVERAL, number_of

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
LEAST_ALIKE, ALIKE = 2, 3
"""Content words that the title shares with a sentence on its matter, which counts or denies what it tells."""


def plainly_denied(target: Reading) -> Candidate | None:
    """What the title says stands in the text only right behind "không" or "chưa", or as a rumour."""
    told = unnamed(target.title)
    if HEDGED.search(told) or re.search(r"[\"“‘']", told):
        return None
    for one, other in word_pairs(told):
        phrase = f"{one.word} {other.word}"
        sentence = _only_denied(target, phrase)
        at = target.title.text.find(phrase)
        if stopped(told[: one.start]):
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


_ALL_OF = re.compile(rf"\b(?:cả|toàn bộ|tất cả) (?P<all>\d{{1,4}}|{SEVERAL}) (?P<unit>[^\W\d_]+)")
_OF = re.compile(
    r"\b(?P<some>\d{1,4})(?: [^\W\d_]+){0,2} ?(?:/|trên|trong(?: tổng)?(?: số)?) ?(?P<all>\d{1,4})\b"
)


def fewer_of(target: Reading) -> Candidate | None:
    """ "Cả 12 xã" in the title, "9 trên 12 xã" in the text."""
    match = _ALL_OF.search(target.title.text)
    if not match or HEDGED.search(unnamed(target.title)):
        return None
    every = number_of(match.group("all"))
    for sentence in target.sentences:
        found = _OF.search(sentence.text)
        if (
            found
            and int(found.group("all")) == every
            and int(found.group("some")) < every
            and match.group("unit") in sentence.text[found.end() : found.end() + 12]
        ):
            return Candidate.about("extent", target.title.text, match.span(), sentence)
    return None


_NOT_ONE = re.compile(
    r"\bkhông (?:có |một |phải )?(?:[^\W\d_]+ ){1,3}nào (?:[^\W\d_]+ ){0,4}?\Z|"
    r"\bchưa (?:có |một |ghi nhận |phát hiện |xảy ra )+(?:[^\W\d_]+ ){0,3}(?:nào )?(?:[^\W\d_]+ ){0,2}?\Z|"
    r"\bkhông (?:phát hiện|ghi nhận|xảy ra|thấy|tìm thấy) (?:[^\W\d_]+ ){0,3}?\Z|"
    r"\bchứ không phải (?:là )?(?:[^\W\d_]+ ){0,2}?\Z"
)
REACH = 60


def of_none(target: Reading) -> Candidate | None:
    """Cholera found in the title; in the text no sample has it."""
    told = unnamed(target.title)
    if HEDGED.search(told) or re.search(r"[\"“‘']", told):
        return None
    for one, other in word_pairs(told):
        phrase = f"{one.word} {other.word}"
        places = [
            (sentence, found.start())
            for sentence in target.sentences
            for found in re.finditer(rf"\b{re.escape(phrase)}\b", sentence.text)
        ]
        if places and all(_NOT_ONE.search(s.text[max(0, at - REACH) : at]) for s, at in places):
            at = target.title.text.find(phrase)
            start, end = clause(target.title.text, at, at + len(phrase))
            return Candidate.whole("denied", start, end, places[0][0])
    return None


_NO_CASE = re.compile(
    r"\b(?:không|chưa) (?:một |có |ghi nhận |xảy ra |phát hiện |"
    r"có một )+(?P<what>[^\W\d_]+ [^\W\d_]+(?: [^\W\d_]+)?)"
)
_CASES = (
    r"\b(?:ghi nhận|có|xảy ra|phát hiện|thêm|tổng cộng|là) (?:khoảng |hơn |gần |tổng cộng )?"
    rf"(?:\d[\d.]*|{SEVERAL}) "
)
_NOT_SO = re.compile(r"\b(?:không|chưa) (?:\w+ ){0,3}\Z")
_EARLIER = re.compile(r"\b(?:năm ngoái|năm trước|trước đây|trước đó|cùng kỳ|từng|hồi)\b")


def some_for_none(target: Reading) -> Candidate | None:
    """No case in the title, 46 cases in the text."""
    title = target.title.text
    match = _NO_CASE.search(title)
    if not match:
        return None
    what = match.group("what").split()
    counted = re.compile(_CASES + re.escape(" ".join(what[:2])) + r"\b")
    if re.search(rf"\b(?:không|chưa) (?:\w+ ){{0,3}}{re.escape(' '.join(what[:2]))}\b", target.body):
        return None
    found: list[Sentence] = [
        s
        for s in target.sentences
        for m in counted.finditer(s.text)
        if not _NOT_SO.search(s.text[: m.start()]) and not _EARLIER.search(s.text)
    ]
    if not found or shared(found[0].text, title) < LEAST_ALIKE:
        return None
    return Candidate.about("denied", title, match.span(), found[0])


ALIKE = 2
