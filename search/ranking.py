"""What ranks a match, the same for both engines.

A document that holds the query as it was typed, marks included, comes before all others; among
equals BM25 decides, title words count more, words with the typed marks more than without, and words
that stand next to each other as in the query more than scattered ones: most Vietnamese words are two
syllables, written as two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from search.query.tree import And, Everything, Near, Node, Not, Or, ParsedQuery, Term, positive_terms

TITLE_BOOST = 2.0
EXACT_BOOST = 1.0
TYPED_SO = 1000.0
"""Added when a document holds the query as typed; no sum of BM25 scores reaches it."""
PAIR_BOOST = 2.0
ONE_TERM_EXACT_BOOST = 100_000.0
"""For a query of one term the exact form's own score does the same in one pass over the postings."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Words in a row in one index field (words, title, words_exact, title_exact), and their weight."""

    field: str
    words: tuple[str, ...]
    boost: float


Q = TypeVar("Q")

CANDIDATES = 400
"""In how many of the best candidates places are compared before all are."""


@dataclass(frozen=True, slots=True)
class Ranking(Generic[Q]):
    """``whole`` finds and scores the matches.

    With NEAR, ``loose`` finds and scores as well what has the words anywhere, and ``near`` tells which of
    that are matches: who wants the best twenty need not compare places in a million articles.
    """

    whole: Q
    loose: Q | None = None
    near: Q | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A query taken apart so that an engine reads each list of postings once.

    A match has all of ``required`` (which score) and satisfies ``rest`` and ``near`` (which do not);
    ``optional`` add to the score, as do ``neighbours``, words that stand side by side in the query;
    ``typed`` adds ``TYPED_SO``.
    """

    required: tuple[Scorer, ...]
    rest: Node | None
    near: Node | None
    optional: tuple[Scorer, ...]
    neighbours: tuple[Scorer, ...]
    typed: Node | None


def plan(parsed: ParsedQuery) -> Plan:
    """How to score the matches of a query."""
    parts = parsed.root.parts if isinstance(parsed.root, And) else (parsed.root,)
    terms = [part for part in parts if isinstance(part, Term)]
    nears = tuple(part for part in parts if isinstance(part, Near))
    others = tuple(part for part in parts if not isinstance(part, (Term, Near)))
    ranked = list(_ranked_terms(parsed))
    one = len(ranked) == len(terms) == 1
    sides = [side for near in nears for side in (near.left, near.right)]
    required = tuple(dict.fromkeys(_own(term) for term in (*terms, *sides)))
    exact_boost = ONE_TERM_EXACT_BOOST if one else EXACT_BOOST
    optional = [
        scorer
        for term, near in ranked
        # Beside NEAR, whose places are dear already, ``typed`` alone tells the typed marks.
        for scorer in _scorers(term, exact_boost if parsed.with_marks and not near else 0.0)
        if scorer not in required
    ]
    return Plan(
        required,
        And(others) if others else None,
        And(nears) if nears else None,
        tuple(dict.fromkeys(optional)),
        tuple(dict.fromkeys(_neighbours(parts))),
        _as_typed(parsed.root) if parsed.with_marks and not one else None,
    )


def _ranked_terms(parsed: ParsedQuery) -> Iterator[tuple[Term, bool]]:
    """The terms that score, and whether they are a side of NEAR."""
    for term in positive_terms(parsed.root):
        if isinstance(term, Near):
            yield from ((term.left, True), (term.right, True))
        else:
            yield term, False


def _neighbours(parts: tuple[Node, ...]) -> Iterator[Scorer]:
    """Neighbours in the query, as neighbours in the text."""
    for left, right in pairwise(parts):
        if isinstance(left, Term) and isinstance(right, Term) and not (left.title_only or right.title_only):
            yield Scorer("words", left.folded + right.folded, PAIR_BOOST)


def _own(term: Term) -> Scorer:
    if term.title_only:
        return Scorer("title", term.folded, TITLE_BOOST)
    return Scorer("words", term.folded, 1.0)


def _scorers(term: Term, exact_boost: float) -> Iterator[Scorer]:
    for field, boost in (("words", 1.0), ("title", TITLE_BOOST)):
        if field == "title" or not term.title_only:
            yield Scorer(field, term.folded, boost)
            if exact_boost:
                yield Scorer(f"{field}_exact", term.exact, boost * exact_boost)


def _as_typed(node: Node) -> Node:
    """The query without its negations: what must be there just so."""
    if isinstance(node, And):
        kept = tuple(_as_typed(part) for part in node.parts if not isinstance(part, Not))
        return And(kept) if kept else Everything()
    if isinstance(node, Near):  # both sides as typed: their distance is checked by the match already
        return And((node.left, node.right))
    return Or(tuple(_as_typed(part) for part in node.parts)) if isinstance(node, Or) else node
