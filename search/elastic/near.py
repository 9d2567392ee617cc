"""Two words or phrases near each other, in either order, with 0 to ``distance`` words between."""

from __future__ import annotations

from typing import Any

from search.elastic.phrases import in_a_row
from search.text import pairs

Dsl = dict[str, Any]
Words = tuple[str, ...]


def near_query(field: str, left: Words, right: Words, distance: int) -> Dsl:
    """Matches where ``left`` and ``right``, which differ, are parted by at most ``distance`` words."""
    if set(left) & set(right):
        one, other = _spelled_out(field, left), _spelled_out(field, right)
        return _any_of([_ordered(one, other, distance), _ordered(other, one, distance)])
    one, one_width = _narrow(field, left)
    other, other_width = _narrow(field, right)
    beyond_one, beyond_other = len(left) - one_width, len(right) - other_width
    if beyond_one == beyond_other and one_width == other_width == 1:
        # Neither can overlap the other, so one pass over the places finds both orders.
        apart = {"span_near": {"clauses": [one, other], "slop": distance + beyond_one, "in_order": False}}
    else:
        apart = _any_of(
            [_ordered(one, other, distance + beyond_one), _ordered(other, one, distance + beyond_other)]
        )
    together = [
        in_a_row(field, words)
        for words in (left + right, right + left)
        if field in pairs.FIELD_OF and len(words) == 2 and pairs.placed(words)
    ]
    # A pair is near: only where there is none need places be compared.
    return _any_of([*together, {"bool": {"filter": [apart], "must_not": together}}]) if together else apart


def _narrow(field: str, words: Words) -> tuple[Dsl, int]:
    """A span that begins where ``words`` begin, and how many places it takes: one for a frequent pair."""
    placed = pairs.placed(words) if field in pairs.FIELD_OF else []
    if len(placed) != 1:
        return _spelled_out(field, words), len(words)
    term = {"span_term": {pairs.FIELD_OF[field]: placed[0][1]}}
    return {"span_field_masking": {"query": term, "field": field}}, 1


def _spelled_out(field: str, words: Words) -> Dsl:
    terms: list[Dsl] = [{"span_term": {field: word}} for word in words]
    if len(terms) == 1:
        return terms[0]
    return {"span_near": {"clauses": terms, "slop": 0, "in_order": True}}


def _ordered(first: Dsl, second: Dsl, slop: int) -> Dsl:
    return {"span_near": {"clauses": [first, second], "slop": slop, "in_order": True}}


def _any_of(ways: list[Dsl]) -> Dsl:
    return {"bool": {"should": ways, "minimum_should_match": 1}}
