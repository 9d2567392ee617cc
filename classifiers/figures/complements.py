"""Whether a figure states what a share or ratio lacks: "26 xã chưa có", "5,4% còn lại"."""

from __future__ import annotations

import re

from classifiers.figures.concepts import plain
from classifiers.figures.context import Context
from classifiers.figures.indicators import Indicator
from classifiers.figures.numbers.quantity import Kind

_LACKING_AFTER = re.compile(
    r"(?:\s*(?!(?:có|đã|được|dùng|mà|nhưng|và)(?!\w))[^\W\d_]++){0,12}?"
    r"(?:,(?= (?:vẫn|còn) (?!thiếu \d|\w+ (?:hơn |gần |khoảng )?\d)))?\s*(?:vẫn |còn |hiện )?"
    r"(?:chưa|không có|không qua|không dùng|không nộp|nộp trực tiếp|chưa có|thiếu|chờ|đợi|trắng|khát)(?!\w)"
)
_LACKING_BEFORE = re.compile(
    r"(?<!\w)(?:không|chưa) (?:có|được|tham gia|dùng|đạt|lắp)[^.;]{0,35}"
    r"(?:chiếm|là|còn|khoảng|ở mức)\s*\S*\s*$"
)
_THE_REST = re.compile(
    r"(?<!\w)(?:còn|còn lại|số còn lại|phần còn lại)(?: lại)?(?: (?:là|khoảng|gần|hơn))?\s*$"
)
_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d+)?) ?%")
_RATIO = re.compile(r"(\d+)(?: ?/ ?| (?:trên|trong)(?: tổng)?(?: số)? )(\d+)")


def _is_the_rest(context: Context, indicator: Indicator) -> bool:
    """Whether it is what a share before it in the sentence leaves: "71,8% ...; còn 28,2% ..."."""
    if context.quantity.kind is Kind.COUNT:
        ratios = _RATIO.findall(context.text(context.before_in_sentence))
        left = "còn lại" in context.text(context.right) or _THE_REST.search(context.text(context.left))
        if left and any(int(b) - int(a) == context.quantity.value for a, b in ratios):
            return True
        entry = indicator.entries[-1]
        total = entry.total or 0.0
        if left and total and total - entry.number == context.quantity.value:
            return True
        # "81 xã đạt chuẩn; 23 xã còn lại ..."
        counts = re.findall(r"(?<![\d.,/])\d+(?![\d.,/%])", context.text(context.before_in_sentence))
        return bool(left) and any(total - int(count) == context.quantity.value for count in counts)
    right = context.text(context.right).lstrip()
    if not right.startswith("còn lại") and not _THE_REST.search(context.text(context.left)):
        return False
    return context.quantity.kind is Kind.PERCENT and follows_its_complement(context)


def follows_its_complement(context: Context) -> bool:
    """Whether a percentage before it in the sentence makes up a hundred with it."""
    earlier = _PERCENT.findall(context.text(context.before_in_sentence))
    return any(make_up_the_whole(float(p.replace(",", ".")), context.quantity.value) for p in earlier)


def make_up_the_whole(one: float, other: float) -> bool:
    """Whether two percentages make up a hundred, as far as one decimal tells."""
    return abs(one + other - 100) < 0.051


def is_complement(context: Context, indicator: Indicator) -> bool:
    """Whether the figure states what a share or ratio lacks: "26 xã chưa có", "không có thẻ (22%)"."""
    if indicator.kind not in (Kind.PERCENT, Kind.RATIO) or re.search(r"thiếu|chưa", plain(indicator.name)):
        return False
    if _is_the_rest(context, indicator):
        return True
    right = context.text((context.quantity.end, min(context.sentence[1], context.quantity.end + 60)))
    if _LACKING_AFTER.match(right):
        return True
    return bool(_LACKING_BEFORE.search(context.text(context.before_in_sentence)[-60:]))
