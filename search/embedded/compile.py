"""From a checked query to tantivy queries: one that decides what matches, one that ranks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import tantivy
from tantivy import FieldType, Occur, Query

from search.indexed import has_term
from search.port import Filters
from search.query.tree import And, Days, Everything, Has, Near, Node, Not, Or, ParsedQuery, Term
from search.ranking import TYPED_SO, Scorer, plan


def matching(schema: tantivy.Schema, node: Node) -> Query:
    """Decides what matches; every word by its folded form."""
    return _Compiler(schema, exact=False).query(node)


def with_filters(schema: tantivy.Schema, query: Query, filters: Filters) -> Query:
    """``query`` narrowed by the choices beside it."""
    narrowed = [query, *_filter_queries(schema, filters)]
    return query if len(narrowed) == 1 else Query.boolean_query([(Occur.Must, q) for q in narrowed])


def ranking(schema: tantivy.Schema, parsed: ParsedQuery, filters: Filters, matches: int) -> Query:
    """The documents that ``parsed`` and ``filters`` match, ``matches`` of them, scored."""
    planned = plan(parsed, matches)
    unscored = _filter_queries(schema, filters)
    if planned.rest is not None:
        unscored.append(matching(schema, planned.rest))
    clauses = [(Occur.Must, _scored(schema, scorer)) for scorer in planned.required]
    clauses += [(Occur.Must, Query.const_score_query(query, 0.0)) for query in unscored]
    clauses += [(Occur.Should, _scored(schema, scorer)) for scorer in planned.optional]
    if planned.typed is not None:
        typed = _Compiler(schema, exact=True).query(planned.typed)
        clauses.append((Occur.Should, Query.const_score_query(typed, TYPED_SO)))
    return Query.boolean_query(clauses)


def _scored(schema: tantivy.Schema, scorer: Scorer) -> Query:
    return Query.boost_query(_in_a_row(schema, scorer.field, scorer.words), scorer.boost)


def _in_a_row(schema: tantivy.Schema, field: str, words: tuple[str, ...]) -> Query:
    if len(words) == 1:
        return Query.term_query(schema, field, words[0])
    return Query.phrase_query(schema, field, list(words))


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
        left, right = self._words(near.left), self._words(near.right)
        ways = [
            *self._in_order(field, left, right, near.distance),
            *self._in_order(field, right, left, near.distance),
        ]
        return Query.boolean_query([(Occur.Should, way) for way in ways])

    def _in_order(
        self, field: str, first: tuple[str, ...], second: tuple[str, ...], distance: int
    ) -> Iterable[Query]:
        """``first`` then ``second`` with 0..distance words between.

        Slop is exact for two words; with phrases every distance is spelled out.
        """
        if len(first) == len(second) == 1:
            yield Query.phrase_query(self.schema, field, [first[0], second[0]], slop=distance)
            return
        for gap in range(distance + 1):
            start = len(first) + gap
            placed: list[str | tuple[int, str]] = [*enumerate(first), *enumerate(second, start)]
            yield Query.phrase_query(self.schema, field, placed)


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
