"""Cases: reading, opening, moving, giving away, commenting."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from cases import moving
from cases.models import Case
from cases.opening import Opened, open_case, open_question
from cases.states import moves_from
from web.api.access import token_of
from web.api.case_shapes import (
    AssignBody,
    CaseBrief,
    CaseEventTold,
    CaseKind,
    CaseTold,
    DeadlineTold,
    EvidenceTold,
    MoveBody,
    NoteBody,
    OpenBody,
    QuestionBody,
    StateName,
    case_fields,
)
from web.api.fields import LARGEST_ID, Params, Word
from web.api.once import once
from web.api.operation import reads, writes
from web.api.paging import Page, PageParams, page_of
from web.api.problems import bad_field, not_found, stale
from web.api.scopes import Scope

router = Router(tags=["cases"])
EVIDENCE = ("finding", "signal", "span", "quote", "other", "source", "as_of", "document", "url")
DEADLINE = ("rule", "name", "basis", "legal", "status", "due_at", "last_day", "met_at", "why")
MADE = {200: CaseTold, 201: CaseTold}


class CaseFilter(Params):
    """Which cases."""

    state: StateName | None = None
    kind: CaseKind | None = None
    agency: Word = ""
    article: int | None = Field(None, ge=1, le=LARGEST_ID)


class CaseParams(CaseFilter, PageParams):
    """A page of them."""


@router.get("/cases", response=Page[CaseBrief], summary="List cases", **reads(Scope.CASES_READ))
def list_cases(request: HttpRequest, params: Query[CaseParams]) -> Page[CaseBrief]:
    """Newest first."""
    found, cursor = page_of(chosen_cases(params), params)
    return Page[CaseBrief](items=[CaseBrief(**case_fields(row)) for row in found], next_cursor=cursor)


def chosen_cases(params: CaseFilter) -> QuerySet[Case]:
    """The cases that the filter leaves, their officers at hand."""
    rows = Case.objects.select_related("officer")
    for name in ("state", "kind", "agency", "article"):
        if value := getattr(params, name):
            rows = rows.filter(**{name: value})
    return rows


@router.get("/cases/{row:pk}", response=CaseTold, summary="Read a case", **reads(Scope.CASES_READ))
def read_case(request: HttpRequest, pk: int) -> CaseTold:
    """With its deadlines, evidence and history."""
    return _told(pk)


@router.post("/cases", response=MADE, summary="Open a case", **writes(Scope.CASES_WRITE))
@once
def open_coverage_case(request: HttpRequest, body: OpenBody) -> Status[CaseTold]:
    """201: a new case. 200: the open case of that story and kind, with what it did not have yet."""
    if body.article is None and body.story is None and not body.findings:
        raise bad_field("body.article", _("hãy gửi một bài, một chuyện hoặc các dấu hiệu"))
    opened = open_case(
        body.kind,
        by=token_of(request).owner,
        now=timezone.now(),
        reason=body.reason,
        article_id=body.article,
        story_id=body.story,
        finding_ids=body.findings,
        title=body.title,
        received_at=body.received_at,
    )
    return _made(opened)


@router.post(
    "/cases/questions", response=MADE, summary="Record a question of the press", **writes(Scope.CASES_WRITE)
)
@once
def open_question_case(request: HttpRequest, body: QuestionBody) -> Status[CaseTold]:
    """201: a new case. 200: the same question of the same outlet and day is there already."""
    opened = open_question(
        outlet_key=body.outlet,
        question=body.question,
        received_at=body.received_at,
        agency=body.agency,
        by=token_of(request).owner,
        now=timezone.now(),
        title=body.title,
        reason=body.reason,
    )
    return _made(opened)


@router.post("/cases/{row:pk}/move", response=CaseTold, summary="Move a case", **writes(Scope.CASES_WRITE))
@once
def move_case(request: HttpRequest, pk: int, body: MoveBody) -> CaseTold:
    """To another state. Some need an agency, a draft, an approved document or an outcome first."""
    _check(pk, body.version)
    moving.move(
        pk,
        body.target,
        version=body.version,
        by=token_of(request).owner,
        now=timezone.now(),
        reason=body.reason,
        outcome=body.outcome or "",
        number=body.number,
        sent_at=body.sent_at,
    )
    return _told(pk)


@router.post(
    "/cases/{row:pk}/assign", response=CaseTold, summary="Give a case away", **writes(Scope.CASES_WRITE)
)
@once
def assign_case(request: HttpRequest, pk: int, body: AssignBody) -> CaseTold:
    """To an agency of the province and to a person."""
    _check(pk, body.version)
    officer = User.objects.filter(username=body.officer).first() if body.officer else None
    if body.officer and officer is None:
        raise bad_field("body.officer", _("không có tài khoản này"))
    moving.assign(
        pk,
        version=body.version,
        agency=body.agency,
        officer=officer,
        by=token_of(request).owner,
        now=timezone.now(),
        reason=body.reason,
    )
    return _told(pk)


@router.post(
    "/cases/{row:pk}/notes", response=CaseTold, summary="Comment on a case", **writes(Scope.CASES_WRITE)
)
@once
def comment_case(request: HttpRequest, pk: int, body: NoteBody) -> CaseTold:
    """Adds to the history; allowed on closed cases too."""
    if not Case.objects.filter(pk=pk).exists():
        raise not_found()
    moving.write_note(pk, body.text, by=token_of(request).owner, now=timezone.now())
    return _told(pk)


def _made(opened: Opened) -> Status[CaseTold]:
    return Status(201 if opened.created else 200, _told(opened.case.pk))


def _check(pk: int, version: int) -> None:
    """Tell a missing case and a stale version apart; the door itself asks again under its lock."""
    seen = Case.objects.filter(pk=pk).values_list("version", flat=True).first()
    if seen is None:
        raise not_found()
    if seen != version:
        raise stale()


def _told(pk: int) -> CaseTold:
    row = with_rows(Case.objects.select_related("officer")).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return case_told(row)


def with_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With what ``case_told`` reads."""
    return cases.prefetch_related("deadlines", "evidence", "events", "events__by")


def case_told(row: Case) -> CaseTold:
    """A case with its deadlines, evidence and history at hand."""
    return CaseTold(
        **case_fields(row),
        question=row.question,
        deadlines=[
            DeadlineTold(**{name: getattr(one, name) for name in DEADLINE}) for one in row.deadlines.all()
        ],
        evidence=[
            EvidenceTold(article=one.article_id, **{name: getattr(one, name) for name in EVIDENCE})
            for one in row.evidence.all()
        ],
        events=[
            CaseEventTold(
                kind=one.kind,
                at=one.at,
                by=one.by.get_username() if one.by else None,
                from_state=one.from_state,
                to_state=one.to_state,
                reason=one.reason,
            )
            for one in row.events.all()
        ],
        moves=[str(step.target) for step in moves_from(row.state, row.kind)],
    )
