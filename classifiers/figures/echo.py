"""A figure that the headline repeats, or that the text takes up from it, without saying what it counts."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.figures.binding import NO_NOUN
from classifiers.figures.context import Context
from classifiers.figures.denials import is_denied
from classifiers.figures.neighbours import Neighbour
from classifiers.figures.numbers.quantity import Kind, Quantity
from classifiers.records import Field

_ANY_NOUN = ("nơi", "đơn", "chỗ")
_DISTINCT = 20  # from here on a bare number in a headline is no coincidence
_FIRST = 2  # sentences of a text that take up its headline


def echoed(unbound: Sequence[Context], told: Sequence[Neighbour]) -> list[Neighbour]:
    """Readings of figures that bind to nothing, by the same figure in the other field."""
    found = []
    for context in unbound:
        if (context.field is not Field.TITLE and context.number >= _FIRST) or is_denied(context):
            continue
        twins = [one for one in told if one.judged is not None and _is_twin(context, one)]
        names = {one.bound.indicator.name for one in twins}
        if len(names) == 1:
            found.append(Neighbour(context, twins[0].bound, twins[0].judged))
    return found


def is_taken_back(one: Neighbour, told: Sequence[Neighbour]) -> bool:
    """Whether a headline's figure is told in the text only as one that is not asserted."""
    if one.context.field is not Field.TITLE:
        return False
    twins = [other for other in told if _is_twin(one.context, other)]
    return bool(twins) and all(other.judged is None for other in twins)


def _is_twin(context: Context, other: Neighbour) -> bool:
    if (context.field is Field.TITLE) == (other.context.field is Field.TITLE):
        return False
    if not _same(context.quantity, other.context.quantity):
        return False
    noun = context.next_words[0]
    if noun in other.bound.indicator.heads or noun in _ANY_NOUN or noun == other.context.next_words[0] != "":
        return True
    return noun in NO_NOUN and (
        context.quantity.kind is not Kind.COUNT or context.quantity.value >= _DISTINCT
    )


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.kind, one.value, one.other, one.upper) == (other.kind, other.value, other.other, other.upper)
