"""Looking at watched articles: their new versions, notices of their outlets, reprints that joined since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from archive.models import Article, Revision
from archive.revisits import revisit_by
from cases.changes import note
from cases.correction import Text, correction_words, seems_corrected, speaks_of
from cases.models import Case, CaseEvent, CaseEvidence, CaseWatch
from cases.models.history import JOIN
from cases.states import RANK, State
from cases.watching import start_watching

REVISIT_EVERY = timedelta(hours=3)  # how often a watched page is read until its case closes
_Status = CaseWatch.Status
_OPEN_END = (_Status.CORRECTED,)  # a person has seen the correction: nothing more is waited for


def watched_cases() -> list[Case]:
    """Cases that wait for a correction: requested, not closed."""
    return list(
        Case.objects.filter(watches__isnull=False).exclude(state=State.CLOSED).distinct().order_by("pk")
    )


def keep_following(now: datetime) -> int:
    """Take in reprints that joined; keep watched pages in the schedule. Returns pages brought forward."""
    for case in watched_cases():
        if RANK[case.state] >= RANK[State.REQUESTED]:
            start_watching(case, now)
    rows = CaseWatch.objects.exclude(case__state=State.CLOSED).exclude(status__in=_OPEN_END)
    articles = set(rows.values_list("article_id", flat=True))
    return revisit_by(articles, now + REVISIT_EVERY) if articles else 0


def look(limit: int, now: datetime) -> int:
    """Look at up to ``limit`` watched articles that changed since; returns how many. One transaction each."""
    waiting = (
        CaseWatch.objects.exclude(case__state=State.CLOSED)
        .exclude(seen_version=F("article__version"))
        .order_by("pk")
        .values_list("pk", flat=True)[:limit]
    )
    numbers = list(waiting)
    for number in numbers:
        with transaction.atomic():
            _look_at(number, now)
    return len(numbers)


def look_for_notices(now: datetime) -> int:
    """Match new articles of the watched outlets against the watched ones; returns how many were found."""
    rows = CaseWatch.objects.exclude(case__state=State.CLOSED).exclude(status__in=_OPEN_END)
    open_rows = list(rows.filter(notice__isnull=True).select_related("article"))
    found = 0
    for row in open_rows:
        for notice in _candidates(row):
            text = Text(notice.title, notice.lead, notice.text)
            words = correction_words(text)
            if words and speaks_of(text, row.article.title, row.article.url):
                with transaction.atomic():
                    found += _found_notice(row.pk, notice, words, now)
                break
        CaseWatch.objects.filter(pk=row.pk).update(looked_at=now)
    return found


def _candidates(row: CaseWatch) -> Iterable[Article]:
    """The outlet's articles since the request that bear such a word; SQLite folds ASCII letters only."""
    since = row.looked_at or row.since
    bears = Q()
    for word in ("đính chính", "Đính chính", "ĐÍNH CHÍNH", "cải chính", "Cải chính", "CẢI CHÍNH", "lỗi"):
        bears |= Q(title__contains=word) | Q(lead__contains=word) | Q(text__contains=word)
    rows = Article.objects.filter(outlet=row.article.outlet_id, changed_at__gte=since - timedelta(minutes=5))
    return rows.filter(bears, first_seen_at__gte=row.since).exclude(pk=row.article_id).order_by("pk")


def _look_at(number: int, now: datetime) -> None:
    row = (
        CaseWatch.objects.select_for_update(of=("self",))
        .select_related("article__outlet", "case")
        .get(pk=number)
    )
    article = row.article
    row.seen_version = article.version
    newest = article.revisions.order_by("-number").first()
    if newest is not None and newest.number > row.baseline and newest.pk != row.revision_id:
        row.revision = newest
        reasons = _reasons(row, newest)
        _say(row, _Status.LOOKS_CORRECTED if reasons else _Status.CHANGED, "revision", reasons, now)
    elif article.gone_at is not None and row.status not in (_Status.GONE, _Status.CORRECTED):
        _say(row, _Status.GONE, "gone", [], article.gone_at)
    elif article.gone_at is None and row.status == _Status.GONE:
        _say(row, _Status.WAITING, "back", [], now)
    row.save()


def _reasons(row: CaseWatch, newest: Revision) -> list[str]:
    before = (
        Revision.objects.filter(article=row.article_id, number__lte=row.baseline).order_by("-number").first()
    )
    if before is None:
        return []
    sides = CaseEvidence.objects.filter(case=row.case_id).values_list("span", "other")
    quotes = [part for span, _ in sides for part in span.split(JOIN) if part]
    official = [other for _, other in sides if other]
    return seems_corrected(_text(before), _text(newest), quotes, official)


def _found_notice(number: int, notice: Article, words: list[str], now: datetime) -> int:
    row = (
        CaseWatch.objects.select_for_update(of=("self",))
        .select_related("article__outlet", "case")
        .get(pk=number)
    )
    if row.notice_id is not None:
        return 0
    row.notice = notice
    _say(row, _Status.LOOKS_CORRECTED, "notice", [f"bài “{notice.title[:160]}” có chữ “{words[0]}”"], now)
    row.save()
    return 1


def _say(row: CaseWatch, status: CaseWatch.Status, method: str, reasons: list[str], at: datetime) -> None:
    """Set what was seen and write it into the history; a person's word stays until then."""
    before = row.status
    row.status, row.judged, row.found_at = status, False, at
    row.found = {"method": method, "reasons": reasons}
    details = {"article": row.article_id, "outlet": row.article.outlet.name, "method": method}
    details |= {"before": before, "after": str(status)}
    note(row.case, CaseEvent.Kind.WATCHED, by=None, now=at, reason="; ".join(reasons), details=details)


def _text(revision: Revision) -> Text:
    return Text(revision.title, revision.lead, revision.text)
