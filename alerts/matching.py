"""Which rules an article meets: the saved search by the engine, the conditions by what was found."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alerts.conditions import Conditions
from alerts.models import Rule
from archive.models import Article
from search.documents import document_of
from search.embedded.batch import match_batch
from search.port import Document, EngineUnavailable, SearchEngine
from search.query import ParsedQuery, QuerySyntaxError, parse
from search.query.tree import Everything

log = logging.getLogger(__name__)

_HELD = "held"
_EVERYTHING = ParsedQuery("", Everything(), with_marks=False)


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule that can be evaluated."""

    rule: Rule
    query: ParsedQuery
    conditions: Conditions

    @property
    def searches(self) -> bool:
        """Whether the engine has to be asked."""
        return not isinstance(self.query.root, Everything)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that holds for an article. ``article`` is the one that says why."""

    active: ActiveRule
    article: Article
    document: Document
    signals: tuple[str, ...]


def rules_in_force(today: date) -> list[ActiveRule]:
    """Every enabled rule; one that cannot be understood is marked with its problem and left out."""
    return [
        active for rule in Rule.objects.filter(enabled=True) if (active := _active(rule, today)) is not None
    ]


def as_active(rule: Rule, today: date) -> ActiveRule:
    """Raises ``QuerySyntaxError`` or ``ValueError``."""
    return ActiveRule(rule, parse(rule.query, today=today), Conditions.from_json(rule.conditions))


def _active(rule: Rule, today: date) -> ActiveRule | None:
    try:
        active, problem = as_active(rule, today), ""
    except (QuerySyntaxError, ValueError, TypeError) as error:
        active, problem = None, str(error)
        log.error(
            "rule %s (%s) is not evaluated: %s; correct it on the rules page", rule.pk, rule.name, error
        )
    if problem != rule.problem:
        Rule.objects.filter(pk=rule.pk).update(problem=problem)
    return active


def match_articles(
    engine: SearchEngine, rules: Iterable[ActiveRule], articles: Sequence[Article]
) -> Mapping[int, list[Match]]:
    """Article id to the rules that hold for it, story sizes left aside. Does not need the index.

    Outlets and findings of the articles should be at hand.
    """
    active = list(rules)
    queries = {str(each.rule.pk): each.query for each in active if each.searches}
    documents = {article.pk: document_of(article) for article in articles}
    hits = _searched(engine, queries, articles, documents) if queries and articles else {}
    matches: dict[int, list[Match]] = defaultdict(list)
    for article in articles:
        document = documents[article.pk]
        for each in active:
            searched = not each.searches or article.pk in hits[str(each.rule.pk)]
            if searched and each.conditions.hold(document):
                signals = each.conditions.matched_signals(document)
                matches[article.pk].append(Match(each, article, document, signals))
    return matches


def _searched(
    engine: SearchEngine,
    queries: Mapping[str, ParsedQuery],
    articles: Sequence[Article],
    documents: Mapping[int, Document],
) -> Mapping[str, set[int]]:
    """The engine is asked about what it holds; the rest, or all while it is away, is matched in memory."""
    held = [article.pk for article in articles if not article.needs_index and not article.index_error]
    try:
        found = engine.match({**queries, _HELD: _EVERYTHING}, held) if held else {}
        held = found.pop(_HELD, [])  # what the index has lost since is matched in memory
    except EngineUnavailable as error:
        log.warning("%d articles are matched with the rules without the search engine: %s", len(held), error)
        held, found = [], {}
    apart = documents.keys() - set(held)
    beside = match_batch(queries, [documents[pk] for pk in apart]) if apart else {}
    return {name: {*found.get(name, ()), *beside.get(name, ())} for name in queries}
