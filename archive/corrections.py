"""Officers' corrections of topics: shown at once, kept through re-classification, learned from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from archive.models import Article, Finding, TopicCorrection

OFFICER = "officer"  # the detector of findings that a person made
BY_HAND = "1"


class CorrectionRefused(Exception):
    """The correction was not made; the message says why and what to do (Vietnamese, for the officer)."""


def topics_of(findings: Collection[Finding]) -> list[str]:
    """The topics that hold for an article: found or added, and not taken off."""
    kept = (row for row in findings if row.kind == "topic" and row.status != Finding.Status.FALSE_ALARM)
    return list(dict.fromkeys(row.label for row in kept))


def correct_topics(
    article_id: int,
    *,
    added: Collection[str],
    removed: Collection[str],
    by: User,
    now: datetime,
    reason: str,
) -> TopicCorrection:
    """Add and remove topics (ids known to the caller as real) and have the index see it.

    What stands as asked for already is left out of the correction; raises ``CorrectionRefused`` when
    nothing is left, without a reason, or when a topic is on both lists.
    """
    if not reason.strip():
        raise CorrectionRefused(_("Hãy ghi lý do sửa chủ đề."))
    if set(added) & set(removed):
        raise CorrectionRefused(_("Một chủ đề vừa được thêm vừa bị bỏ. Hãy chọn một trong hai."))
    with transaction.atomic():
        # The update takes the article's row: two officers correct one after the other.
        rows = Article.objects.filter(pk=article_id)
        if not rows.update(needs_index=True, version=F("version") + 1):
            raise CorrectionRefused(_("Bài này không còn trong kho."))
        article = rows.get()
        revision = article.revisions.order_by("-number")[0]
        topics = Finding.objects.filter(article=article, kind="topic")
        present = set(topics_of(topics))
        added = sorted(set(added) - present)
        removed = sorted(set(removed) & present)
        if not added and not removed:
            raise CorrectionRefused(_("Không có gì để sửa: các chủ đề đã đúng như bạn chọn."))
        topics.filter(label__in=removed).update(status=Finding.Status.FALSE_ALARM)
        topics.filter(label__in=added, detector=OFFICER).delete()
        Finding.objects.bulk_create(
            Finding(
                article=article,
                revision=revision,
                kind="topic",
                label=label,
                score=1.0,
                detector=OFFICER,
                version=BY_HAND,
                created_at=now,
            )
            for label in added
        )
        return TopicCorrection.objects.create(
            article=article,
            revision=revision,
            added=added,
            removed=removed,
            by=by,
            at=now,
            reason=reason.strip(),
        )


def topic_corrections() -> Iterator[dict[str, Any]]:
    """What to learn from: one ``{title, lead, text, added, removed}`` per corrected article.

    The newest word on each topic counts; texts are those of the revision that was corrected last.
    """
    rows = TopicCorrection.objects.select_related("revision").order_by("article_id", "at", "id")
    for _pk, corrections in groupby(rows.iterator(), key=lambda row: row.article_id):
        wanted: dict[str, bool] = {}
        for row in corrections:
            wanted |= dict.fromkeys(row.added, True) | dict.fromkeys(row.removed, False)
        yield {
            "title": row.revision.title,
            "lead": row.revision.lead,
            "text": row.revision.text,
            "added": sorted(label for label, there in wanted.items() if there),
            "removed": sorted(label for label, there in wanted.items() if not there),
        }
