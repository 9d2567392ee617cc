"""Findings that want comparing, and people's verdicts on them."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from archive.models import Finding
from cases.decisions import decide, histories
from cases.models import Decision
from web.api.access import token_of
from web.api.fields import Body, Reason, RowNumber, Time, Told, Word
from web.api.once import once
from web.api.operation import reads, writes
from web.api.paging import Page, PageParams, page_of
from web.api.problems import not_found
from web.api.scopes import Scope
from web.api.shapes import ArticleBrief, FindingTold, Span, brief, findings_told, spans_of

router = Router(tags=["findings"])
Status = Literal["open", "false-alarm", "valid-criticism", "register-corrected", "needs-reply"]
Verdict = Literal["false-alarm", "valid-criticism", "register-corrected", "needs-reply"]


class FindingParams(PageParams):
    """Which findings."""

    status: Status | None = None
    signal: Word = Field("", description="S1 to S10.")


class FindingBrief(Told):
    """A finding in a list; both sides are told by /findings/{pk}."""

    id: int
    article: ArticleBrief
    signal: str
    status: str
    score: float
    spans: list[Span]
    seen: int | None = Field(description="newest decision; goes back with a new one")
    created_at: Time


class DecisionBody(Body):
    """A verdict. ``seen``: the newest decision that the caller read, null for none."""

    verdict: Verdict
    reason: Reason
    seen: RowNumber | None


@router.get("/findings", response=Page[FindingBrief], summary="List findings", **reads(Scope.ARTICLES_READ))
def list_findings(request: HttpRequest, params: Query[FindingParams]) -> Page[FindingBrief]:
    """Newest first."""
    rows = Finding.objects.filter(kind="signal").select_related("article__outlet").defer("article__text")
    if params.status:
        rows = rows.filter(status=params.status)
    if params.signal:
        rows = rows.filter(label=params.signal)
    found, cursor = page_of(rows, params)
    decided = histories(row.pk for row in found)
    items = [_brief(row, decided.get(row.pk, [])) for row in found]
    return Page[FindingBrief](items=items, next_cursor=cursor)


@router.get(
    "/findings/{row:pk}", response=FindingTold, summary="Read a finding", **reads(Scope.ARTICLES_READ)
)
def read_finding(request: HttpRequest, pk: int) -> FindingTold:
    """With both sides' evidence and every decision."""
    return _told(pk)


@router.post(
    "/findings/{row:pk}/decision",
    response=FindingTold,
    summary="Decide a finding",
    **writes(Scope.DECISIONS_WRITE),
)
@once
def decide_finding(request: HttpRequest, pk: int, body: DecisionBody) -> FindingTold:
    """Keep a verdict with its reason. Refused (409) when somebody decided since ``seen``."""
    _told(pk)
    by = token_of(request).owner
    decide(pk, body.verdict, body.reason, by=by, now=timezone.now(), seen=body.seen)
    return _told(pk)


def _told(pk: int) -> FindingTold:
    row = Finding.objects.select_related("article", "revision").filter(pk=pk, kind="signal").first()
    if row is None:
        raise not_found()
    return findings_told(row.article, [row])[0]


def _brief(row: Finding, decisions: list[Decision]) -> FindingBrief:
    return FindingBrief(
        id=row.pk,
        article=brief(row.article),
        signal=row.label,
        status=row.status,
        score=round(row.score, 4),
        spans=spans_of(row),
        seen=decisions[-1].pk if decisions else None,
        created_at=row.created_at,
    )
