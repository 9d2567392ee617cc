"""Opening a case, from a page, an alert or Slack alike: of one story there is one open case of a kind."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from archive.models import Article, Finding, Outlet, Story
from archive.stories import current_story
from archive.textform import collapsed, stored
from archive.vietnam import VIETNAM
from cases.changes import CaseRefused, checked_reason, finish, note, permitted, take
from cases.evidence import add_evidence
from cases.models import Case, CaseEvent
from cases.office import agency_on, office
from cases.states import Kind, State

LONGEST_TITLE = 300
LONGEST_QUESTION = 5000


@dataclass(frozen=True, slots=True)
class Opened:
    """The case, and whether it is new (False: an open one of that story and kind was there already)."""

    case: Case
    created: bool


def open_case(
    kind: str,
    *,
    by: User,
    now: datetime,
    reason: str,
    article_id: int | None = None,
    story_id: int | None = None,
    finding_ids: Collection[int] = (),
    title: str = "",
    received_at: datetime | None = None,
) -> Opened:
    """Open a case about coverage (``Kind`` other than question); pressing twice opens one.

    At least one of article, story and findings. What an open case of the same story and kind does not have
    yet (articles, findings) is added to it. ``received_at``: when the office learned of it, default ``now``.
    Raises ``CaseForbidden`` (role), ``CaseRefused`` (message for the officer).
    """
    permitted(by)
    reason = checked_reason(reason)
    if kind not in Kind.values or kind == Kind.QUESTION:
        raise CaseRefused(_("Hãy chọn loại hồ sơ."))
    findings = list(
        Finding.objects.filter(pk__in=finding_ids, kind="signal").select_related("article", "revision")
    )
    article, story = _about(article_id, story_id, findings)
    at = _received(received_at, now)
    case = _fresh(kind, title or article.title, by=by, now=now, received_at=at)
    case.article, case.story, case.outlet_id = article, story, article.outlet_id
    case.open_key = f"{kind}/story/{story.pk}" if story else f"{kind}/article/{article.pk}"
    existing = _open_already(kind, story, article)
    if existing is None:
        try:
            with transaction.atomic():
                return Opened(_made(case, [article], findings, reason, by, now), True)
        except IntegrityError:
            existing = _of_key(case.open_key)
    with transaction.atomic():
        return Opened(_joined(existing.pk, article, findings, reason, by, now), False)


def open_question(
    *,
    outlet_key: str,
    question: str,
    received_at: datetime,
    agency: str,
    by: User,
    now: datetime,
    title: str = "",
    reason: str = "",
) -> Opened:
    """Record a question of the press: outlet, day, words and the agency that owes the answer.

    There is no field for a journalist. Raises ``CaseForbidden``, ``CaseRefused``.
    """
    permitted(by)
    question = stored(question).strip()
    if not question:
        raise CaseRefused(_("Hãy ghi nội dung câu hỏi."))
    if len(question) > LONGEST_QUESTION:
        raise CaseRefused(
            _("Câu hỏi dài %(count)s ký tự; rút còn nhiều nhất %(longest_question)s.")
            % {"count": len(question), "longest_question": LONGEST_QUESTION}
        )
    outlet = Outlet.objects.filter(pk=stored(outlet_key)).first()
    if outlet is None:
        raise CaseRefused(_("Hãy chọn cơ quan báo chí đã hỏi."))
    at = _received(received_at, now)
    case = _fresh(Kind.QUESTION, title or collapsed(question)[:120], by=by, now=now, received_at=at)
    case.outlet, case.question = outlet, question
    give_agency(case, agency, now)
    day = at.astimezone(VIETNAM).date().isoformat()
    words = f"{outlet.pk}\n{day}\n{collapsed(question).casefold()}"
    case.open_key = f"question/{hashlib.sha256(words.encode()).hexdigest()[:40]}"
    existing = Case.objects.filter(open_key=case.open_key).first()
    if existing is not None:
        return Opened(existing, False)
    try:
        with transaction.atomic():
            return Opened(_made(case, [], [], stored(reason).strip(), by, now), True)
    except IntegrityError:
        return Opened(_of_key(case.open_key), False)


def open_cases_of(story: Story | None, article: Article) -> list[Case]:
    """Open cases about an article or its story, newest first."""
    return list(_touching(story, article).exclude(state=State.CLOSED).order_by("-pk").distinct())


def give_agency(case: Case, agency_id: str, now: datetime) -> None:
    """Set the agency of the profile; "" takes it off. Raises ``CaseRefused`` for one that is not there."""
    if not agency_id:
        case.agency = case.agency_name = ""
        return
    agency = agency_on(agency_id, now.astimezone(VIETNAM).date())
    if agency is None:
        raise CaseRefused(
            _("Cơ quan này không có trong danh sách hiện hành của tỉnh. Hãy chọn cơ quan khác.")
        )
    case.agency, case.agency_name = agency.id, agency.name


def reopened_key(case: Case) -> str:
    """The key that a closed case takes again; the history tells what the first one was."""
    if case.kind == Kind.QUESTION:
        return f"question/case/{case.pk}"
    story = current_story(case.story_id) if case.story_id else None
    return f"{case.kind}/story/{story.pk}" if story else f"{case.kind}/article/{case.article_id}"


def _fresh(kind: str, title: str, *, by: User, now: datetime, received_at: datetime) -> Case:
    title = collapsed(title)[:LONGEST_TITLE]
    if not title:
        raise CaseRefused(_("Hãy ghi tên hồ sơ."))
    return Case(
        kind=kind,
        province=office().code,
        title=title,
        received_at=received_at,
        opened_at=now,
        opened_by=by,
    )


def _received(received_at: datetime | None, now: datetime) -> datetime:
    if received_at is None:
        return now
    if received_at > now:
        raise CaseRefused(_("Thời điểm nhận nằm trong tương lai. Hãy xem lại ngày giờ."))
    return received_at


def _about(
    article_id: int | None, story_id: int | None, findings: list[Finding]
) -> tuple[Article, Story | None]:
    """The article that leads the case, and its story as it is called today."""
    if article_id is None and findings:
        article_id = findings[0].article_id
    story = current_story(story_id) if story_id is not None else None
    if article_id is None and story is not None:
        article_id = (
            story.origin_id or story.articles.order_by("first_seen_at").values_list("pk", flat=True).first()
        )
    rows = Article.objects.select_related("outlet", "story")
    article = rows.filter(pk=article_id).first() if article_id is not None else None
    if article is None:
        raise CaseRefused(_("Không còn bài báo này trong kho. Hãy mở hồ sơ từ trang của một bài."))
    if article.story_id is not None:
        story = current_story(article.story_id)
    return article, story


def _made(
    case: Case, articles: list[Article], findings: list[Finding], reason: str, by: User, now: datetime
) -> Case:
    case.save()
    details = {"kind": case.kind, "agency": case.agency_name, "findings": [row.pk for row in findings]}
    note(case, CaseEvent.Kind.OPENED, by=by, now=now, reason=reason, to_state=State.RECEIVED, details=details)
    add_evidence(case, articles, findings, by=by, now=now)
    return finish(case)


def _joined(
    case_id: int, article: Article, findings: list[Finding], reason: str, by: User, now: datetime
) -> Case:
    case = take(case_id, None)
    rows = add_evidence(case, [article], findings, by=by, now=now)
    if rows:
        details = {"articles": sorted({row.article_id for row in rows})}
        note(case, CaseEvent.Kind.EVIDENCE, by=by, now=now, reason=reason, details=details)
    return finish(case)


def _of_key(key: str) -> Case:
    """The case that somebody else opened in this very moment."""
    case = Case.objects.filter(open_key=key).first()
    if case is None:
        raise CaseRefused(_("Vừa có người mở rồi đóng hồ sơ này. Hãy bấm lại nếu vẫn cần."))
    return case


def _open_already(kind: str, story: Story | None, article: Article) -> Case | None:
    rows = _touching(story, article).filter(kind=kind).exclude(state=State.CLOSED)
    return rows.order_by("pk").first()


def _touching(story: Story | None, article: Article) -> QuerySet[Case]:
    about = Q(article=article) | Q(evidence__article=article)
    if story is not None:
        family = _family(story.pk)
        about |= Q(story__in=family) | Q(article__story__in=family)  # or opened before there was a story
    return Case.objects.filter(about)


def _family(story_id: int) -> list[int]:
    """The story and all that went into it."""
    found, newest = [story_id], [story_id]
    while newest:
        newest = list(Story.objects.filter(merged_into__in=newest).values_list("pk", flat=True))
        found = list(chain(found, newest))
    return found
