"""Frequent pairs of neighbouring words as one term, so that their phrase costs what a word costs.

Most Vietnamese words are two syllables written apart. Comparing the places of two frequent ones takes
tens of milliseconds in a few hundred thousand articles; a term of their own takes one.
"""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

FIELD_OF = {"words": "pairs"}
"""The field of pairs beside a field of words. Titles are short, and exact forms only rank what was
found: their places are compared."""

_NONE = "_"  # stands where no frequent pair begins, so that places in both fields are the same

Words = tuple[str, ...]


def _read() -> dict[tuple[str, str], str]:
    lines = (files("search.embedded") / "frequent_pairs.txt").read_text("utf-8").splitlines()
    pairs = (line.split() for line in lines if not line.startswith("#"))
    return {(first, second): f"{first}_{second}" for first, second in pairs}


_TERMS = _read()


def of_text(folded: str) -> str:
    """The pairs of a text joined by spaces like its folded words, and as many."""
    words = folded.split()
    term = _TERMS.get
    return " ".join([*(term(pair, _NONE) for pair in pairwise(words)), _NONE]) if words else ""


def placed(words: Words) -> list[tuple[int, str]]:
    """Pairs that cover a folded phrase, each with its place; empty unless every one is frequent."""
    starts = [*range(0, len(words) - 1, 2)]
    if len(words) % 2 and len(words) > 1:
        starts.append(len(words) - 2)
    terms = [(start, _TERMS.get((words[start], words[start + 1]), "")) for start in starts]
    return terms if all(term for _, term in terms) else []
