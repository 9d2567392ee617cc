"""Whether words beside a figure narrow what it counts: "23 doanh nghiệp bưu chính", "xuất khẩu cà phê"."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from classifiers.figures.binding import NO_NOUN, Bound
from classifiers.figures.concepts import plain
from classifiers.figures.context import Context
from classifiers.figures.cues import phrases

_TOKEN = re.compile(r"[^\W\d_]+|\S")
_MOST = 6  # words of a noun phrase


def narrowing_word(context: Context, bound: Bound) -> str | None:
    """The first word that neither the register nor the grammar explains, right behind the noun; or None."""
    prepared = context.prepared
    right = prepared.cased[context.quantity.end : context.sentence[1]]
    named = bound.indicator.is_named_in(context.text(context.sentence))
    known = bound.indicator.vocabulary if named else bound.indicator.heads
    return _unexplained(right, known) or _behind_the_name(context, bound)


def _behind_the_name(context: Context, bound: Bound) -> str | None:
    """The same behind the indicator's name, where that leads the figure in its clause."""
    start = max(context.clause[0], context.left[0])
    led = context.prepared.lowered[start : context.quantity.start]
    ends = [
        found.end()
        for wording in bound.indicator.wordings
        for concept in wording
        if not concept.weak
        for found in concept.words.finditer(led)
    ]
    if not ends:
        return None
    return _unexplained(
        context.prepared.cased[start + max(ends) : context.quantity.start], bound.indicator.vocabulary
    )


def _unexplained(cased: str, known: Collection[str]) -> str | None:
    for number, token in enumerate(_TOKEN.finditer(cased)):
        word = plain(token.group())
        if number >= _MOST or not word[0].isalpha() or token.group()[0].isupper():
            return None
        if word in known:
            continue
        return None if word in _grammar() else word
    return None


@cache
def _grammar() -> frozenset[str]:
    """Words that end a noun phrase."""
    words = {word for phrase in (*phrases("led_by"), *phrases("ends_noun")) for word in phrase.split()}
    return frozenset(words | NO_NOUN)
