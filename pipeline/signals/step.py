"""Compares articles with what can be checked: signals S2 to S10 (S1 comes with classification)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from archive.failures import clear_failure, failed_articles, note_failure
from archive.findings import Awaiting, awaiting_signals, nothing_found, replace_findings
from cases.signals import in_force
from classifiers.records import Finding
from classifiers.signals.detector import SignalDetector
from classifiers.signals.findings import findings
from pipeline.classify.step import as_row, as_text
from pipeline.classify.switches import kept
from pipeline.signals.context import ContextSource
from pipeline.step import a_slice

log = logging.getLogger(__name__)

# S1 is the register's and has a detector of its own; S5 and S6 come attached to the others.
DETECTORS = tuple(f"signals.{signal}" for signal in ("s2", "s3", "s4", "s7", "s8", "s9", "s10"))


class SignalStep:
    """One transaction per article, after its story is known."""

    name = "signals"

    def __init__(
        self,
        detector: SignalDetector,
        context: ContextSource,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self._detector = detector
        self._context = context
        self._clock = clock

    def run(self, limit: int) -> int:
        """Compare up to ``limit`` waiting articles."""
        waiting = awaiting_signals(limit)
        settings = in_force() if waiting else {}
        failed = failed_articles(self.name, [row.article.pk for row in waiting]) if waiting else set()
        taken = 0
        for row in a_slice(waiting):
            taken += 1
            found = kept(self._findings(row, had_failed=row.article.pk in failed), settings)
            if not found and nothing_found(row.article.pk, row.version, DETECTORS):
                continue
            replace_findings(
                row.article.pk,
                row.revision_id,
                row.version,
                DETECTORS,
                [as_row(finding) for finding in found],
                now=self._clock(),
                mark="needs_signals",
            )
        return taken

    def _findings(self, row: Awaiting, *, had_failed: bool) -> list[Finding]:
        article = row.article
        try:
            context = self._context.of(article, self._clock())
            found = findings(self._detector.detect(as_text(article), context))
        except Exception as error:
            # As in classification: one article must not hold up the others, and gets no findings.
            log.exception("article %s (%s) could not be compared", article.pk, article.canonical_url)
            note_failure(article.pk, self.name, error, at=self._clock())
            return []
        if had_failed:
            clear_failure(article.pk, self.name)
        return found
