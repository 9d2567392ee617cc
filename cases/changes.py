"""What every change of a case goes through: the role, the version seen, the history, the deadlines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.textform import stored
from cases.deadlines.refresh import refresh
from cases.models import Case, CaseEvent
from cases.states import WORK, State

LONGEST_REASON = 2000


class CaseRefused(Exception):
    """The change was not made; the message says why and what to do (Vietnamese, for the officer)."""


class CaseForbidden(CaseRefused):
    """The person's role does not allow it."""


_STALE = gettext_lazy(
    "Hồ sơ này vừa được người khác thay đổi. Hãy xem bản mới bên dưới rồi làm lại nếu vẫn cần."
)


def permitted(by: User, permission: str = WORK) -> None:
    """Raises ``CaseForbidden`` for people whose role lacks ``cases.<permission>``."""
    if not by.is_active or not by.has_perm(f"cases.{permission}"):
        raise CaseForbidden(_("Vai trò của bạn không cho phép việc này. Hãy nhờ người có quyền."))


def checked_reason(reason: str) -> str:
    """The reason in stored form. Raises ``CaseRefused`` when it is missing or too long."""
    reason = stored(reason).strip()
    if not reason:
        raise CaseRefused(_("Hãy ghi lý do: người sau cần biết vì sao."))
    if len(reason) > LONGEST_REASON:
        raise CaseRefused(
            _("Lý do dài %(count)s ký tự; rút còn nhiều nhất %(longest_reason)s.")
            % {"count": len(reason), "longest_reason": LONGEST_REASON}
        )
    return reason


def take(case_id: int, version: int | None) -> Case:
    """The case, locked by an update that must touch exactly one row; within a transaction.

    ``version`` is the one that the person saw; None: a change that only adds, which meets no other person's
    and leaves the version as it is. Raises ``CaseRefused``.
    """
    rows = Case.objects.filter(pk=case_id)
    if version is None:
        locked = rows.update(version=F("version"))
    else:
        locked = rows.filter(version=version).update(version=F("version") + 1)
    if not locked:
        raise CaseRefused(_STALE if rows.exists() else _("Không còn hồ sơ này."))
    return Case.objects.select_related("article__outlet", "story", "outlet", "officer").get(pk=case_id)


def must_be_open(case: Case) -> None:
    """Raises ``CaseRefused`` for a closed case."""
    if case.state == State.CLOSED:
        raise CaseRefused(_("Hồ sơ đã đóng. Hãy mở lại trước khi sửa."))


def note(
    case: Case,
    kind: CaseEvent.Kind,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    from_state: str = "",
    to_state: str = "",
    details: dict[str, Any] | None = None,
) -> CaseEvent:
    """Write the history of a change."""
    return CaseEvent.objects.create(
        case=case,
        kind=kind,
        at=now,
        by=by,
        reason=reason,
        from_state=from_state,
        to_state=to_state,
        details=details or {},
    )


def finish(case: Case) -> Case:
    """Save the case and bring its deadlines up to date."""
    case.save()
    refresh(case)
    return case
