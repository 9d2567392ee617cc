"""Titles that rank higher, or for wider, than the text, or give the prize to another."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import NAME, Candidate, shared
from classifiers.signals.reading import Reading, Sentence

_SCOPES = (
    r"(?:xã|phường|thôn|bản|trường|lớp)",
    r"(?:huyện|thị xã|thành phố|tp)",
    r"(?:toàn |cả )?tỉnh",
    r"(?:khu vực|vùng|miền (?:bắc|trung|nam|tây|núi)|(?:các tỉnh )?phía (?:bắc|nam)|tây nguyên|tây bắc|đồng "
    r"bằng|đông bắc|duyên hải|miền)",
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
    r"mười|\d+|sau)\b|\bthứ (?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười|\d+)\b"
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
    return Candidate.about("level", title, match.span(), against)


_PRIZE = re.compile(
    r"\b(?P<kind>giải|huy chương|hạng|cúp) (?P<level>đặc biệt|nhất|nhì|ba|tư|khuyến khích|vàng|bạc|đồng|"
    r"\d{1,2})\b(?! (?:tỷ|triệu))"
)


def prize_of_another(target: Reading) -> Candidate | None:
    """First prize in the title; in the text another has it, and the one of the title the third."""
    match = _PRIZE.search(target.title.text)
    if not match:
        return None
    names = [n.group().lower() for n in NAME.finditer(target.title.cased)]
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
    return Candidate.about("level", target.title.text, match.span(), other)
