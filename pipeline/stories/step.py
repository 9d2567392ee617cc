"""Puts the articles that await it into their stories."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from archive.models import Article
from archive.stories.assign import Resemblance, assign, awaiting_story
from archive.stories.lock import story_lock
from classifiers.similarity.facts import ArticleFacts, facts_of
from pipeline.step import a_slice
from pipeline.stories.recent import RecentArticles, facts_from

log = logging.getLogger(__name__)


class StoryStep:
    """One transaction per article, one worker at a time in it: a kill loses at most the article at hand."""

    name = "stories"

    def __init__(
        self,
        recent: RecentArticles | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self._recent = recent or RecentArticles()
        self._clock = clock
        self._loaded = False

    def run(self, limit: int) -> int:
        """Assign up to ``limit`` waiting articles."""
        waiting = awaiting_story(limit)
        if waiting and not self._loaded:
            self._recent.load()
            self._loaded = True
        taken = 0
        for article in a_slice(waiting):
            taken += 1
            facts = self._facts(article)
            with story_lock() as lock:
                self._recent.catch_up(lock)
                found = self._resemblances(article, facts)
                signature = facts.signature.pack()
                assign(lock, article.pk, article.version, signature, found, now=self._clock())
        return taken

    def _facts(self, article: Article) -> ArticleFacts:
        try:
            return facts_from(article)
        except Exception:
            # One article that cannot be read must not hold up all that come after it: it stands alone.
            log.exception("article %s (%s) could not be compared", article.pk, article.canonical_url)
            return facts_of("", "", "", article.first_seen_at)

    def _resemblances(self, article: Article, facts: ArticleFacts) -> list[Resemblance]:
        return [
            Resemblance(other_id, str(link.kind), link.score, link.method, link.details)
            for other_id, link in self._recent.links(article.pk, facts, article.first_seen_at)
        ]
