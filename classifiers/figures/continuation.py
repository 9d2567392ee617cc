"""A figure told on from the one before it, of another place, part or time: "xã Bình Khê 39%"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifiers.figures.binding import CLASSIFIERS, NO_NOUN, Bound, counts_the_same
from classifiers.figures.concepts import WORD
from classifiers.figures.context import Context
from classifiers.figures.cues import cue
from classifiers.figures.neighbours import Neighbour
from classifiers.figures.numbers.quantity import Kind
from classifiers.figures.places import Area, Scope, marks_in
from classifiers.figures.times import periods_in, shifted_in

_LOOKED_AT = 4  # figures before
_MOST_WORDS = 14
_RESPECTIVELY = re.compile(r"(?<!\w)lần lượt(?!\w)[^.;]*$")
_THOSE = re.compile(
    r"(?<!\w)(?:(?:các|những|hai|ba|bốn|cả hai) )?(?:con số|chỉ số|số liệu|tỷ lệ|chỉ tiêu|mức|số)"
    r"(?: tương ứng| này| ấy| đó| trên| nói trên){0,2}(?!\w)"
)


def told_on(context: Context, read: Sequence[Neighbour], area: Area) -> Bound | None:
    """The indicator of a figure before, for one that plainly is of another place, part or time.

    What it is of is not told by its own words, so the figure may only be shown, never compared.
    """
    if context.quantity.product:
        return None
    for before in reversed(read[-_LOOKED_AT:]):
        near = context.number - before.context.number <= 1
        if near and not before.bound.complement and _is_alike(context, before):
            return before.bound if _is_set_apart(context, area) else None
    return None


def respectively(context: Context, read: Sequence[Neighbour]) -> Bound | None:
    """The indicator in turn: "3,4 triệu lượt, thu 3.100 tỷ. Năm 2025 lần lượt là 5,64 triệu và 4.900 tỷ"."""
    before = context.text(context.before_in_sentence)
    listed = _RESPECTIVELY.search(before)
    if listed is None or not _THOSE.search(before[: listed.start()]):
        return None
    place = context.sentence[0] + listed.start()
    earlier = [
        one for one in read if one.context.number >= context.number - 1 and one.context.quantity.end <= place
    ]
    listed_so_far = sum(one.context.quantity.start > place for one in read)
    if listed_so_far >= len(earlier):
        return None
    first = earlier[listed_so_far]
    if not counts_the_same(context, first.bound.indicator):
        return None
    return first.bound


def _is_alike(context: Context, before: Neighbour) -> bool:
    """Whether both figures are of one sort and count the same noun."""
    quantity = context.quantity
    if not before.is_of_the_sort_of(quantity) or not counts_the_same(context, before.bound.indicator):
        return False
    noun, earlier = _noun(context), _noun(before.context)
    if quantity.kind is Kind.COUNT:
        return noun not in NO_NOUN and noun == earlier
    return noun in NO_NOUN or noun == earlier


def _noun(context: Context) -> str:
    """The first word of what is counted: "1.268 ngôi nhà" counts "nhà"."""
    words = [word for word in context.next_words if word not in CLASSIFIERS]
    return words[0] if words else ""


def _is_set_apart(context: Context, area: Area) -> bool:
    """Whether a place, a part or a time of its own leads the figure in few words."""
    span = (max(context.sentence[0], context.previous_end or 0), context.quantity.start)
    led = context.text(span)
    if len(WORD.findall(led)) > _MOST_WORDS:
        return False
    behind = context.text(context.right)[:40]
    if any(mark.scope is Scope.OTHER for mark in marks_in(led, context.cased(span), area)):
        return True
    if any(
        cue(name).search(f"{led} | {behind}") for name in ("subtype", "operator", "wider", "generic_part")
    ):
        return True
    if cue("set_apart").search(led):
        return True
    if shifted_in(led, None, context.published) is not None:
        return True
    return bool(periods_in(f"{led} {behind}", 0, context.published))
