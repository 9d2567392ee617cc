"""Classifies the articles that await it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from archive.findings import FindingRow, awaiting_classification, replace_findings
from archive.models import Article
from classifiers.records import ArticleText, Finding

log = logging.getLogger(__name__)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Classifiers(Protocol):
    """All classifiers together. ``detectors`` names every detector whose findings it replaces."""

    detectors: Collection[str]

    def findings(self, article: ArticleText) -> list[Finding]:
        """What they say of one article."""


class ClassifyStep:
    """One transaction per article: a kill loses at most the article at hand, which still waits."""

    name = "classify"

    def __init__(self, classifiers: Classifiers, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._classifiers = classifiers
        self._clock = clock

    def run(self, limit: int) -> int:
        """Classify up to ``limit`` waiting articles."""
        waiting = awaiting_classification(limit)
        for row in waiting:
            replace_findings(
                row.article.pk,
                row.revision_id,
                row.version,
                self._classifiers.detectors,
                [as_row(finding) for finding in self._findings(row.article)],
                now=self._clock(),
            )
        return len(waiting)

    def _findings(self, article: Article) -> list[Finding]:
        try:
            return self._classifiers.findings(as_text(article))
        except Exception:
            # One article that a classifier cannot take must not hold up all that come after it. It
            # gets no findings; a re-classification after the classifier is mended picks it up again.
            log.exception("article %s (%s) could not be classified", article.pk, article.canonical_url)
            return []


def as_text(article: Article) -> ArticleText:
    """What classifiers see of an article; dated by Việt Nam's calendar."""
    time = article.published_at or article.first_seen_at
    return ArticleText(article.title, article.lead, article.text, time.astimezone(VIETNAM).date())


def as_row(finding: Finding) -> FindingRow:
    """A finding as the archive stores it."""
    return FindingRow(
        kind=finding.kind,
        label=finding.label,
        score=finding.score,
        detector=finding.detector,
        version=finding.version,
        spans=[
            {"field": str(span.field), "start": span.start, "end": span.end, "text": span.text}
            for span in finding.spans
        ],
        evidence=dict(finding.evidence),
        code=finding.code,
    )
