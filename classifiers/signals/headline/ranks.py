"""Titles that rank higher, or for wider, than the text; terms of prison; none where the text counts some."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, shared
from classifiers.signals.headline.slots.stance import word_pairs
from classifiers.signals.reading import UPPER, Reading, Sentence

_SCOPES = (
    r"(?:xã|phường|thôn|bản|trường|lớp)",
    r"(?:huyện|thị xã|thành phố|tp)",
    r"(?:toàn |cả )?tỉnh",
    r"(?:khu vực|vùng|miền (?:bắc|trung|nam|tây|núi)|(?:các tỉnh )?phía (?:bắc|nam)|tây nguyên|tây bắc|"
    r"đồng bằng|"
    r"đông bắc|duyên hải|miền)",
    r"(?:(?:cả |toàn )?nước|toàn quốc|việt nam|quốc gia)",
    r"(?:đông nam á|châu á|khu vực asean|asean)",
    r"(?:thế giới|hành tinh|toàn cầu|quốc tế)",
)
_FIRST = (
    r"(?:(?:lớn|cao|dài|nhiều|đông|đắt|sâu|rộng|tốt|mạnh|giỏi|ngon|thấp|nhỏ|trẻ|già|giàu) nhất|đứng đầu|"
    r"đứng nhất|dẫn đầu|thủ khoa|số (?:một|1)|đầu bảng|vô địch|quán quân)"
)
_WIDE = tuple(
    (re.compile(rf"\b{_FIRST}(?: [^\W\d_]+){{0,4}}? (?:ở |tại |trong |của )?{scope}\b"), n)
    for n, scope in enumerate(_SCOPES)
)
_ALONE = tuple((re.compile(rf"\b{scope}\b"), n) for n, scope in enumerate(_SCOPES))
_LOWER = re.compile(
    r"\b(?:xếp|đứng|vị trí|hạng|ở vị trí)(?: \w+)?(?: thứ| hạng)? (?:nhì|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|"
    r"mười|\d+|sau)\b|"
    r"\bthứ (?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười|\d+)\b"
)
COUNTRY = 4


def wider_rank(target: Reading) -> Candidate | None:
    """First of the country in the title, first of the province in the text."""
    title = target.title.text
    told = [(n, m) for pattern, n in _WIDE if (m := pattern.search(title))]
    if not told:
        return None
    level, match = max(told, key=lambda found: found[0])
    if level < COUNTRY:
        return None
    against = None
    for sentence in target.sentences:
        text = sentence.text
        if any(n >= level for pattern, n in _WIDE if pattern.search(text)):
            return None
        scoped = any(n == level for pattern, n in _ALONE if pattern.search(text))
        smaller = any(n < level for pattern, n in _WIDE if pattern.search(text))
        if (scoped and _LOWER.search(text)) or (smaller and shared(text, title) > 1):
            against = against or sentence
    if against is None:
        return None
    start, end = clause(title, match.start(), match.end())
    return Candidate.whole("level", start, end, against)


_SPELLED = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_TERM = re.compile(
    rf"\b(?P<n>\d{{1,2}}|{'|'.join(_SPELLED)}) (?P<unit>năm|tháng)(?: (?P<more>\d{{1,2}}) tháng)? tù\b"
)
_TERMED = re.compile(rf"\b(?P<n>\d{{1,2}}|{'|'.join(_SPELLED)}) (?P<unit>năm|tháng)\b")
_SENTENCED = re.compile(r"\b(?:tuyên|xử|phạt|lĩnh|lãnh|mức án|y án|nhận|chịu)\b")


def other_term(target: Reading) -> Candidate | None:
    """Ten years of prison in the title, three in the text."""
    title = target.title.text
    match = _TERM.search(title)
    if not match or re.search(r"\b(?:đề nghị|tổng|gần|hơn|đến|tới|từ) \Z", title[: match.start()]):
        return None
    months = _months(match)
    terms = [
        (s, m)
        for s in target.sentences
        for m in _TERM.finditer(s.text)
        if _SENTENCED.search(s.text[: m.start()])
    ]
    told = {_months(m) for _, m in terms}
    anywhere = {_months(m) for s in target.sentences for m in _TERMED.finditer(s.text)}
    if not told or months in anywhere or len(told) > FEW or sum(told) == months:
        return None
    sentence, _ = terms[0]
    start, end = clause(title, match.start(), match.end())
    return Candidate.whole("count", start, end, sentence)


FEW = 2
"""Different terms of one trial; of more, one may stand in a part of the text that was not read."""


def _months(match: re.Match[str]) -> int:
    number = _SPELLED.get(match.group("n")) or int(match.group("n"))
    return number * (12 if match.group("unit") == "năm" else 1)


_NONE = re.compile(
    r"\b(?:không|chưa) (?:một |có |ghi nhận |xảy ra |phát hiện |"
    r"có một )+(?P<what>[^\W\d_]+ [^\W\d_]+(?: [^\W\d_]+)?)"
)
_SOME = (
    r"\b(?:ghi nhận|có|xảy ra|phát hiện|thêm|tổng cộng|là) (?:khoảng |hơn |gần |tổng cộng )?"
    r"(?:\d[\d.]*|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) "
)
_DENIED = re.compile(r"\b(?:không|chưa) (?:\w+ ){0,3}\Z")
_EARLIER = re.compile(r"\b(?:năm ngoái|năm trước|trước đây|trước đó|cùng kỳ|từng|hồi)\b")


def some_for_none(target: Reading) -> Candidate | None:
    """No case in the title, 46 cases in the text."""
    title = target.title.text
    match = _NONE.search(title)
    if not match:
        return None
    what = match.group("what").split()
    counted = re.compile(_SOME + re.escape(" ".join(what[:2])) + r"\b")
    if re.search(rf"\b(?:không|chưa) (?:\w+ ){{0,3}}{re.escape(' '.join(what[:2]))}\b", target.body):
        return None
    found: list[Sentence] = [
        s
        for s in target.sentences
        for m in counted.finditer(s.text)
        if not _DENIED.search(s.text[: m.start()]) and not _EARLIER.search(s.text)
    ]
    if not found or shared(found[0].text, title) < ALIKE:
        return None
    start, end = clause(title, match.start(), match.end())
    return Candidate.whole("denied", start, end, found[0])


ALIKE = 2


_PRIZE = re.compile(
    r"\b(?P<kind>giải|huy chương|hạng|cúp) (?P<level>đặc biệt|nhất|nhì|ba|tư|khuyến khích|vàng|bạc|đồng|"
    r"\d{1,2})\b(?! (?:tỷ|triệu))"
)
_NAME = re.compile(rf"(?<!\w)[{UPPER}]\w*(?: [{UPPER}]\w*)+")


def prize_of_another(target: Reading) -> Candidate | None:
    """First prize in the title; in the text another has it, and the one of the title the third."""
    match = _PRIZE.search(target.title.text)
    if not match:
        return None
    names = [n.group().lower() for n in _NAME.finditer(target.title.cased)]
    tails = {" ".join(name.split()[-2:]) for name in names}
    other: Sentence | None = None
    for sentence in target.sentences:
        named = any(tail in sentence.text for tail in tails)
        prizes = {
            m.group("level") for m in _PRIZE.finditer(sentence.text) if m.group("kind") == match.group("kind")
        }
        if named and match.group("level") in prizes:
            return None
        if named and prizes and other is None:
            other = sentence
    if other is None:
        return None
    start, end = clause(target.title.text, match.start(), match.end())
    return Candidate.whole("level", start, end, other)


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
        if not q.percent and any(deed in s.text[q.end : q.end + NEAR] for deed in deeds)
    ]
    if not told or any(q.value >= SMALL * max(totals) for _, q in told):
        return None
    return Candidate.whole("extent", start, end, told[0][0])


NEAR = 40
