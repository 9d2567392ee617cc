"""Ranks articles higher where words of the query stand together as one Vietnamese word.

"giáo dục" is a word of two syllables; "giáo" and "dục" side by side in other words are not it. Which
syllables of a query make a word is not decided: every few in a row are looked up, joined, and those
that are no word are in no article. The set of matches stays the same; a term costs as little as a
single word, so it is looked up however many articles match.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.query.tree import And, ParsedQuery, Term
from search.ranking import Scorer
from search.text.segments import LONGEST_WORD

FIELD = "words_segmented"
BOOST = 0.5


def word_scorers(parsed: ParsedQuery) -> tuple[Scorer, ...]:
    """What adds to the score of a match; nothing for a query that has no syllables in a row."""
    parts = parsed.root.parts if isinstance(parsed.root, And) else (parsed.root,)
    return tuple(
        dict.fromkeys(
            Scorer(FIELD, ("_".join(word),), BOOST) for row in _rows(parts) for word in _windows(row)
        )
    )


def _rows(parts: Sequence[object]) -> Iterator[list[str]]:
    """The syllables that stand in a row in the query."""
    row: list[str] = []
    for part in parts:
        if isinstance(part, Term) and not part.title_only:
            row += part.folded
        else:
            yield row
            row = []
    yield row


def _windows(row: Sequence[str]) -> Iterator[Sequence[str]]:
    for size in range(2, LONGEST_WORD + 1):
        for start in range(len(row) - size + 1):
            yield row[start : start + size]
