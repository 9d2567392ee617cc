"""What ranks a match, the same for both engines.

A document that holds the query as it was typed, marks included, comes before all others; among
equals BM25 decides, title words count more, and words with the typed marks more than without.
"""

from __future__ import annotations

from collections.abc import Iterator

from search.query.tree import And, Everything, Near, Node, Not, Or, ParsedQuery, Term, positive_terms

TITLE_BOOST = 2.0
EXACT_BOOST = 1.0
TYPED_SO = 1000.0
"""Added when a document holds the query as typed; no sum of BM25 scores reaches it."""


def ranked_terms(parsed: ParsedQuery) -> Iterator[Term]:
    """The terms that add to a score."""
    for term in positive_terms(parsed.root):
        if isinstance(term, Near):
            yield from (term.left, term.right)
        else:
            yield term


def as_typed(node: Node) -> Node:
    """The query without its negations: what must be there just so."""
    if isinstance(node, And):
        kept = tuple(as_typed(part) for part in node.parts if not isinstance(part, Not))
        return And(kept) if kept else Everything()
    return Or(tuple(as_typed(part) for part in node.parts)) if isinstance(node, Or) else node
