"""Watching for a correction: which articles, and what a person says of what was seen."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from archive.models import Article
from archive.stories import current_story
from cases.changes import CaseRefused, checked_reason, finish, note, permitted, take
from cases.models import Case, CaseEvent, CaseWatch

_Status = CaseWatch.Status
JUDGEMENTS = (_Status.CORRECTED, _Status.NOT_CORRECTED)


def articles_to_watch(case: Case) -> list[Article]:
    """The case's own articles and every reprint of its story today."""
    found = {row.article_id: row.article for row in case.evidence.select_related("article__outlet")}
    if case.article is not None:
        found[case.article.pk] = case.article
    story = current_story(case.story_id) if case.story_id else None
    if story is not None:
        found |= {row.pk: row for row in story.articles.select_related("outlet")}
    return [found[pk] for pk in sorted(found)]


def start_watching(case: Case, now: datetime) -> int:
    """Begin with what is not watched yet; returns how many. Idempotent."""
    known = set(CaseWatch.objects.filter(case=case).values_list("article_id", flat=True))
    rows = [
        CaseWatch(case=case, article=article, since=now, baseline=article.revision_count)
        for article in articles_to_watch(case)
        if article.pk not in known
    ]
    CaseWatch.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def judge(watch_id: int, status: str, *, version: int, by: User, now: datetime, reason: str) -> CaseWatch:
    """A person says whether an article is corrected. Raises ``CaseForbidden``, ``CaseRefused``."""
    permitted(by)
    reason = checked_reason(reason)
    if status not in JUDGEMENTS:
        raise CaseRefused(_("Hãy chọn “đã cải chính” hoặc “chưa cải chính”."))
    with transaction.atomic():
        row = CaseWatch.objects.filter(pk=watch_id).select_related("article__outlet").first()
        if row is None:
            raise CaseRefused(_("Bài này không còn được theo dõi trong hồ sơ."))
        case = take(row.case_id, version)
        before, row.status, row.judged = row.status, _Status(status), True
        row.save(update_fields=["status", "judged"])
        details = {"article": row.article_id, "outlet": row.article.outlet.name}
        details |= {"before": before, "after": status}
        note(case, CaseEvent.Kind.JUDGED, by=by, now=now, reason=reason, details=details)
        finish(case)
    return row
