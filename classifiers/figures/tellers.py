"""Places of those who tell a figure, not of it: "Chủ quán ở phường A nói 60% người dân tỉnh B ..."."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from classifiers.figures.concepts import WORD
from classifiers.figures.context import Context
from classifiers.figures.cues import cue
from classifiers.figures.places import Mark

_MOST = 4  # words between a figure and the name of the place it counts in


def without_tellers(context: Context, marks: Sequence[Mark]) -> list[Mark]:
    """Marks but those ahead of a verb of telling behind which the province itself is named for the figure."""
    text = context.prepared.lowered
    start, reach = context.quantity.start, context.right[1]
    own = [m for m in marks if m.scope.is_own and not m.unnamed and (m.end <= start or m.start < reach)]
    told = [found.start() for found in cue("tells").finditer(text, context.sentence[0], start)]
    return [
        mark
        for mark in marks
        if mark.end > start
        or mark.scope.is_own
        or not any(mark.end <= verb < one.start for verb in told for one in own)
    ]


def attached(context: Context, marks: Sequence[Mark], counted: Collection[str]) -> Mark | None:
    """The place named right behind what is counted: "60% người dân Hòa Bình"."""
    end = context.quantity.end
    for mark in marks:
        if not end < mark.start < context.right[1] or mark.unnamed:
            continue
        between = context.text((end, mark.start)).strip()
        words = WORD.findall(between.removesuffix(" tỉnh"))
        bare = not re.search(r"[^\w\s]", between)
        return mark if bare and 1 <= len(words) <= _MOST and all(word in counted for word in words) else None
    return None
