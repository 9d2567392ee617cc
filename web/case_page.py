"""Everything that the page of a case shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.functional import Promise

from cases.documents.fields import NAMES
from cases.drafting import newest_draft, writers
from cases.files import MOST_BYTES
from cases.models import Case, CaseDeadline, CaseDraft, CaseEvent
from cases.office import agencies_on
from cases.states import RANK, Form, Kind, Outcome, PauseReason, State, Transition, moves_from
from cases.watching import JUDGEMENTS
from web import wording
from web.case_board import pressing
from web.case_forms import officers
from web.clock import today


@dataclass(frozen=True, slots=True)
class Step:
    """A state as the row of steps shows it: done, now or to come."""

    state: str
    there: str


@dataclass(frozen=True, slots=True)
class Move:
    """A move that the person may make now. ``needs`` as in ``cases.states.Transition``."""

    target: str
    name: str | Promise
    needs: str


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline and what it is called at this moment: a running one may be overdue."""

    row: CaseDeadline
    status: str
    days: int


def case_context(case: Case, user: User, now: datetime) -> dict[str, Any]:
    """The template's context; ``case`` with outlet, article, story and officer loaded."""
    draft = newest_draft(case)
    can_work = user.has_perm("cases.work_cases")
    is_open = case.state != State.CLOSED
    return {
        "case": case,
        "steps": list(_steps(case)),
        "due": pressing(case.deadlines.all(), now),
        "deadlines": [_deadline(row, now) for row in case.deadlines.order_by("due_at", "pk")],
        "evidence": case.evidence.select_related("article__outlet", "revision"),
        "drafts": CaseDraft.objects.filter(case=case)
        .select_related("by", "approval__by", "sent")
        .order_by("-number"),
        "draft": draft,
        "draft_lines": _lines(draft),
        "can_approve": _can_approve(case, draft, user),
        "must_be_other": _must_be_other(case, draft, user),
        "forms": [(value, wording.CASE_FORMS[value]) for value in _forms(case)],
        "attachments": case.attachments.select_related("by"),
        "most_megabytes": MOST_BYTES // 1_000_000,
        "events": [(event, list(told(event))) for event in _events(case)],
        "watches": case.watches.select_related("article__outlet", "notice"),
        "judgements": [(value, wording.WATCH_STATUS[value]) for value in JUDGEMENTS],
        "moves": [_move(move) for move in moves_from(case.state, case.kind) if _may(user, move)],
        "outcomes": [(value, wording.CASE_OUTCOMES[value]) for value in Outcome.values],
        "pauses": [(value, wording.PAUSE_REASONS[value]) for value in PauseReason.values],
        "agencies": agencies_on(today(now)),
        "officers": officers() if can_work else [],
        "can_work": can_work,
        "can_change": can_work and is_open,
        "can_draft": can_work and case.state == State.DRAFTING,
    }


def told(event: CaseEvent) -> Iterator[str]:
    """What the details of an event say, in words that need no translation: names, numbers, digests."""
    details: Mapping[str, Any] = event.details if isinstance(event.details, Mapping) else {}
    if event.kind == CaseEvent.Kind.ASSIGNED:
        for side in ("agency", "officer"):
            before = str(details.get("before", {}).get(side, ""))
            after = str(details.get("after", {}).get(side, ""))
            if before != after:
                yield f"{before or '–'} → {after or '–'}"
    elif event.kind == CaseEvent.Kind.DUE:
        yield f"{details.get('before') or '–'} → {details.get('after') or '–'}"
        yield str(details.get("document", ""))
    elif event.kind == CaseEvent.Kind.PAUSED:
        yield str(wording.PAUSE_REASONS.get(str(details.get("why")), ""))
    elif event.kind in (CaseEvent.Kind.DRAFTED, CaseEvent.Kind.APPROVED):
        yield f"#{details.get('number')} · SHA-256 {str(details.get('sha256', ''))[:16]}…"
    elif event.kind == CaseEvent.Kind.ATTACHED:
        yield str(details.get("name", ""))
    elif event.kind == CaseEvent.Kind.MOVED and details.get("outcome"):
        yield str(wording.CASE_OUTCOMES.get(str(details["outcome"]), details["outcome"]))
    elif event.kind == CaseEvent.Kind.MOVED and details.get("number"):
        yield str(details["number"])
    elif event.kind in (CaseEvent.Kind.WATCHED, CaseEvent.Kind.JUDGED):
        names = [wording.WATCH_STATUS.get(str(details.get(side)), "") for side in ("before", "after")]
        yield f"{details.get('outlet', '')}: {names[0]} → {names[1]}"


def _events(case: Case) -> list[CaseEvent]:
    return list(CaseEvent.objects.filter(case=case).select_related("by").order_by("-at", "-pk"))


def _steps(case: Case) -> Iterator[Step]:
    """Steps that were skipped are not shown as done; they are left out."""
    written, here, been = _written(case), RANK[case.state], _been(case)
    for state in State:
        if RANK[state] == RANK[written] and state != written:
            continue
        if RANK[state] < here and state not in been:
            continue
        yield Step(state, "now" if state == case.state else "done" if RANK[state] < here else "later")


def _been(case: Case) -> set[str]:
    moves = CaseEvent.objects.filter(case=case, kind=CaseEvent.Kind.MOVED)
    return {state for pair in moves.values_list("from_state", "to_state") for state in pair}


def _written(case: Case) -> str:
    """Whether the case leads, or led, to a reply or to a request."""
    if case.state in (State.REPLIED, State.REQUESTED):
        return case.state
    sent = case.sent.order_by("-pk").first()
    request = sent.form == Form.CORRECTION if sent else case.kind == Kind.CORRECTION
    return State.REQUESTED if request else State.REPLIED


def _deadline(row: CaseDeadline, now: datetime) -> DeadlineRow:
    late = row.status == CaseDeadline.Status.RUNNING and row.due_at is not None and row.due_at <= now
    days = (now - row.due_at).days if late and row.due_at is not None else 0
    return DeadlineRow(row, "overdue" if late else row.status, days)


def _lines(draft: CaseDraft | None) -> list[tuple[str | Promise, list[str]]]:
    """The fields of the newest version that are filled, for reading on the page."""
    if draft is None:
        return []
    pairs = ((name, str(draft.fields.get(name, ""))) for name in NAMES)
    return [(wording.DOCUMENT_FIELDS[name], text.split("\n")) for name, text in pairs if text]


def _forms(case: Case) -> list[str]:
    """The documents that a case of this kind may lead to."""
    requested = any(move.target == State.REQUESTED for move in moves_from(State.APPROVAL, case.kind))
    return [str(form) for form in Form if form != Form.CORRECTION or requested]


def _can_approve(case: Case, draft: CaseDraft | None, user: User) -> bool:
    if case.state != State.APPROVAL or draft is None or hasattr(draft, "approval"):
        return False
    return user.has_perm("cases.approve_cases") and user.pk not in writers(case)


def _must_be_other(case: Case, draft: CaseDraft | None, user: User) -> bool:
    if case.state != State.APPROVAL or draft is None or hasattr(draft, "approval"):
        return False
    return user.has_perm("cases.approve_cases") and user.pk in writers(case)


def _may(user: User, move: Transition) -> bool:
    return user.has_perm(f"cases.{move.permission}")


def _move(move: Transition) -> Move:
    return Move(move.target, wording.CASE_MOVES[move.source, move.target], move.needs)
