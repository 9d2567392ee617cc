"""Remembers which articles a step failed on, until it succeeds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from archive.models import StepFailure
from archive.textform import stored


def note_failure(article_id: int, step: str, error: Exception, *, at: datetime) -> None:
    """``step`` failed on an article; the newest error stands."""
    words = stored(f"{type(error).__name__}: {error}")
    StepFailure.objects.update_or_create(
        article_id=article_id, step=step, defaults={"error": words, "at": at}
    )


def clear_failure(article_id: int, step: str) -> None:
    """``step`` succeeded on an article."""
    StepFailure.objects.filter(article_id=article_id, step=step).delete()


def failed_articles(step: str, article_ids: Collection[int] | None = None) -> set[int]:
    """Those of ``article_ids`` (None: of all) on which ``step`` failed last."""
    rows = StepFailure.objects.filter(step=step)
    if article_ids is not None:
        rows = rows.filter(article_id__in=article_ids)
    return set(rows.values_list("article_id", flat=True))
