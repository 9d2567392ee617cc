"""Attaching files to a case and giving them out again."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import Path, PurePath

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from archive.textform import collapsed
from cases import filestore
from cases.changes import CaseRefused, finish, must_be_open, note, permitted, take
from cases.models import Attachment, CaseEvent
from cases.sniff import ALLOWED, sniff

MOST_BYTES = 20_000_000
MOST_FILES = 50
LONGEST_NAME = 150


def attach(
    case_id: int, name: str, content: bytes, *, folder: Path, by: User, now: datetime, comment: str = ""
) -> Attachment:
    """Keep a file with a case; the same bytes again are the same attachment.

    The file is on the disk before its row, so that a kill leaves no row without a file. Raises
    ``CaseForbidden``, ``CaseRefused`` (too large, of a kind that is not taken), ``OSError``.
    """
    permitted(by)
    if not content:
        raise CaseRefused(_("Tệp trống. Hãy chọn tệp khác."))
    if len(content) > MOST_BYTES:
        raise CaseRefused(
            _("Tệp lớn hơn %(most_bytes)s MB. Hãy nén ảnh hoặc chia nhỏ.")
            % {"most_bytes": MOST_BYTES // 1_000_000}
        )
    kind = sniff(content)
    if not kind:
        raise CaseRefused(
            _(
                "Chỉ nhận PDF, DOCX, XLSX (không có macro), PNG, JPEG và văn bản thường, xét theo "
                "nội dung tệp. Hãy lưu tệp dưới dạng PDF rồi đính kèm."
            )
        )
    sha256 = filestore.keep(folder, content)
    with transaction.atomic():
        case = take(case_id, None)
        must_be_open(case)
        known: Attachment | None = Attachment.objects.filter(case=case, sha256=sha256).first()
        if known is not None:
            return known
        if Attachment.objects.filter(case=case).count() >= MOST_FILES:
            raise CaseRefused(
                _("Hồ sơ đã có %(most_files)s tệp, không nhận thêm.") % {"most_files": MOST_FILES}
            )
        row: Attachment = Attachment.objects.create(
            case=case,
            name=_clean(name, kind),
            content_type=kind,
            size=len(content),
            sha256=sha256,
            note=collapsed(comment)[:300],
            by=by,
            at=now,
        )
        details = {"name": row.name, "size": row.size, "sha256": sha256}
        note(case, CaseEvent.Kind.ATTACHED, by=by, now=now, reason=row.note, details=details)
        finish(case)
    return row


def attached_file(row: Attachment, folder: Path) -> bytes:
    """The bytes. Raises ``FileMissing``."""
    return filestore.read(folder, row.sha256)


def _clean(name: str, kind: str) -> str:
    """The last part of the name without signs that mislead, with the ending of what the file is."""
    name = PurePath(name.replace("\\", "/")).name
    kept = "".join(
        sign
        for sign in collapsed(name)
        if unicodedata.category(sign)[0] not in "C" and sign not in '/"<>|:*?'
    )
    stem, dot, _ending = kept.rpartition(".")
    stem = (stem if dot else kept).strip(" .")[:LONGEST_NAME] or "tep"
    return stem + ALLOWED[kind]
