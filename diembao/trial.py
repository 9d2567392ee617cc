"""Which signals recent articles would have without any threshold. Findings below one are never kept, so that
what a lower one would show can only be found out by comparing again; nothing is written."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from archive.models import Article
from classifiers.records import Finding
from classifiers.signals.detector import SignalDetector
from classifiers.signals.findings import findings
from diembao.progress import Progress
from pipeline.classify.figures import RegisterFigures
from pipeline.classify.step import as_text
from pipeline.signals.context import ContextSource
from pipeline.stories.related import RelatedCoverage
from provinces.loader import gazetteer_of
from provinces.records import Province
from search.port import SearchEngine

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trial:
    """``tried`` of ``articles``; ``failed``: those that could not be compared; ``scores`` by signal."""

    articles: int
    tried: int
    failed: int
    scores: dict[str, list[float]]

    def between(self, signal: str, low: float, high: float) -> int:
        """Findings of low <= score < high."""
        return sum(low <= score < high for score in self.scores.get(signal, ()))


def compare_again(
    profile: Province,
    engine: SearchEngine | None,
    signals: Collection[str],
    since: datetime,
    now: datetime,
    most: int,
) -> Trial:
    """Compare the newest ``most`` articles that were first seen ``since`` then. Reads only."""
    recent = Article.objects.filter(first_seen_at__gte=since)
    figures = RegisterFigures(profile) if "S1" in signals else None
    # All of them, as in the pipeline: what one explains is not told a second time by another.
    detector = SignalDetector(gazetteer_of(profile.folder)) if set(signals) - {"S1"} else None
    context = ContextSource(profile, RelatedCoverage(engine))
    scores: dict[str, list[float]] = defaultdict(list)
    articles, tried, failed = recent.count(), 0, 0
    with Progress("articles compared again") as progress:
        for article in recent.select_related("outlet").order_by("-first_seen_at", "-pk")[:most].iterator():
            try:
                found = _findings(article, figures, detector, context, now)
            except Exception:
                # As in the pipeline: one article that cannot be compared must not hold up the others.
                log.exception("article %s (%s) could not be compared", article.pk, article.canonical_url)
                failed, found = failed + 1, []
            for finding in found:
                scores[finding.label].append(finding.score)
            tried += 1
            progress.show(tried, min(most, articles))
    return Trial(articles, tried, failed, dict(scores))


def _findings(
    article: Article,
    figures: RegisterFigures | None,
    detector: SignalDetector | None,
    context: ContextSource,
    now: datetime,
) -> list[Finding]:
    text = as_text(article)
    of_register = figures.findings(text, figures.check(text)) if figures is not None else []
    if detector is None:
        return of_register
    return [*of_register, *findings(detector.detect(text, context.of(article, now)))]
