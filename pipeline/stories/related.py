"""Other coverage of what an article tells: its story, what is linked to it, and what search remembers.

An event that is told again may be years old, long out of the window of the similarity index: the search
engine is asked for the pairs of words of the headline, which it weighs by rarity.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

import numpy as np
from django.db.models import Q

from archive.models import Article, StoryLink
from classifiers.similarity.marks import Marks, marks
from classifiers.similarity.words import composed, syllables
from search.port import EngineUnavailable, Filters, SearchEngine, SearchRequest
from search.query import QuerySyntaxError, parse

log = logging.getLogger(__name__)

LIMIT = 30
MOST_PAIRS = 16  # of the headline's words
FOUND = 12  # articles that search may bring
REMEMBERED = 512  # texts whose names and numbers are kept: the same ones are found again and again
ZONE_SLACK = timedelta(hours=7)  # days are counted in Việt Nam


class RelatedCoverage:
    """Callable as the signals step wants it."""

    def __init__(self, engine: SearchEngine | None = None, limit: int = LIMIT):
        self._engine, self._limit = engine, limit

    def __call__(self, article: Article) -> Sequence[Article]:
        """At most ``limit`` other articles: the story's, linked ones, then what search found; unique."""
        told = dict.fromkeys([*_of_the_story(article), *_linked(article)])
        found = self._remembered(article, self._engine) if self._engine and len(told) < self._limit else []
        # Mostly the same articles: their texts are read once.
        rows = Article.objects.select_related("outlet").defer("segments").in_bulk({*told, *found})
        moment, mine = _moment(article), _marks_of(article)
        taken = [rows[pk] for pk in told if pk in rows]
        for pk in found:
            row = rows.get(pk)
            if (
                row is not None
                and pk not in told
                and _moment(row) <= moment
                and _same_event(mine, _marks_of(row))
            ):
                taken.append(row)
        return [row for row in taken if row.pk != article.pk][: self._limit]

    def _remembered(self, article: Article, engine: SearchEngine) -> list[int]:
        words = syllables(composed(article.title))
        phrases = list(dict.fromkeys(f'"{one} {other}"' for one, other in pairwise(words)))[:MOST_PAIRS]
        if not phrases:
            return []
        try:
            query = parse(" OR ".join(phrases))
            until = Filters(until=(_moment(article) + ZONE_SLACK).date())
            request = SearchRequest(query, until, size=FOUND, highlight=False)
            return [hit.id for hit in engine.search(request).hits]
        except EngineUnavailable as error:
            log.warning("related coverage of article %s without search: %s", article.pk, error)
        except QuerySyntaxError as error:
            log.warning("the headline of article %s makes no query: %s", article.pk, error)
        return []


def related(article_id: int, limit: int = LIMIT, engine: SearchEngine | None = None) -> list[Article]:
    """By number; an article that does not exist has none."""
    article = Article.objects.select_related("outlet").filter(pk=article_id).first()
    return list(RelatedCoverage(engine, limit)(article)) if article else []


def _of_the_story(article: Article) -> list[int]:
    if article.story_id is None:
        return []
    rows = Article.objects.filter(story=article.story_id).exclude(pk=article.pk)
    return list(rows.order_by("first_seen_at").values_list("pk", flat=True)[:LIMIT])


def _linked(article: Article) -> list[int]:
    links = StoryLink.objects.filter(Q(article=article) | Q(other=article)).order_by("-score")
    return [
        other if one == article.pk else one for one, other in links.values_list("article", "other")[:LIMIT]
    ]


def _moment(article: Article) -> datetime:
    return article.published_at or article.first_seen_at


def _marks_of(article: Article) -> Marks:
    return _marks(article.title, article.lead, article.text)


@lru_cache(maxsize=REMEMBERED)
def _marks(title: str, lead: str, text: str) -> Marks:
    return marks(composed(title), composed(lead), composed(text))


def _same_event(a: Marks, b: Marks) -> bool:
    """Whether both have words of the headline and a name or number in common: worth a closer look."""
    heads = np.intersect1d(a.heads, b.heads, assume_unique=True)
    facts = np.intersect1d(a.facts, b.facts, assume_unique=True)
    return len(heads) > 1 and len(facts) > 0
