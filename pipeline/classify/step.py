"""Classifies the articles that await it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from archive.failures import clear_failure, failed_articles, note_failure
from archive.findings import FindingRow, awaiting_classification, replace_findings
from archive.models import Article
from archive.register.candidates import own_portal, propose
from cases.signals import in_force
from classifiers.records import ArticleText, Finding
from pipeline.classify.figures import RegisterFigures
from pipeline.classify.switches import kept
from pipeline.step import a_slice

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

    def __init__(
        self,
        classifiers: Classifiers,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        figures: RegisterFigures | None = None,
    ):
        self._classifiers = classifiers
        self._clock = clock
        self._figures = figures
        self._detectors = [*classifiers.detectors, *([figures.detector] if figures else [])]

    def run(self, limit: int) -> int:
        """Classify up to ``limit`` waiting articles."""
        waiting = awaiting_classification(limit)
        if not waiting:
            return 0
        settings = in_force()
        if self._figures is not None:
            self._figures.refresh()
        failed = failed_articles(self.name, [row.article.pk for row in waiting])
        taken = 0
        for row in a_slice(waiting):
            found = kept(self._findings(row.article, had_failed=row.article.pk in failed), settings)
            replace_findings(
                row.article.pk,
                row.revision_id,
                row.version,
                self._detectors,
                [as_row(finding) for finding in found],
                now=self._clock(),
            )
            taken += 1
        return taken

    def _findings(self, article: Article, *, had_failed: bool) -> list[Finding]:
        try:
            text = as_text(article)
            found = [*self._classifiers.findings(text), *self._compare(article, text)]
        except Exception as error:
            # One article that a classifier cannot take must not hold up all that come after it. It
            # gets no findings, and is listed until ``diembao reclassify --failed`` takes it again.
            log.exception("article %s (%s) could not be classified", article.pk, article.canonical_url)
            note_failure(article.pk, self.name, error, at=self._clock())
            return []
        if had_failed:
            clear_failure(article.pk, self.name)
        return found

    def _compare(self, article: Article, text: ArticleText) -> list[Finding]:
        """S1; and what a release of the office's own portals states anew becomes a draft of the register."""
        if self._figures is None:
            return []
        checked = self._figures.check(text)
        if checked and own_portal(article):
            propose(article, self._figures.candidates(checked, text.published), now=self._clock())
        return self._figures.findings(text, checked)


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
