"""Cases as they are told, and what is sent to change them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from cases.models import Case
from web.api.fields import Body, Line, LongText, Moment, Reason, RowNumber, Time, Told, Version, Word

CoverageKind = Literal["needs-reply", "correction", "criticism"]
CaseKind = Literal["needs-reply", "correction", "question", "criticism"]
StateName = Literal[
    "received",
    "verifying",
    "assigned",
    "drafting",
    "approval",
    "replied",
    "correction-requested",
    "monitoring",
    "closed",
]
OutcomeName = Literal[
    "answered", "corrected", "partly-corrected", "refused", "resolved", "register-corrected", "no-action"
]


class CaseBrief(Told):
    """A case. There is no journalist in it."""

    id: int
    kind: str
    state: str
    title: str
    article: int | None
    story: int | None
    outlet: str | None
    agency: str
    agency_name: str
    officer: str | None
    outcome: str
    received_at: Time
    opened_at: Time
    closed_at: Time | None
    paused_at: Time | None
    version: int


class DeadlineTold(Told):
    """One deadline as reckoned last."""

    rule: str
    name: str
    basis: str
    legal: str
    status: str
    due_at: Time | None
    last_day: date | None
    met_at: Time | None
    why: str


class EvidenceTold(Told):
    """An article of the case, and both sides as they stood when it was added."""

    article: int
    finding: int
    signal: str
    span: str
    quote: str
    other: str
    source: str
    as_of: str
    document: str
    url: str


class CaseEventTold(Told):
    """One act; ``by`` null: the program itself."""

    kind: str
    at: Time
    by: str | None
    from_state: str
    to_state: str
    reason: str


class CaseTold(CaseBrief):
    """A case with everything about it."""

    question: str
    deadlines: list[DeadlineTold]
    evidence: list[EvidenceTold]
    events: list[CaseEventTold]
    moves: list[str] = Field(description="states that it may go to from here")


class OpenBody(Body):
    """A case about coverage: an article, a story, or findings. ``received_at``: default now."""

    kind: CoverageKind
    reason: Reason
    article: RowNumber | None = None
    story: RowNumber | None = None
    findings: list[RowNumber] = Field(default_factory=list, max_length=50)
    title: Line = Field("", max_length=300)
    received_at: Moment | None = None


class QuestionBody(Body):
    """A question of the press: who asked is an outlet, never a person."""

    outlet: Word
    question: LongText
    received_at: Moment
    agency: Word = ""
    title: Line = Field("", max_length=300)
    reason: Line = Field("", max_length=2000)


class MoveBody(Body):
    """``version``: the one that the caller read. ``number``, ``sent_at``: of the document sent."""

    target: StateName
    version: Version
    reason: Reason
    outcome: OutcomeName | None = None
    number: Line = Field("", max_length=60)
    sent_at: Moment | None = None


class AssignBody(Body):
    """``agency``: id in the province's profile, "" for none; ``officer``: an account, null for none."""

    version: Version
    agency: Word
    officer: Word | None
    reason: Reason


class NoteBody(Body):
    """A comment."""

    text: Reason


def case_fields(row: Case) -> dict[str, Any]:
    """For ``CaseBrief``, the officer at hand."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "state": row.state,
        "title": row.title,
        "article": row.article_id,
        "story": row.story_id,
        "outlet": row.outlet_id,
        "agency": row.agency,
        "agency_name": row.agency_name,
        "officer": row.officer.get_username() if row.officer else None,
        "outcome": row.outcome,
        "received_at": row.received_at,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
        "paused_at": row.paused_at,
        "version": row.version,
    }
