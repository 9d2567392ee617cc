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
from search.port import Document, SearchEngine
from search.query import ParsedQuery, QuerySyntaxError, parse
from search.query.tree import Everything

log = logging.getLogger(__name__)


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
    """Article id to the rules that hold for it, story sizes left aside. The articles must be indexed.

    Outlets and findings of the articles should be at hand. Raises ``EngineUnavailable``.
    """
    active = list(rules)
    queries = {str(each.rule.pk): each.query for each in active if each.searches}
    found = engine.match(queries, [article.pk for article in articles]) if queries and articles else {}
    hits = {name: set(ids) for name, ids in found.items()}
    matches: dict[int, list[Match]] = defaultdict(list)
    for article in articles:
        document = document_of(article)
        for each in active:
            searched = not each.searches or article.pk in hits[str(each.rule.pk)]
            if searched and each.conditions.hold(document):
                signals = each.conditions.matched_signals(document)
                matches[article.pk].append(Match(each, article, document, signals))
    return matches
