"""Hands work to the steps after collecting: what awaits classification, the index, the rules.

The newest article comes first: what was just printed does not wait behind a backlog or a re-classification.
A mark is cleared only if the article is still at the version that the step read. So a step may be
killed or run twice: at worst its work is done again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, Subquery

from archive.models import Article, Finding, Revision
from archive.textform import stored


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as a detector made it. ``spans``: [{"field", "start", "end", "text"}] into stored text."""

    kind: str
    label: str
    score: float
    detector: str
    version: str
    spans: list[dict[str, Any]] = field(default_factory=list)
    evidence: dict[str, Any] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True, slots=True)
class Awaiting:
    """An article that awaits classification, at the version and newest revision that were read."""

    article: Article
    revision_id: int
    version: int


def awaiting_classification(limit: int) -> list[Awaiting]:
    """Up to ``limit`` articles to classify, newest first."""
    return _awaiting(Q(needs_classify=True), limit)


def awaiting_signals(limit: int) -> list[Awaiting]:
    """Up to ``limit`` articles to compare with what can be checked; those whose story is known."""
    return _awaiting(Q(needs_signals=True, needs_classify=False, needs_story=False), limit)


def _awaiting(condition: Q, limit: int) -> list[Awaiting]:
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")[:1]
    articles = (
        Article.objects.filter(condition)
        .select_related("outlet")
        .annotate(newest_revision=Subquery(newest))
        .order_by("-pk")[:limit]
    )
    return [Awaiting(article, article.newest_revision, article.version) for article in articles]


def replace_findings(
    article_id: int,
    revision_id: int,
    version: int,
    detectors: Collection[str],
    rows: Iterable[FindingRow],
    *,
    now: datetime,
    mark: str = "needs_classify",
) -> bool:
    """Put ``rows`` in the place of what ``detectors`` found before; False if the article changed since.

    ``mark`` is the one that is cleared: "needs_classify" or "needs_signals".

    ``version`` is the one that the texts were read at. When the article is at another by now,
    nothing is written and it still awaits classification. Findings that a person decided on stay.
    """
    with transaction.atomic():
        current = Article.objects.filter(pk=article_id, version=version)
        # The guarded update comes first: it takes the row's lock and settles who is right.
        if not current.update(**{mark: False}, needs_index=True, version=F("version") + 1):
            return False
        earlier = list(Finding.objects.filter(article_id=article_id, detector__in=detectors))
        decided = {_identity(row) for row in earlier if row.status != Finding.Status.OPEN}
        if still_open := [row.pk for row in earlier if row.status == Finding.Status.OPEN]:
            Finding.objects.filter(pk__in=still_open, status=Finding.Status.OPEN).delete()
        fresh = [_finding(article_id, revision_id, row, now) for row in rows]
        # What a person has decided on is not asked again as long as it says the same.
        Finding.objects.bulk_create([row for row in fresh if _identity(row) not in decided])
    return True


def nothing_found(article_id: int, version: int, detectors: Collection[str]) -> bool:
    """Clear the signal mark of an article where ``detectors`` find nothing and found nothing before.

    False, with nothing written, if they did or the article changed: then ``replace_findings`` decides.
    """
    if Finding.objects.filter(article_id=article_id, detector__in=detectors).exists():
        return False
    return Article.objects.filter(pk=article_id, version=version).update(needs_signals=False) == 1


def mark_for_classification(article_ids: Collection[int] | None = None) -> int:
    """Have articles (None: all) classified again, after a model changed; returns how many."""
    articles = Article.objects.filter(needs_classify=False)
    if article_ids is not None:
        articles = articles.filter(pk__in=article_ids)
    return articles.update(needs_classify=True, needs_signals=True)


