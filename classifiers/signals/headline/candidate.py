"""What a rule of S2 gives: a stretch of the title and the sentence that speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import UPPER, Sentence, words_of
from classifiers.signals.wording import content_words


@dataclass(frozen=True, slots=True)
class Candidate:
    """``start``..``end`` in the title; ``sentence`` from ``begin`` to ``stop`` is the other side."""

    rule: str
    start: int
    end: int
    sentence: Sentence
    begin: int
    stop: int

    @classmethod
    def whole(cls, rule: str, start: int, end: int, sentence: Sentence) -> Candidate:
        """With the whole sentence as the other side."""
        return cls(rule, start, end, sentence, 0, len(sentence.text))

    @classmethod
    def about(cls, rule: str, title: str, place: tuple[int, int], sentence: Sentence) -> Candidate:
        """The clause of the title that holds a place, and the whole sentence as the other side."""
        return cls.whole(rule, *clause(title, *place), sentence)

    @classmethod
    def counted(
        cls, rule: str, title: str, ours: Quantity, sentence: Sentence, theirs: Quantity
    ) -> Candidate:
        """From a number of the title to the end of its clause, and the clause with the other number."""
        _, end = clause(title, ours.start, ours.end)
        return cls(rule, ours.start, end, sentence, *clause(sentence.text, theirs.start, theirs.end))


NAME = re.compile(rf"(?<!\w)[{UPPER}]\w*(?: [{UPPER}]\w*)+")
"""A name of several words, as typed."""
NAME_WORD = re.compile(rf"(?<=[^\s:.!?–-] )[{UPPER}]\w*")
"""A word of a name within a title, as typed; the first word of a clause has its capital anyway."""


def unnamed(title: Sentence) -> str:
    """The title lowered, without words of names: "Cần Thơ" says nothing of what is needed."""
    return NAME_WORD.sub("·", title.cased).lower()


def shared(one: str, other: str) -> int:
    """How many different content words two lowered texts have in common."""
    return len(set(content_words(words_of(one))) & set(content_words(words_of(other))))


def content_pairs(text: str) -> set[tuple[str, str]]:
    """Neighbouring content words of a lowered text: "bắt cóc", "tràn dầu"."""
    words = words_of(text)
    content = set(content_words(words))
    return {(a, b) for a, b in pairwise(words) if a in content and b in content}


def nearest(sentences: Iterable[Sentence], text: str, least: int) -> Sentence | None:
    """The sentence with most content words in common with the text; None below ``least``."""
    best: tuple[int, Sentence] | None = None
    for sentence in sentences:
        count = shared(sentence.text, text)
        if count >= least and (best is None or count > best[0]):
            best = (count, sentence)
    return best[1] if best else None


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between commas, colons or dashes that holds ``start``..``end``."""
    marks = (", ", "; ", ": ", " - ", " – ", ". ", "? ", "! ")
    begin = max((text.rfind(mark, 0, start) + len(mark) for mark in marks if mark in text[:start]), default=0)
    stop = min((i for mark in marks if (i := text.find(mark, end)) >= 0), default=len(text))
    while begin < stop and text[begin] == " ":
        begin += 1
    return begin, stop
