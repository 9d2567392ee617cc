"""Whether something is told plainly, denied, or only expected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from classifiers.signals.headline.slots.slot import Place
from classifiers.signals.reading import Reading, Token, tokens_of
from classifiers.signals.wording import STOP

DENIED = re.compile(
    r"\b(?:không(?! khí| gian| quân| chỉ| ngừng| lực| tải)|chưa|chẳng|phủ nhận|bác bỏ|bác tin|từ chối|đừng|"
    r"khó)(?: \w+){0,3} \Z"
)
HEDGED = re.compile(
    r"\b(?:nghi|có thể|sẽ|dự kiến|đề xuất|kiến nghị|đề nghị|nếu|muốn|nguy cơ|sắp|chuẩn bị|phấn đấu|kế hoạch|"
    r"xin|dự thảo|xem xét|lấy ý kiến|khả năng|cho rằng|tin đồn|để|nhằm)(?: \w+){0,4} \Z"
)
_CALLED_FALSE = re.compile(
    r"\A[^.;,]{0,25}\b(?:là|hoàn toàn) (?:sai|không đúng|bịa|thất thiệt|tin giả|tin đồn)|"
    r"\A[^.,;]{0,20} không đúng"
)
_STOPPED = re.compile(
    r"\b(?:dừng|ngừng|bỏ|hủy|hoãn|thôi|cấm|chấm dứt|hết|ngưng|tránh|miễn|khỏi|đình chỉ|thiếu|quên|nhắc|"
    r"nhắc nhở|phạt)(?: \w+){0,2} \Z"
)
_MARK = re.compile(r"[,;:.]")
_REACH = 45


def denied(place: Place) -> bool:
    """Whether the clause denies what stands at a place."""
    before = _MARK.split(place.sentence.text[max(0, place.start - _REACH) : place.start])[-1]
    return bool(DENIED.search(before)) or bool(
        _CALLED_FALSE.search(place.sentence.text[place.end : place.end + _REACH])
    )


def stopped(ahead: str) -> bool:
    """Whether what comes next is not done, or lacking: "dừng bắn pháo hoa", "bị nhắc mũ bảo hiểm"."""
    return bool(_STOPPED.search(ahead))


def hedged(place: Place) -> bool:
    """Whether the clause only expects, proposes or suspects what stands at a place."""
    before = _MARK.split(place.sentence.text[max(0, place.start - _REACH) : place.start])[-1]
    return bool(HEDGED.search(before))


def word_pairs(text: str) -> list[tuple[Token, Token]]:
    """Neighbouring words that both carry content."""
    return [
        (one, other)
        for one, other in pairwise(tokens_of(text))
        if _carries(one.word) and _carries(other.word) and other.start - one.end < 2
    ]


def told_of(target: Reading, pairs: Iterable[tuple[Token, Token]]) -> list[Place]:
    """Where lead and text have the same word pairs."""
    wanted = {(one.word, other.word) for one, other in pairs}
    return [
        Place(sentence, one.start, other.end)
        for sentence, words in zip(target.sentences, target.spoken, strict=True)
        for one, other in pairwise(words)
        if (one.word, other.word) in wanted
    ]


def _carries(word: str) -> bool:
    return word not in STOP and len(word) > 1 and not word[0].isdigit() and word[0] != "·"