def mark_for_signals(article_ids: Collection[int]) -> int:
    """Have articles compared again, since there is more to compare them with; returns how many were marked.

    Their version grows: a comparison under way, which read less, then cannot clear the mark. What still
    awaits its story or classification is compared after that anyway and is left as it is.
    """
    waiting = Q(needs_signals=True) & (Q(needs_story=True) | Q(needs_classify=True))
    rows = Article.objects.filter(pk__in=article_ids).exclude(waiting)
    return rows.update(needs_signals=True, version=F("version") + 1)


_UNTOLD = ~Q(alerted_version=F("version"))
_WAITS_UNTOLD = _UNTOLD & Q(needs_index=True)
_AWAITS_RULES = Q(needs_alert=True) | _WAITS_UNTOLD


def awaiting_index(limit: int) -> list[Article]:
    """Up to ``limit`` articles that the search index has not seen at their version, newest first.

    Those that other steps are done with, or else any: an article is not indexed twice in a moment, and an
    edit is found although all articles wait to be classified anew.
    """
    waiting = Article.objects.filter(needs_index=True).order_by("-pk")
    waiting = waiting.select_related("outlet").prefetch_related("findings")
    done = waiting.filter(needs_classify=False, needs_story=False, needs_signals=False)
    return list(done[:limit]) or list(waiting[:limit])


def mark_indexed(done: Sequence[tuple[int, int]]) -> int:
    """Clear the mark of (article id, version) pairs that are in the index; returns how many matched.

    They then await the rules, unless these saw that version while the engine was away. An article that
    changed meanwhile keeps its mark.
    """
    versions = dict(done)
    with transaction.atomic():
        rows = Article.objects.select_for_update().filter(pk__in=versions).order_by("pk")
        same = [pk for pk, version in rows.values_list("pk", "version") if versions[pk] == version]
        return Article.objects.filter(pk__in=same).update(
            needs_index=False, needs_alert=ExpressionWrapper(_UNTOLD, BooleanField()), index_error=""
        )


def mark_index_error(article_id: int, version: int, error: str) -> None:
    """The engine refused this version: said on the row, and not tried again until it changes."""
    Article.objects.filter(pk=article_id, version=version).update(
        needs_index=False, needs_alert=ExpressionWrapper(_UNTOLD, BooleanField()), index_error=stored(error)
    )


def awaiting_alert(limit: int, *, without_index: bool = False) -> list[Article]:
    """Up to ``limit`` classified, indexed articles in their stories that no rule has seen, newest first.

    ``without_index``: those that wait for the index too, because the engine is away.
    """
    waiting = Q(needs_alert=True, needs_index=False)
    if without_index:
        waiting |= _WAITS_UNTOLD
    done = Article.objects.filter(waiting, needs_classify=False, needs_story=False, needs_signals=False)
    rows = done.order_by("-pk").select_related("outlet").prefetch_related("findings")
    return list(rows[:limit])


def clear_alert_mark(article_id: int, version: int) -> bool:
    """The rules have seen this version; False if it changed since, or another worker was first."""
    rows = Article.objects.filter(_AWAITS_RULES, pk=article_id, version=version)
    return rows.update(needs_alert=False, alerted_version=version) == 1


def retry_index_errors() -> int:
    """Have everything that an engine refused tried again; returns how many."""
    return Article.objects.exclude(index_error="").update(needs_index=True, index_error="")


def _finding(article_id: int, revision_id: int, row: FindingRow, now: datetime) -> Finding:
    return Finding(
        article_id=article_id,
        revision_id=revision_id,
        kind=row.kind,
        label=row.label,
        code=row.code,
        score=row.score,
        spans=row.spans,
        evidence=row.evidence,
        detector=row.detector,
        version=row.version,
        created_at=now,
    )


def _identity(row: Finding) -> tuple[object, ...]:
    if row.kind == "topic":  # taken off by a person, it stays off, whatever words speak for it
        return (row.detector, row.kind, row.label)
    words = tuple((span.get("field"), span.get("text")) for span in row.spans)
    return (row.detector, row.kind, row.label, row.code, words)
