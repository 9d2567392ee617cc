"""Versions of a document, and their approval by a second person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from archive.textform import stored
from cases import filestore
from cases.changes import LONGEST_REASON, CaseRefused, finish, note, permitted, take
from cases.documents.fields import as_json, digest, read_fields
from cases.documents.render import render_docx
from cases.models import Case, CaseDraft, CaseEvent, DraftApproval
from cases.states import APPROVE, Form, State


def save_draft(
    case_id: int,
    form: str,
    cells: Mapping[str, str],
    *,
    version: int,
    by: User,
    now: datetime,
    comment: str = "",
) -> CaseDraft:
    """Keep a new version; earlier ones stay. Raises ``CaseForbidden``, ``CaseRefused``."""
    permitted(by)
    if form not in Form.values:
        raise CaseRefused(_("Hãy chọn loại văn bản."))
    document = read_fields(cells)
    comment = stored(comment).strip()[:LONGEST_REASON]
    with transaction.atomic():
        case = take(case_id, version)
        if case.state != State.DRAFTING:
            raise CaseRefused(_("Chỉ sửa văn bản ở bước “Dự thảo”. Hãy chuyển hồ sơ về bước đó trước."))
        newest = newest_draft(case)
        sha256 = digest(form, document)
        if newest is not None and newest.sha256 == sha256:
            raise CaseRefused(_("Không có gì khác so với bản vừa lưu."))
        draft = CaseDraft.objects.create(
            case=case,
            number=newest.number + 1 if newest else 1,
            form=form,
            fields=as_json(document),
            sha256=sha256,
            note=comment,
            by=by,
            at=now,
        )
        details = {"number": draft.number, "form": form, "sha256": sha256}
        note(case, CaseEvent.Kind.DRAFTED, by=by, now=now, reason=comment, details=details)
        finish(case)
    return draft


def approve_draft(
    case_id: int, number: int, *, version: int, by: User, now: datetime, folder: Path, comment: str = ""
) -> DraftApproval:
    """Approve the newest version and keep its file for ever. Nobody who wrote at the document may.

    ``folder``: of the kept files. Raises ``CaseForbidden``, ``CaseRefused``, ``OSError`` (not approved).
    """
    permitted(by, APPROVE)
    comment = stored(comment).strip()[:LONGEST_REASON]
    with transaction.atomic():
        case = take(case_id, version)
        if case.state != State.APPROVAL:
            raise CaseRefused(_("Chỉ duyệt văn bản ở bước “Duyệt”."))
        draft = newest_draft(case)
        if draft is None or draft.number != number:
            raise CaseRefused(_("Đã có bản dự thảo khác. Hãy đọc bản mới nhất rồi duyệt."))
        if hasattr(draft, "approval"):
            raise CaseRefused(_("Bản này đã được duyệt."))
        if by.pk in writers(case):
            raise CaseRefused(
                _(
                    "Người đã soạn hoặc sửa văn bản không được tự duyệt. Hãy nhờ một người khác có quyền "
                    "duyệt."
                )
            )
        document = read_fields(draft.fields)
        if digest(draft.form, document) != draft.sha256:
            raise CaseRefused(_("Nội dung bản này không còn khớp mã băm của nó. Hãy báo quản trị viên."))
        # The file before the row: a kill between the two leaves a file that nobody asks for.
        file_sha256 = filestore.keep(folder, render_docx(document))
        approval = DraftApproval.objects.create(
            draft=draft,
            drafted_by_id=draft.by_id,
            by=by,
            at=now,
            sha256=draft.sha256,
            file_sha256=file_sha256,
            reason=comment,
        )
        details = {"number": number, "sha256": draft.sha256, "file": file_sha256}
        note(case, CaseEvent.Kind.APPROVED, by=by, now=now, reason=comment, details=details)
        finish(case)
    return approval


def draft_file(draft: CaseDraft, folder: Path) -> bytes:
    """The DOCX: as it was approved, or marked as a draft. Raises ``FileMissing``, ``CaseRefused``."""
    approval = DraftApproval.objects.filter(draft=draft).first()
    if approval is not None:
        return filestore.read(folder, approval.file_sha256)
    return render_docx(read_fields(draft.fields), draft_mark=f"DỰ THẢO LẦN {draft.number}")


def newest_draft(case: Case) -> CaseDraft | None:
    """The version written last, with its approval and its sending if there are any."""
    rows = CaseDraft.objects.filter(case=case).select_related("by", "approval", "sent")
    return rows.order_by("-number").first()


def writers(case: Case) -> set[int]:
    """Who wrote at the document in hand: every version since the last one that was sent."""
    rows = CaseDraft.objects.filter(case=case)
    sent = rows.filter(sent__isnull=False).aggregate(last=Max("number"))["last"] or 0
    return set(rows.filter(number__gt=sent).values_list("by", flat=True))
