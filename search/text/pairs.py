"""Frequent pairs of neighbouring words as one term, so that their phrase costs what a word costs.

Most Vietnamese words are two syllables written apart. Comparing the places of two frequent ones takes
tens of milliseconds in a few hundred thousand articles; a term of their own takes one. Both engines keep
these terms: another list needs another ``ANALYSIS_VERSION``.
"""

from __future__ import annotations

import math
from importlib.resources import files

FIELD_OF = {"words": "pairs"}
"""The field of pairs beside a field of words. Titles are short, and exact forms only rank what was
found: their places are compared."""

NONE = "_"
"""Stands where no frequent pair begins, so that places in both fields are the same."""

Words = tuple[str, ...]
Placed = list[tuple[int, str]]


def _read() -> tuple[int, dict[tuple[str, str], tuple[int, int, int]]]:
    """How many articles were counted, and how many of them hold a pair's words and the pair."""
    lines = (files("search.text") / "frequent_pairs.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    (total,) = (int(row[1]) for row in rows if row[0] == "articles")
    held = {(row[0], row[1]): (int(row[2]), int(row[3]), int(row[4])) for row in rows if len(row) == 5}
    return total, held


_ARTICLES, _HELD = _read()
_TERMS = {pair: "_".join(pair) for pair in _HELD}


def of_text(folded: str) -> str:
    """The pairs of a text joined by spaces like its folded words, and as many."""
    words = folded.split()
    term = _TERMS.get
    return " ".join([term(pair, NONE) for pair in zip(words, [*words[1:], ""], strict=False)])


def placed(words: Words) -> Placed:
    """Pairs that cover a folded phrase, each with its place; empty unless every one is frequent."""
    starts = [*range(0, len(words) - 1, 2)]
    if len(words) % 2 and len(words) > 1:
        starts.append(len(words) - 2)
    terms = [(start, _TERMS.get((words[start], words[start + 1]), "")) for start in starts]
    return terms if all(term for _, term in terms) else []


def with_gaps(placed: Placed) -> str:
    """``placed`` as a text in which each pair stands at its place."""
    terms = [NONE] * (placed[-1][0] + 1)
    for place, term in placed:
        terms[place] = term
    return " ".join(terms)


def usual_weight(words: Words) -> float:
    """What to multiply the score of ``placed`` by, for it to be that of the phrase of ``words``.

    A pair is rarer than its words and would weigh less than their phrase, whose words add up.
    """
    rarities: dict[str, float] = {}
    pair_rarity = 0.0
    for start, _ in placed(words):
        first, second, both = _HELD[words[start], words[start + 1]]
        rarities |= {words[start]: _rarity(first), words[start + 1]: _rarity(second)}
        pair_rarity += _rarity(both)
    return sum(rarities[word] for word in words) / pair_rarity


def _rarity(holding: int) -> float:
    """The inverse document frequency of BM25."""
    return math.log(1 + (_ARTICLES - holding + 0.5) / (holding + 0.5))
