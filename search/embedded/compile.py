"""From a checked query to tantivy queries: one that decides what matches, one that ranks."""

from __future__ import annotations

import math
from datetime import date

import tantivy
from tantivy import FieldType, Occur, Query

from search.embedded.near import near_query
from search.embedded.reader import View
from search.indexed import has_term
from search.port import Filters
from search.query.tree import And, Days, Everything, Has, Near, Node, Not, Or, ParsedQuery, Term
from search.ranking import TYPED_SO, Plan, Ranking, Scorer, plan
from search.text import pairs

_PLACES_UP_TO = 100_000


def matching(schema: tantivy.Schema, node: Node) -> Query:
    """Decides what matches; every word by its folded form."""
    return _Compiler(schema, exact=False).query(node)


def with_filters(schema: tantivy.Schema, query: Query, filters: Filters) -> Query:
    """``query`` narrowed by the choices beside it."""
    narrowed = [query, *_filter_queries(schema, filters)]
    return query if len(narrowed) == 1 else Query.boolean_query([(Occur.Must, q) for q in narrowed])


def rankings(view: View, parsed: ParsedQuery, filters: Filters) -> list[Ranking[Query]]:
    """The documents that ``parsed`` and ``filters`` match, scored; all of one come before those of the next.

    Those written as typed are fewer, so a page of them is found without looking at the others.
    """
    planned = plan(parsed)
    if planned.typed is None:
        return [_ranking(view, planned, filters)]
    typed = _Compiler(view.schema, exact=True).query(planned.typed)
    return [
        _ranking(view, planned, filters, (Occur.Must, Query.const_score_query(typed, TYPED_SO))),
        _ranking(view, planned, filters, (Occur.MustNot, typed)),
    ]


def _ranking(view: View, planned: Plan, filters: Filters, *more: tuple[Occur, Query]) -> Ranking[Query]:
    schema = view.schema
    unscored = _filter_queries(schema, filters)
    if planned.rest is not None:
        unscored.append(matching(schema, planned.rest))
    clauses = [(Occur.Must, _scored(view, scorer)) for scorer in planned.required]
    clauses += [(Occur.Must, Query.const_score_query(query, 0.0)) for query in unscored]
    clauses += [(Occur.Should, _scored(view, scorer)) for scorer in planned.optional]
    clauses += [
        (Occur.Should, _scored(view, scorer)) for scorer in planned.neighbours if not _too_dear(view, scorer)
    ]
    clauses += more
    if planned.near is None:
        return Ranking(Query.boolean_query(clauses))
    near = matching(schema, planned.near)
    whole = [*clauses, (Occur.Must, Query.const_score_query(near, 0.0))]
    return Ranking(Query.boolean_query(whole), Query.boolean_query(clauses), near)


def _scored(view: View, scorer: Scorer) -> Query:
    boost = scorer.boost
    if placed := _pairs(scorer.field, scorer.words):
        # A pair is rarer than its words and would weigh less than their phrase, whose words add up.
        words = sum(_rarity(view, scorer.field, word) for word in scorer.words)
        boost *= words / sum(_rarity(view, pairs.FIELD_OF[scorer.field], term) for _, term in placed)
    return Query.boost_query(_in_a_row(view.schema, scorer.field, scorer.words), boost)


def _too_dear(view: View, scorer: Scorer) -> bool:
    """Whether places would be compared in too many documents: those that have the rarest word, at most."""
    if _pairs(scorer.field, scorer.words):
        return False
    return min(view.searcher.doc_freq(scorer.field, word) for word in scorer.words) > _PLACES_UP_TO


def _rarity(view: View, field: str, term: str) -> float:
    """The inverse document frequency of BM25."""
    holding = view.searcher.doc_freq(field, term)
    return math.log(1 + (view.searcher.num_docs - holding + 0.5) / (holding + 0.5))


def _in_a_row(schema: tantivy.Schema, field: str, words: tuple[str, ...]) -> Query:
    if len(words) == 1:
        return Query.term_query(schema, field, words[0])
    placed = _pairs(field, words)
    if not placed:
        return Query.phrase_query(schema, field, list(words))
    field = pairs.FIELD_OF[field]
    if len(placed) == 1:
        return Query.term_query(schema, field, placed[0][1])
    return Query.phrase_query(schema, field, list(placed))


def _pairs(field: str, words: tuple[str, ...]) -> list[tuple[int, str]]:
    return pairs.placed(words) if field in pairs.FIELD_OF else []


class _Compiler:
    """Walks a query; ``exact``: words by their exact form."""

    def __init__(self, schema: tantivy.Schema, *, exact: bool):
        self.schema = schema
        self.exact = exact

    def query(self, node: Node) -> Query:
        match node:
            case Everything():
                return Query.all_query()
            case Term():
                return _in_a_row(self.schema, self._field(node), self._words(node))
            case Near():
                return self._near(node)
            case Has(name, value):
                return Query.term_query(self.schema, "has", has_term(name, value), "basic")
            case Days(first, last):
                return days(self.schema, first, last)
            case Or(parts):
                return Query.boolean_query([(Occur.Should, self.query(part)) for part in parts])
            case And(parts):
                return self._all(parts)
            case Not():
                return self._all((node,))

    def _all(self, parts: tuple[Node, ...]) -> Query:
        clauses = [
            (Occur.MustNot, self.query(part.part))
            if isinstance(part, Not)
            else (Occur.Must, self.query(part))
            for part in parts
        ]
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(clauses)

    def _field(self, term: Term) -> str:
        return ("title" if term.title_only else "words") + ("_exact" if self.exact else "")

    def _words(self, term: Term) -> tuple[str, ...]:
        return term.exact if self.exact else term.folded

    def _near(self, near: Near) -> Query:
        field = self._field(near.left)
        return near_query(self.schema, field, self._words(near.left), self._words(near.right), near.distance)


def days(schema: tantivy.Schema, first: date | None, last: date | None) -> Query:
    """Dated from day ``first`` to day ``last``, both inclusive."""
    low = None if first is None else first.toordinal()
    high = None if last is None else last.toordinal()
    return Query.range_query(schema, "day", FieldType.Integer, low, high)


def ids_above(schema: tantivy.Schema, number: int) -> Query:
    """Ids greater than ``number``."""
    return Query.range_query(schema, "id", FieldType.Unsigned, number, None, include_lower=False)


def _filter_queries(schema: tantivy.Schema, filters: Filters) -> list[Query]:
    chosen = {
        "outlet": filters.outlets,
        "topic": filters.topics,
        "place": filters.places,
        "about": filters.about,
        "kind": filters.kinds,
        "scope": filters.scopes,
        "signal": filters.signals,
    }
    queries = [
        Query.boolean_query(
            [(Occur.Should, Query.term_query(schema, name, value, "basic")) for value in values]
        )
        for name, values in chosen.items()
        if values
    ]
    if filters.since or filters.until:
        queries.append(days(schema, filters.since, filters.until))
    if filters.gone is not None:
        gone = has_term("gone", "yes" if filters.gone else "no")
        queries.append(Query.term_query(schema, "has", gone, "basic"))
    if filters.story:
        queries.append(Query.term_query(schema, "story", filters.story, "basic"))
    return queries
