"""From a checked query to Elasticsearch's query DSL: the same rules as ``search.embedded.compile``."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from search.elastic.near import near_query
from search.elastic.phrases import compares_places, in_a_row, scored
from search.elastic.segmented import word_scorers
from search.indexed import VIETNAM, has_term
from search.port import Filters
from search.query.tree import And, Days, Everything, Has, Near, Node, Not, Or, ParsedQuery, Term
from search.ranking import TYPED_SO, Ranking, plan

Dsl = dict[str, Any]

PLACES_UP_TO = 30_000
"""With more matches, neighbours whose places would be compared in every one do not count."""


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


def has_dear_neighbours(parsed: ParsedQuery) -> bool:
    """Whether ``rankings`` depend on how many match."""
    return any(compares_places(scorer) for scorer in plan(parsed).neighbours)


def rankings(parsed: ParsedQuery, filters: Filters, *, few: bool) -> list[Ranking[Dsl]]:
    """The documents that ``parsed`` and ``filters`` match, scored; ``few``: up to ``PLACES_UP_TO`` of them.

    All of one ranking come before those of the next. Those written as typed are fewer, so a page of them
    is found without looking at the others.
    """
    planned = plan(parsed)
    unscored = filters_of(filters)
    if planned.rest is not None:
        unscored.append(matching(planned.rest))
    neighbours = [scorer for scorer in planned.neighbours if few or not compares_places(scorer)]
    clauses = {
        "must": [scored(scorer) for scorer in planned.required],
        "should": [scored(scorer) for scorer in (*planned.optional, *neighbours, *word_scorers(parsed))],
        "filter": unscored,
    }
    if planned.typed is None:
        return [_ranking(clauses, planned.near)]
    typed = _query(planned.typed, exact=True)
    as_typed = {"constant_score": {"filter": typed, "boost": TYPED_SO}}
    return [
        _ranking({**clauses, "must": [*clauses["must"], as_typed]}, planned.near),
        _ranking({**clauses, "must_not": [typed]}, planned.near),
    ]


def _ranking(clauses: dict[str, list[Dsl]], near: Node | None) -> Ranking[Dsl]:
    loose = {"bool": {**clauses, "minimum_should_match": 0}}
    if near is None:
        return Ranking(loose)
    together = matching(near)
    whole = {**loose["bool"], "filter": [*clauses["filter"], together]}
    return Ranking({"bool": whole}, loose, together)


def _query(node: Node, *, exact: bool) -> Dsl:
    match node:
        case Everything():
            return {"match_all": {}}
        case Term():
            return in_a_row(_field(node, exact), _words(node, exact))
        case Near(left, right, distance):
            return near_query(_field(left, exact), _words(left, exact), _words(right, exact), distance)
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


def _days(first: date | None, last: date | None) -> Dsl:
    bounds = {"format": "epoch_second"}
    if first is not None:
        bounds["gte"] = _midnight(first)
    if last is not None and last < date.max:
        bounds["lt"] = _midnight(last + timedelta(days=1))
    return {"range": {"time": bounds}}


def _midnight(day: date) -> str:
    return str(int(datetime(day.year, day.month, day.day, tzinfo=VIETNAM).timestamp()))
