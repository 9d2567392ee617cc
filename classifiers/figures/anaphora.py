"""A figure whose subject stands with the figure before it: "con số này là 488", "Lam Giang 57,3%"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classifiers.figures.binding import Bound, counts_the_same
from classifiers.figures.complements import make_up_the_whole
from classifiers.figures.concepts import WORD
from classifiers.figures.context import Context
from classifiers.figures.cues import cue
from classifiers.figures.neighbours import Neighbour
from classifiers.figures.numbers.quantity import Kind
from classifiers.figures.places import Area, marks_in
from classifiers.figures.times import periods_in, shifted_in

_THAT = r"(?: (?:nói trên|vừa nêu|này|ấy|đó|trên|kia))"
_VERB = (
    "(?:có|dài tới|dài đến|mới|đã|chỉ|là|còn|dừng|đạt|lên|ở|vẫn|tăng|giảm|leo|nhích|tụt|vọt|vào khoảng|khoảng"
    "|gần|hơn)"
)
_WHAT = (
    "(?:con số|tỷ lệ|tỉ lệ|chỉ số|mức|khoản|số lượng|lượng|quy mô|mật độ|kết quả|thứ hạng|bộ|danh sách"
    "|độ phủ|độ che phủ|tổng số|kim ngạch|doanh thu|doanh số|số tiền|số)(?: [^\\W\\d_]+){0,2}?"
)
_REFERS = re.compile(
    rf"(?<!\w)(?:{_WHAT}{_THAT}|con số"
    rf"|(?:tỷ lệ|tỉ lệ|số lượng|kim ngạch|số thu|danh sách)(?= {_VERB}(?!\w)))(?!\w)"
)
_FROM_THAT = re.compile(
    r"(?<!\w)(?:trong|trên|so với|từ|trong tổng|gấp|bằng|hơn|kém|vượt|trừ|ngoài|cùng với|tương đương"
    r"|theo|một phần|phần lớn|phần|nửa)\s*$"
)
_SHARE_OF = re.compile(
    r"(?<!\w)(?:bằng|chiếm|tương đương|tương ứng|gấp|cộng|trừ|mỗi|riêng|gồm|trong đó)(?!\w)"
)
_TIMES = frozenset(("năm", "tháng", "quý", "ngày", "cuối", "đầu", "giữa", "hết", "kỳ", "trước", "sau", "nay"))
_POINTERS = frozenset(("ngoái", "qua", "này", "nọ", "mới", "vừa", "rồi", "hồi"))
_DEGREES = frozenset(("ít", "nhiều", "cao", "thấp"))
_COMPLETED = frozenset(("xong", "hoàn", "thành", "xây", "làm"))
_THINGS = ("mục", "cái", "chiếc", "nơi", "chỗ")
_FURTHEST = 120


def carried_over(context: Context, read: Sequence[Neighbour], area: Area) -> Bound | None:
    """The indicator of the figure before, where this one plainly speaks of the same thing."""
    if not read:
        return None
    last = _last_alike(context, read)
    before, bound, _ = last
    quantity, earlier = context.quantity, before.quantity
    if _is_the_rest_of(context, read[-1]):
        return replace(bound, complement=True)
    if bound.complement or context.number - before.number > 1 or quantity.product:
        return None
    alone = context.number > before.number and context.leads_its_sentence
    if not last.is_of_the_sort_of(quantity) or not (alone or context.previous_end == earlier.end):
        return None
    left = context.text((max(context.sentence[0], earlier.end), quantity.start))
    if len(left) > _FURTHEST:
        return None
    refers = _refers(left)
    if not counts_the_same(context, bound.indicator) and not (refers and context.next_words[0] in _THINGS):
        return None
    if refers:
        return bound
    if quantity.kind is not earlier.kind:
        return None
    if _is_next_row(context, area) or _is_clause_of_a_place(context, area, bound):
        return bound
    follows = (
        context.number == before.number
        or _ends_with_it(context, bound)
        or _opens_with_place(context, area, bound)
    )
    said = _lead_of(before)
    return bound if follows and _says_nothing_new(context, left, area, bound, said) else None


def _last_alike(context: Context, read: Sequence[Neighbour]) -> Neighbour:
    """The last figure; for one that opens a sentence the last of its kind in the sentence before."""
    if context.quantity.kind is read[-1].context.quantity.kind or read[-1].context.number == context.number:
        return read[-1]
    alike = [one for one in read[-3:] if one.context.quantity.kind is context.quantity.kind]
    return alike[-1] if alike else read[-1]


def _is_the_rest_of(context: Context, last: Neighbour) -> bool:
    """ "95% ... Chỗ 5% còn lại": what the percentage before leaves."""
    quantity, earlier = context.quantity, last.context.quantity
    return (
        quantity.kind is earlier.kind is Kind.PERCENT
        and not last.bound.complement
        and context.number - last.context.number <= 1
        and make_up_the_whole(quantity.value, earlier.value)
        and context.text(context.right).lstrip().startswith("còn lại")
    )


def _ends_with_it(context: Context, bound: Bound) -> bool:
    """Whether the quantity, with what it counts, ends its sentence: "Toàn tỉnh là 562/743."."""
    rest = WORD.findall(context.text(context.after_in_sentence))
    known = bound.indicator.vocabulary
    return not rest or (len(rest) <= 2 and rest[0] in bound.indicator.heads and set(rest) <= known)


def _opens_with_place(context: Context, area: Area, bound: Bound) -> bool:
    """Whether a sentence tells its figure of a place or time alone: "Lam Giang về sau với 8,47%, nhờ ..."."""
    if context.quantity.kind is Kind.COUNT and not bound.indicator.per:
        return False
    led, cased = context.text(context.before_in_sentence), context.cased(context.before_in_sentence)
    return bool(marks_in(led, cased, area) or periods_in(led, 0, context.published))


def _is_next_row(context: Context, area: Area) -> bool:
    """Whether only a place leads a figure as in a table: "Sơn La: 26 bưu cục. Hòa Bình: 36."."""
    led = context.text(context.before_in_sentence)
    if not led.rstrip().endswith(":"):
        return False
    marks = marks_in(led, context.cased(context.before_in_sentence), area)
    return len(marks) == 1 and not WORD.search(led[: marks[0].start] + led[marks[0].end :])


def _is_clause_of_a_place(context: Context, area: Area, bound: Bound) -> bool:
    """Whether a clause tells a figure of a place alone: "Viettel có 412 nghìn ...; cả tỉnh có 740 nghìn"."""
    span = (context.clause[0], context.quantity.start)
    led = context.text(span)
    placed = bool(marks_in(led, context.cased(span), area))
    return placed and _says_nothing_new(context, led, area, bound, frozenset())


def _done(bound: Bound) -> frozenset[str]:
    """Words for what an indicator of completed things says of itself: "Hết 2025 mới xong 2.150 căn"."""
    return _COMPLETED if "hoàn thành" in bound.indicator.name else frozenset()


def _refers(left: str) -> bool:
    found = max(_REFERS.finditer(left), key=lambda match: match.start(), default=None)
    if found is None or _FROM_THAT.search(left[: found.start()]):
        return False
    return not _SHARE_OF.search(left[found.end() :])


def _lead_of(before: Context) -> frozenset[str]:
    """The words right ahead of the figure before, said again by this one: "cấp 500 ..., mới cấp được 160"."""
    return frozenset(WORD.findall(before.text(before.left))[-3:])


def _says_nothing_new(context: Context, left: str, area: Area, bound: Bound, said: frozenset[str]) -> bool:
    """Whether only places, times and verbs like "đạt" stand between the two figures."""
    if _SHARE_OF.search(left):
        return False
    cased = context.cased((context.quantity.start - len(left), context.quantity.start))
    spans = [(m.start, m.end) for m in marks_in(left, cased, area)]
    if (shift := shifted_in(left, None, context.published)) is not None:
        spans.append((shift.start, shift.end))
    rest = "".join(c for n, c in enumerate(left) if not any(a <= n < b for a, b in spans))
    if "còn lại" in rest:
        return False
    words = WORD.findall(cue("led_by").sub(" ", rest))
    known = _TIMES | _POINTERS | _DEGREES | bound.indicator.vocabulary | _done(bound) | said
    return all(word in known for word in words)
