"""What the figures beside a figure say about it: the same once more, a part of it, another thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from classifiers.figures.binding import Bound
from classifiers.figures.concepts import WORD, plain
from classifiers.figures.context import Context
from classifiers.figures.cues import cue
from classifiers.figures.numbers.quantity import Kind, Quantity
from classifiers.figures.places import Area
from classifiers.figures.verdicts import COMPARED, Judged, Verdict

_THAT_IS = re.compile(
    r"[^.;]{0,70}(?<!\w)(?:tức|tức là|nghĩa là|hay|hay là|tính ra|tương đương|tương ứng|đạt"
    r"|đạt tỷ lệ|chiếm tỷ lệ|chiếm|bằng)\s*(?:\w+ )?$"
)
_IN_PER_CENT = re.compile(
    r"\s*(?:(?:nếu )?(?:quy|đổi|tính)(?: ra)?(?: theo)?(?: tỷ lệ| phần trăm| tỷ lệ phần trăm)?|tức|tức là"
    r"|nghĩa là|tương đương|tương ứng|như vậy|tỷ lệ(?: này| ấy| đó)?)(?: tỷ lệ)?,?\s*"
    r"(?:(?:là|đạt|được|bằng|chiếm|vào|ra) ?)*(?:\w+ )?"
)
_OUT_OF = re.compile(r"(?<!\w)trong(?: tổng)?(?: số)?(?: (?:hơn|gần|khoảng|trên))?\s*$")
_OF_A_TIME = re.compile(r"(?<!\w)riêng (?:trong )?(?:năm|quý|tháng)(?!\w)")
_SAYS = re.compile(rf"{cue('says').pattern}(?: rằng| là)?(?!\w)")
_ALIKE = 2.0  # two figures told of one thing are no further apart


class Neighbour(NamedTuple):
    """A bound figure of a field. ``judged``: None where it claims nothing."""

    context: Context
    bound: Bound
    judged: Judged | None

    def is_of_the_sort_of(self, quantity: Quantity) -> bool:
        """Whether a quantity may tell more of the same; of a ratio a percentage may too."""
        share = quantity.kind is Kind.PERCENT and self.bound.indicator.kind is Kind.RATIO
        return share or quantity.kind is self.context.quantity.kind


def as_a_share(context: Context, last: Neighbour | None) -> Bound | None:
    """A percentage right behind a count of a ratio row says the same once more: "81 xã, tức gần 78%"."""
    if last is None or context.quantity.kind is not Kind.PERCENT:
        return None
    before, bound = last.context, last.bound
    if context.number - before.number > 1 or bound.indicator.kind is not Kind.RATIO or bound.complement:
        return None
    if before.number != context.number:
        opening = context.text((context.sentence[0], context.quantity.start))
        return bound if _IN_PER_CENT.fullmatch(opening) else None
    between = context.text((before.quantity.end, context.quantity.start))
    return bound if _THAT_IS.fullmatch(between) else None


def is_breakdown(context: Context, bound: Bound, earlier: Sequence[Neighbour]) -> bool:
    """Whether it is a part of a total of the same indicator before it: "417 sản phẩm, gồm 350 ..."."""
    if bound.complement:
        return False
    for total in earlier:
        if (
            total.judged is None
            or total.judged.verdict not in COMPARED
            or total.bound.indicator.name != bound.indicator.name
            or total.context.quantity.kind is not context.quantity.kind
            or total.context.number < context.number - 1
        ):
            continue
        quantity = context.quantity
        if quantity.kind is not Kind.PERCENT and quantity.value >= total.context.quantity.value:
            continue
        start, end = total.context.quantity.end, context.quantity.start
        if cue("breakdown").search(_OF_A_TIME.sub(" ", context.text((start, end)))):
            return True
        opening = total.context.text((total.context.sentence[0], total.context.quantity.start))
        if total.context.number == context.number and _OUT_OF.search(opening):
            return True
    return False


def is_beside_the_official(one: Neighbour, others: Sequence[Neighbour]) -> bool:
    """Whether a differing figure stands in one sentence with one that agrees, and nothing sets them apart.

    Then the article has the official figure, and the other one is most likely of something else.
    """
    if one.judged is None or one.judged.verdict is not Verdict.DIFFERS:
        return False
    for other in others:
        if (
            other.judged is None
            or other.judged.verdict is not Verdict.AGREES
            or other.judged.entry is not one.judged.entry
            or other.context.number != one.context.number
            or other.context.quantity.kind is not one.context.quantity.kind
        ):
            continue
        first, second = sorted((one.context.quantity, other.context.quantity), key=lambda q: q.start)
        apart = cue("contrast").search(one.context.text((first.end, second.start)))
        if not apart or max(first.value, second.value) > _ALIKE * min(first.value, second.value):
            return True
    return False


def is_the_whole_of_a_part(context: Context) -> bool:
    """Whether a count is only what another one is of: "Trong 9 huyện, thành phố, 6 nơi chưa ..."."""
    if context.quantity.kind is not Kind.COUNT or not _OUT_OF.search(context.text(context.left)):
        return False
    return bool(re.match(r"[^.;]*,[^.;]*\d", context.text(context.after_in_sentence)))


def is_another_thing(context: Context, bound: Bound, area: Area) -> bool:
    """Whether a figure in a list is led by words that are none of the indicator's: ", gỗ 610 triệu USD"."""
    if context.leads_its_sentence:
        return False
    if bound.indicator.is_named_in(f"{context.text(context.left)} | {context.text(context.right)}"):
        return False
    if context.quantity.kind is Kind.COUNT and context.next_words[0] in bound.indicator.heads:
        return False
    if cue("whole").search(context.text(context.left)):
        return False
    own = set(WORD.findall(plain(f"{bound.indicator.name} {' '.join(area.names)} {_aliases(bound)}")))
    left = context.text(context.left)
    said = (*cue("corrected").finditer(left), *_SAYS.finditer(left))
    corrected = max((found.end() for found in said), default=0)
    words = WORD.findall(cue("led_by").sub(" ", left[corrected:]))
    return any(word not in own for word in words)


def _aliases(bound: Bound) -> str:
    return " ".join(alias for entry in bound.indicator.entries for alias in (*entry.aliases, entry.unit))
