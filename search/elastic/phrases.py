"""Words in a row as Elasticsearch finds them: by the terms of frequent pairs where those cover them."""

from __future__ import annotations

from typing import Any

from search.ranking import Scorer
from search.text import pairs

Dsl = dict[str, Any]

_SCALE = 2.2  # tantivy's BM25 has the factor k1 + 1 that Lucene dropped; scores of both engines agree so


def compares_places(scorer: Scorer) -> bool:
    """Whether places are compared in every document that has all the words."""
    return len(scorer.words) > 1 and not _placed(scorer.field, scorer.words)


def scored(scorer: Scorer) -> Dsl:
    """What finds and scores the words."""
    boost = scorer.boost * _SCALE
    if _placed(scorer.field, scorer.words):
        boost *= pairs.usual_weight(scorer.words)
    return in_a_row(scorer.field, scorer.words, boost)


def in_a_row(field: str, words: tuple[str, ...], boost: float = 1.0) -> Dsl:
    """What finds ``words`` next to each other."""
    if len(words) == 1:
        return {"term": {field: {"value": words[0], "boost": boost}}}
    placed = _placed(field, words)
    if not placed:
        return {"match_phrase": {field: {"query": " ".join(words), "boost": boost}}}
    field = pairs.FIELD_OF[field]
    if len(placed) == 1:
        return {"term": {field: {"value": placed[0][1], "boost": boost}}}
    return {"match_phrase": {field: {"query": pairs.with_gaps(placed), "boost": boost}}}


def _placed(field: str, words: tuple[str, ...]) -> pairs.Placed:
    return pairs.placed(words) if field in pairs.FIELD_OF else []
