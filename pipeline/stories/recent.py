"""The recent articles in memory, filled from the archive and kept up with what other workers add."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from archive.models import Article, ArticleSignature
from archive.stories.assign import mark_for_story
from archive.stories.lock import StoryLock, signatures_after
from classifiers.similarity.compare import Kind, Link, compare
from classifiers.similarity.facts import ArticleFacts, facts_of
from classifiers.similarity.index import MOST, WINDOW, SimilarityIndex
from classifiers.similarity.signature import Signature, SignatureError

log = logging.getLogger(__name__)

REMEMBERED = 512  # facts of articles that were compared lately


def facts_from(article: Article) -> ArticleFacts:
    """What is compared of an archived article. Its findings should be prefetched."""
    return facts_of(
        article.title,
        article.lead,
        article.text,
        article.published_at or article.first_seen_at,
        (row.code for row in article.findings.all() if row.kind == "place" and row.code),
    )


class RecentArticles:
    """The similarity index of this process. Memory is bounded by ``most`` articles of ``window``."""

    def __init__(self, window: timedelta = WINDOW, most: int = MOST):
        self._window, self._most = window, most
        self._index = SimilarityIndex(window, most)
        self._seen = 0
        self._facts: OrderedDict[tuple[int, str], ArticleFacts] = OrderedDict()

    def __len__(self) -> int:
        return len(self._index)

    def load(self) -> None:
        """Fill it from the archive at start. Without it the first ``catch_up`` would do so under the lock."""
        newest = ArticleSignature.objects.order_by("-at").values_list("at", flat=True).first()
        if newest is not None:
            self._index.fill(self._read(0, newest - self._window, self._most))

    def catch_up(self, lock: StoryLock) -> None:
        """Take in what was written since, by this worker or another; then nothing is missing."""
        if lock.sequence > self._seen:
            for number, signature, at in self._read(self._seen):
                self._index.add(number, signature, at)
            self._seen = lock.sequence

    def links(self, article_id: int, facts: ArticleFacts, first_seen: datetime) -> list[tuple[int, Link]]:
        """What the recent articles are to this one: (article id, link), without those that are nothing."""
        near = self._index.candidates(facts.signature, first_seen - self._window)
        others = [candidate.id for candidate in near if candidate.id != article_id]
        linked = []
        for other_id, other in self._facts_of(others):
            link = compare(facts, other, self._index.rarity)
            if link.kind != Kind.NONE:
                linked.append((other_id, link))
        return linked

    def _read(
        self, sequence: int, since: datetime | None = None, most: int | None = None
    ) -> Iterator[tuple[int, Signature, datetime]]:
        outdated = []
        for row in signatures_after(sequence, since, most):
            self._seen = row.sequence
            try:
                yield row.article_id, Signature.unpack(row.data), row.at
            except SignatureError as error:
                log.warning("signature of article %s: %s; it is made anew", row.article_id, error)
                outdated.append(row.article_id)
        if outdated:
            mark_for_story(outdated)

    def _facts_of(self, ids: Iterable[int]) -> Iterator[tuple[int, ArticleFacts]]:
        wanted = list(ids)
        digests = dict(Article.objects.filter(pk__in=wanted).values_list("pk", "digest"))
        missing = [pk for pk in wanted if pk in digests and (pk, digests[pk]) not in self._facts]
        made = {
            article.pk: facts_from(article)
            for article in Article.objects.filter(pk__in=missing).prefetch_related("findings")
        }
        for pk in wanted:
            if pk not in digests:
                self._index.discard(pk)  # no longer archived
                continue
            key = (pk, digests[pk])
            facts = made.get(pk) or self._facts.get(key)
            if facts is None:
                continue
            self._facts[key] = facts
            self._facts.move_to_end(key)
            yield pk, facts
        while len(self._facts) > REMEMBERED:
            self._facts.popitem(last=False)
