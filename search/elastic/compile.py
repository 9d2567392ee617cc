"""From a checked query to Elasticsearch's query DSL: the same rules as ``search.embedded.compile``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from search.elastic.segmented import word_scorers
from search.indexed import VIETNAM, has_term
from search.port import Filters
from search.query.tree import And, Days, Everything, Has, Near, Node, Not, Or, ParsedQuery, Term
from search.ranking import PAIRS_UP_TO, TYPED_SO, Scorer, plan

Dsl = dict[str, Any]

_SCALE = 2.2  # tantivy's BM25 has the factor k1 + 1 that Lucene dropped; scores of both engines agree so


def matching(node: Node) -> Dsl:
    """Decides what matches; every word by its folded form."""
    return _query(node, exact=False)


def filters_of(filters: Filters) -> list[Dsl]:
    """The choices beside a query."""
    chosen = {
        "outlet": filters.outlets,
        "topic": filters.topics,
        "place": filters.places,
        "about": filters.about,
        "kind": filters.kinds,
        "scope": filters.scopes,
        "signal": filters.signals,
    }
    found: list[Dsl] = [{"terms": {name: list(values)}} for name, values in chosen.items() if values]
    if filters.since or filters.until:
        found.append(_days(filters.since, filters.until))
    if filters.gone is not None:
        found.append({"term": {"gone": filters.gone}})
    if filters.story:
        found.append({"term": {"story": filters.story}})
    return found


def narrowed(query: Dsl, filters: Filters) -> Dsl:
    """``query`` and ``filters`` together, without scores."""
    return {"bool": {"filter": [query, *filters_of(filters)]}}


def ranking(parsed: ParsedQuery, filters: Filters, matches: int) -> Dsl:
    """The documents that ``parsed`` and ``filters`` match, ``matches`` of them, scored."""
    planned = plan(parsed, neighbours=matches <= PAIRS_UP_TO)
    unscored = filters_of(filters)
    if planned.rest is not None:
        unscored.append(matching(planned.rest))
    optional = [_scored(scorer) for scorer in (*planned.optional, *word_scorers(parsed))]
    if planned.typed is not None:
        typed = _query(planned.typed, exact=True)
        optional.append({"constant_score": {"filter": typed, "boost": TYPED_SO}})
    return {
        "bool": {
            "must": [_scored(scorer) for scorer in planned.required],
            "filter": unscored,
            "should": optional,
            "minimum_should_match": 0,
        }
    }


def _scored(scorer: Scorer) -> Dsl:
    return _term(scorer.field, scorer.words, scorer.boost * _SCALE)


def _query(node: Node, *, exact: bool) -> Dsl:
    match node:
        case Everything():
            return {"match_all": {}}
        case Term():
            return _term(_field(node, exact), _words(node, exact))
        case Near():
            return _near(node, exact)
        case Has(name, value):
            return {"term": {"has": has_term(name, value)}}
        case Days(first, last):
            return _days(first, last)
        case Or(parts):
            return {
                "bool": {
                    "should": [_query(part, exact=exact) for part in parts],
                    "minimum_should_match": 1,
                }
            }
        case And(parts):
            return _all(parts, exact)
        case Not():
            return _all((node,), exact)


def _all(parts: tuple[Node, ...], exact: bool) -> Dsl:
    wanted = [_query(part, exact=exact) for part in parts if not isinstance(part, Not)]
    refused = [_query(part.part, exact=exact) for part in parts if isinstance(part, Not)]
    return {"bool": {"filter": wanted, "must_not": refused}}


def _field(term: Term, exact: bool) -> str:
    return ("title" if term.title_only else "words") + ("_exact" if exact else "")


def _words(term: Term, exact: bool) -> tuple[str, ...]:
    return term.exact if exact else term.folded


def _term(field: str, words: tuple[str, ...], boost: float = 1.0) -> Dsl:
    if len(words) == 1:
        return {"term": {field: {"value": words[0], "boost": boost}}}
    return {"match_phrase": {field: {"query": " ".join(words), "boost": boost}}}


def _near(near: Near, exact: bool) -> Dsl:
    field = _field(near.left, exact)
    left, right = _span(field, _words(near.left, exact)), _span(field, _words(near.right, exact))
    ways = [
        {"span_near": {"clauses": clauses, "slop": near.distance, "in_order": True}}
        for clauses in ([left, right], [right, left])
    ]
    return {"bool": {"should": ways, "minimum_should_match": 1}}


def _span(field: str, words: Iterable[str]) -> Dsl:
    terms: list[Dsl] = [{"span_term": {field: word}} for word in words]
    if len(terms) == 1:
        return terms[0]
    return {"span_near": {"clauses": terms, "slop": 0, "in_order": True}}


def _days(first: date | None, last: date | None) -> Dsl:
    bounds = {"format": "epoch_second"}
    if first is not None:
        bounds["gte"] = _midnight(first)
    if last is not None and last < date.max:
        bounds["lt"] = _midnight(last + timedelta(days=1))
    return {"range": {"time": bounds}}


def _midnight(day: date) -> str:
    return str(int(datetime(day.year, day.month, day.day, tzinfo=VIETNAM).timestamp()))
