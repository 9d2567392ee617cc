"""Kinds and states of a case, and who may move it from which state to which. Data; the rules read it.

The order is that of the law and of practice: received, verified, given to an agency, drafted, approved,
answered or correction requested, followed, closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from provinces.deadlines import Names

WORK = "work_cases"
APPROVE = "approve_cases"


class Kind(models.TextChoices):
    """Why there is a case."""

    REPLY = "needs-reply", "Cần phản hồi"
    CORRECTION = "correction", "Đề nghị cải chính"
    QUESTION = "question", "Câu hỏi báo chí chưa trả lời"
    CRITICISM = "criticism", "Phê bình cần giải quyết"


class State(models.TextChoices):
    """Where a case stands."""

    RECEIVED = "received", "Tiếp nhận"
    VERIFYING = "verifying", "Xác minh"
    ASSIGNED = "assigned", "Giao cơ quan"
    DRAFTING = "drafting", "Dự thảo"
    APPROVAL = "approval", "Duyệt"
    REPLIED = "replied", "Đã phản hồi"
    REQUESTED = "correction-requested", "Đã đề nghị cải chính"
    MONITORING = "monitoring", "Theo dõi"
    CLOSED = "closed", "Đóng"


class Outcome(models.TextChoices):
    """How a case ended; said when it is closed."""

    ANSWERED = "answered", "Đã trả lời"
    CORRECTED = "corrected", "Báo đã cải chính"
    PARTLY = "partly-corrected", "Cải chính một phần"
    REFUSED = "refused", "Báo từ chối bằng văn bản, có lý do"
    RESOLVED = "resolved", "Phê bình đã được giải quyết"
    OWN_MISTAKE = "register-corrected", "Ta sai: đã đính chính số liệu của mình"
    NOTHING = "no-action", "Không có gì phải làm"


class PauseReason(models.TextChoices):
    """Why the clock of a case is stopped."""

    AGENCY = "waiting-agency", "Chờ cơ quan cung cấp tài liệu"
    OUTLET = "waiting-outlet", "Chờ báo làm rõ nội dung"
    HIGHER = "waiting-higher", "Chờ ý kiến cấp trên"
    DISASTER = "disaster", "Thiên tai, sự cố"
    OTHER = "other", "Lý do khác"


class Form(models.TextChoices):
    """What is written to an outlet."""

    REPLY = "reply", "Công văn phản hồi thông tin báo chí"
    CORRECTION = "correction-request", "Văn bản đề nghị cải chính"


RULE_NAMES = Names(kinds=Kind.values, states=State.values, pauses=PauseReason.values, forms=Form.values)
"""What deadlines.toml may name."""

RANK: Mapping[str, int] = {
    State.RECEIVED: 0,
    State.VERIFYING: 1,
    State.ASSIGNED: 2,
    State.DRAFTING: 3,
    State.APPROVAL: 4,
    State.REPLIED: 5,
    State.REQUESTED: 5,
    State.MONITORING: 6,
    State.CLOSED: 7,
}
"""How far a state is; a deadline "until drafting" is met by every state at least as far."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed move.

    permission  of the app ``cases``             kinds  of cases that may take it; () is all
    needs       what must be there before: "agency", "draft" (a version is written), "approved-reply",
                "approved-correction-request" (the newest version is approved), "outcome", or ""
    """

    source: State
    target: State
    permission: str = WORK
    needs: str = ""
    kinds: tuple[Kind, ...] = ()


_ABOUT_COVERAGE = (Kind.REPLY, Kind.CORRECTION, Kind.CRITICISM)
_S = State

TRANSITIONS: tuple[Transition, ...] = (
    Transition(_S.RECEIVED, _S.VERIFYING),
    Transition(_S.RECEIVED, _S.CLOSED, needs="outcome"),
    Transition(_S.VERIFYING, _S.ASSIGNED, needs="agency"),
    Transition(_S.VERIFYING, _S.DRAFTING),
    Transition(_S.VERIFYING, _S.CLOSED, needs="outcome"),
    Transition(_S.ASSIGNED, _S.DRAFTING),
    Transition(_S.ASSIGNED, _S.MONITORING, kinds=(Kind.CRITICISM,)),
    Transition(_S.ASSIGNED, _S.VERIFYING),
    Transition(_S.DRAFTING, _S.APPROVAL, needs="draft"),
    Transition(_S.DRAFTING, _S.ASSIGNED, needs="agency"),
    Transition(_S.DRAFTING, _S.VERIFYING),
    Transition(_S.APPROVAL, _S.DRAFTING),
    Transition(_S.APPROVAL, _S.REPLIED, needs="approved-reply"),
    Transition(
        _S.APPROVAL,
        _S.REQUESTED,
        needs="approved-correction-request",
        kinds=_ABOUT_COVERAGE,
    ),
    Transition(_S.REPLIED, _S.MONITORING),
    Transition(_S.REPLIED, _S.CLOSED, needs="outcome"),
    Transition(_S.REQUESTED, _S.MONITORING),
    Transition(_S.REQUESTED, _S.CLOSED, needs="outcome"),
    Transition(_S.MONITORING, _S.DRAFTING),
    Transition(_S.MONITORING, _S.CLOSED, needs="outcome"),
    Transition(_S.CLOSED, _S.VERIFYING),
)


def moves_from(state: str, kind: str) -> tuple[Transition, ...]:
    """The moves that a case of this kind may take from this state."""
    return tuple(
        move for move in TRANSITIONS if move.source == state and (not move.kinds or kind in move.kinds)
    )


def find_move(source: str, target: str, kind: str) -> Transition | None:
    """The move between two states, if a case of this kind may take it."""
    return next((move for move in moves_from(source, kind) if move.target == target), None)
