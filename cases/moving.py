"""What people do with an open case: move it, give it away, pause it, set a day, write a note."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.textform import collapsed
from archive.vietnam import VIETNAM
from cases.changes import CaseRefused, checked_reason, finish, must_be_open, note, permitted, take
from cases.documents.fields import TO_FILL, read_fields
from cases.models import Case, CaseDraft, CaseEvent, SentDocument
from cases.opening import give_agency, reopened_key
from cases.states import Form, Outcome, PauseReason, State, Transition, find_move
from cases.watching import start_watching

_NEEDS_DRAFT = gettext_lazy("Chưa có dự thảo nào. Hãy soạn và lưu văn bản trước.")


def move(
    case_id: int,
    target: str,
    *,
    version: int,
    by: User,
    now: datetime,
    reason: str,
    outcome: str = "",
    number: str = "",
    sent_at: datetime | None = None,
) -> Case:
    """Take a case to another state. ``version`` is the one that the person saw.

    outcome          one of ``Outcome``, needed to close
    number, sent_at  of the document that people sent, needed to record a reply or a request

    Raises ``CaseForbidden`` (role), ``CaseRefused`` (not allowed from here, stale, something missing).
    """
    reason = checked_reason(reason)
    with transaction.atomic():
        case = take(case_id, version)
        step = find_move(case.state, target, case.kind)
        if step is None:
            raise CaseRefused(
                _("Từ bước “%(state)s” không chuyển thẳng tới bước này được.")
                % {"state": _(case.get_state_display())}
            )
        permitted(by, step.permission)
        if case.paused_at is not None:
            raise CaseRefused(_("Hồ sơ đang tạm dừng. Hãy cho tiếp tục trước khi chuyển bước."))
        details = _requirements(case, step, outcome, number, sent_at, by, now)
        source, case.state = case.state, step.target
        _close_or_reopen(case, source, outcome, now)
        note(
            case,
            CaseEvent.Kind.MOVED,
            by=by,
            now=now,
            reason=reason,
            from_state=source,
            to_state=step.target,
            details=details,
        )
        try:
            with transaction.atomic():
                finish(case)
        except IntegrityError:
            raise CaseRefused(
                _("Câu chuyện này đã có hồ sơ khác cùng loại đang mở. Hãy làm tiếp ở hồ sơ đó.")
            ) from None
        if step.target == State.REQUESTED:
            start_watching(case, now)
    return case


def assign(
    case_id: int, *, version: int, agency: str, officer: User | None, by: User, now: datetime, reason: str
) -> Case:
    """Give a case to an agency of the profile and to a person; "" and None take them off."""
    permitted(by)
    reason = checked_reason(reason)
    with transaction.atomic():
        case = take(case_id, version)
        must_be_open(case)
        before = (case.agency, case.officer_id)
        old = {"agency": case.agency_name, "officer": case.officer.get_username() if case.officer else ""}
        if officer is not None and not (officer.is_active and officer.has_perm("cases.work_cases")):
            raise CaseRefused(_("Người này không có quyền xử lý hồ sơ. Hãy chọn người khác."))
        if agency != case.agency:
            give_agency(case, agency, now)
        if not agency and case.state == State.ASSIGNED:
            raise CaseRefused(_("Hồ sơ đang ở bước giao cơ quan; hãy chọn một cơ quan."))
        case.officer = officer
        if (case.agency, case.officer_id) == before:
            raise CaseRefused(_("Không có gì khác so với phân công hiện tại."))
        new = {"agency": case.agency_name, "officer": officer.get_username() if officer else ""}
        details = {"before": old, "after": new}
        note(case, CaseEvent.Kind.ASSIGNED, by=by, now=now, reason=reason, details=details)
        return finish(case)


def pause(case_id: int, why: str, *, version: int, by: User, now: datetime, reason: str) -> Case:
    """Stop the clock, for one of ``PauseReason``; which deadlines heed it is said in deadlines.toml."""
    permitted(by)
    reason = checked_reason(reason)
    if why not in PauseReason.values:
        raise CaseRefused(_("Hãy chọn lý do tạm dừng."))
    with transaction.atomic():
        case = take(case_id, version)
        must_be_open(case)
        if case.paused_at is not None:
            raise CaseRefused(_("Hồ sơ đã tạm dừng rồi."))
        case.paused_at = now
        note(case, CaseEvent.Kind.PAUSED, by=by, now=now, reason=reason, details={"why": why})
        return finish(case)


def resume(case_id: int, *, version: int, by: User, now: datetime, reason: str) -> Case:
    """Let the clock run again."""
    permitted(by)
    reason = checked_reason(reason)
    with transaction.atomic():
        case = take(case_id, version)
        if case.paused_at is None:
            raise CaseRefused(_("Hồ sơ không tạm dừng."))
        case.paused_at = None
        note(case, CaseEvent.Kind.RESUMED, by=by, now=now, reason=reason)
        return finish(case)


def set_due(
    case_id: int, day: date | None, document: str, *, version: int, by: User, now: datetime, reason: str
) -> Case:
    """The day by which a superior wants it done, and the document that says so; None takes it off."""
    permitted(by)
    reason = checked_reason(reason)
    document = collapsed(document)[:300]
    if day is not None and not document:
        raise CaseRefused(_("Hãy ghi văn bản giao hạn (số, ngày, nơi ban hành)."))
    with transaction.atomic():
        case = take(case_id, version)
        must_be_open(case)
        if day is not None and day < case.received_at.astimezone(VIETNAM).date():
            raise CaseRefused(_("Hạn nằm trước ngày nhận. Hãy xem lại."))
        before = case.assigned_due.isoformat() if case.assigned_due else ""
        case.assigned_due, case.assigned_by = day, document if day else ""
        details = {"before": before, "after": day.isoformat() if day else "", "document": document}
        note(case, CaseEvent.Kind.DUE, by=by, now=now, reason=reason, details=details)
        return finish(case)


def write_note(case_id: int, text: str, *, by: User, now: datetime) -> Case:
    """Add a note to the history; allowed on closed cases too."""
    permitted(by)
    text = checked_reason(text)
    with transaction.atomic():
        case = take(case_id, None)
        note(case, CaseEvent.Kind.NOTED, by=by, now=now, reason=text)
        return finish(case)


def _requirements(
    case: Case, step: Transition, outcome: str, number: str, sent_at: datetime | None, by: User, now: datetime
) -> dict[str, str]:
    if step.needs == "agency" and not case.agency:
        raise CaseRefused(_("Hồ sơ chưa giao cho cơ quan nào. Hãy chọn cơ quan ở phần phân công trước."))
    if step.needs == "draft":
        _must_be_written(_newest(case))
    if step.needs == "outcome":
        if outcome not in Outcome.values:
            raise CaseRefused(_("Hãy chọn kết quả trước khi đóng hồ sơ."))
        return {"outcome": outcome}
    if step.needs.startswith("approved-"):
        return _record_sent(case, step.needs.removeprefix("approved-"), number, sent_at, by, now)
    return {}


def _must_be_written(draft: CaseDraft | None) -> None:
    if draft is None:
        raise CaseRefused(_NEEDS_DRAFT)
    if read_fields(draft.fields).unfilled:
        raise CaseRefused(
            _("Dự thảo còn chỗ phải viết, đánh dấu “%(to_fill)s …]”. Hãy viết xong rồi trình.")
            % {"to_fill": TO_FILL}
        )


def _record_sent(
    case: Case, form: str, number: str, sent_at: datetime | None, by: User, now: datetime
) -> dict[str, str]:
    draft = _newest(case)
    if draft is None:
        raise CaseRefused(_NEEDS_DRAFT)
    if draft.form != form:
        wanted = Form(form).label
        raise CaseRefused(
            _("Bản dự thảo mới nhất không phải là “%(wanted)s”. Hãy soạn đúng loại văn bản.")
            % {"wanted": _(wanted)}
        )
    if not hasattr(draft, "approval"):
        raise CaseRefused(_("Bản dự thảo mới nhất chưa được người thứ hai duyệt."))
    number = collapsed(number)[:60]
    if not number:
        raise CaseRefused(_("Hãy ghi số, ký hiệu của văn bản đã gửi."))
    sent_at = sent_at or now
    if sent_at > now:
        raise CaseRefused(_("Thời điểm gửi nằm trong tương lai. Hãy xem lại ngày giờ."))
    if hasattr(draft, "sent"):
        raise CaseRefused(_("Văn bản này đã ghi là đã gửi. Muốn gửi văn bản khác, hãy soạn bản mới."))
    SentDocument.objects.create(case=case, draft=draft, form=form, number=number, sent_at=sent_at, by=by)
    return {"number": number, "sent_at": sent_at.isoformat(), "draft": str(draft.number)}


def _close_or_reopen(case: Case, source: str, outcome: str, now: datetime) -> None:
    if case.state == State.CLOSED:
        case.open_key, case.closed_at, case.outcome = None, now, outcome
    elif source == State.CLOSED:
        case.open_key, case.closed_at, case.outcome = reopened_key(case), None, ""


def _newest(case: Case) -> CaseDraft | None:
    return CaseDraft.objects.filter(case=case).select_related("approval", "sent").order_by("-number").first()
