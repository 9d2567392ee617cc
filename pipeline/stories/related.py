"""Other coverage of what an article tells: its story, what is linked to it, and what search remembers.

An event that is told again may be years old, long out of the window of the similarity index: the search
engine is asked for the pairs of words of the headline, which it weighs by rarity.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import numpy as np
from django.db.models import Q

from archive.models import Article, StoryLink
from classifiers.similarity.facts import ArticleFacts, facts_of
from classifiers.similarity.words import composed, syllables
from search.port import EngineUnavailable, Filters, SearchEngine, SearchRequest
from search.query import QuerySyntaxError, parse

log = logging.getLogger(__name__)

LIMIT = 30
MOST_PAIRS = 16  # of the headline's words
FOUND = 12  # articles that search may bring
ZONE_SLACK = timedelta(hours=7)  # days are counted in Việt Nam


class RelatedCoverage:
    """Callable as the signals step wants it."""

    def __init__(self, engine: SearchEngine | None = None, limit: int = LIMIT):
        self._engine, self._limit = engine, limit

    def __call__(self, article: Article) -> Sequence[Article]:
        """At most ``limit`` other articles: the story's, linked ones, then what search found; unique."""
        found = {row.pk: row for row in [*_of_the_story(article), *_linked(article)]}
        if self._engine is not None and len(found) < self._limit:
            found |= {row.pk: row for row in self._remembered(article, self._engine) if row.pk not in found}
        found.pop(article.pk, None)
        return list(found.values())[: self._limit]

    def _remembered(self, article: Article, engine: SearchEngine) -> list[Article]:
        words = syllables(composed(article.title))
        phrases = list(dict.fromkeys(f'"{one} {other}"' for one, other in pairwise(words)))[:MOST_PAIRS]
        if not phrases:
            return []
        moment = article.published_at or article.first_seen_at
        try:
            query = parse(" OR ".join(phrases))
            until = Filters(until=(moment + ZONE_SLACK).date())
            request = SearchRequest(query, until, size=FOUND, highlight=False)
            numbers = [hit.id for hit in engine.search(request).hits]
        except EngineUnavailable as error:
            log.warning("related coverage of article %s without search: %s", article.pk, error)
            return []
        except QuerySyntaxError as error:
            log.warning("the headline of article %s makes no query: %s", article.pk, error)
            return []
        mine = _facts(article)
        rows = Article.objects.select_related("outlet").in_bulk([pk for pk in numbers if pk != article.pk])
        found = [rows[pk] for pk in numbers if pk in rows]
        return [
            row
            for row in found
            if (row.published_at or row.first_seen_at) <= moment and _same_event(mine, _facts(row))
        ]


def related(article_id: int, limit: int = LIMIT, engine: SearchEngine | None = None) -> list[Article]:
    """By number; an article that does not exist has none."""
    article = Article.objects.select_related("outlet").filter(pk=article_id).first()
    return list(RelatedCoverage(engine, limit)(article)) if article else []


def _of_the_story(article: Article) -> list[Article]:
    if article.story_id is None:
        return []
    rows = Article.objects.filter(story=article.story_id).exclude(pk=article.pk)
    return list(rows.select_related("outlet").order_by("first_seen_at")[:LIMIT])


def _linked(article: Article) -> list[Article]:
    links = StoryLink.objects.filter(Q(article=article) | Q(other=article)).order_by("-score")[:LIMIT]
    numbers = [link.other_id if link.article_id == article.pk else link.article_id for link in links]
    rows = Article.objects.select_related("outlet").in_bulk(numbers)
    return [rows[pk] for pk in dict.fromkeys(numbers) if pk in rows]


def _facts(article: Article) -> ArticleFacts:
    return facts_of(article.title, article.lead, article.text, article.published_at or article.first_seen_at)


def _same_event(a: ArticleFacts, b: ArticleFacts) -> bool:
    """Whether both have words of the headline and a name or number in common: worth a closer look."""
    heads = np.intersect1d(a.marks.heads, b.marks.heads, assume_unique=True)
    facts = np.intersect1d(a.marks.facts, b.marks.facts, assume_unique=True)
    return len(heads) > 1 and len(facts) > 0
