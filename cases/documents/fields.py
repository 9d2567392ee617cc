"""What stands in a document. There is no field for a journalist: it goes to the outlet."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.textform import stored
from cases.changes import CaseRefused

TO_FILL = "[GHI:"  # begins what an officer has to write before the document can be submitted
LONGEST = {"body": 20_000}
LONGEST_LINE = 2_000

_LABELS = {
    "parent": gettext_lazy("Cơ quan chủ quản"),
    "issuer": gettext_lazy("Cơ quan ban hành"),
    "number": gettext_lazy("Số, ký hiệu"),
    "place": gettext_lazy("Địa danh"),
    "day": gettext_lazy("Ngày"),
    "about": gettext_lazy("Trích yếu"),
    "to": gettext_lazy("Kính gửi"),
    "body": gettext_lazy("Nội dung"),
    "receivers": gettext_lazy("Nơi nhận"),
    "authority": gettext_lazy("Quyền hạn ký"),
    "signer_title": gettext_lazy("Chức vụ người ký"),
    "signer_name": gettext_lazy("Họ tên người ký"),
}
_REQUIRED = ("issuer", "place", "about", "to", "body", "signer_title")
_TAKEDOWN = re.compile(
    r"\b(?:đề nghị|yêu cầu|đòi)\b[^.!?\n]{0,120}"
    r"\b(?:gỡ|xóa|xoá|rút|hạ|thu hồi)\b[^.!?\n]{0,25}\b(?:bài|tin|ảnh|video)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """The parts of a document as written by the officer; several lines in ``to``, ``body``, ``receivers``.

    ``day``: "2026-11-25", or "" while it is not signed. ``signer_*``: who signs for the office.
    """

    parent: str
    issuer: str
    number: str
    place: str
    day: str
    about: str
    to: str
    body: str
    receivers: str
    authority: str
    signer_title: str
    signer_name: str

    @property
    def unfilled(self) -> bool:
        """Whether something is still to be written."""
        return TO_FILL in self.body or TO_FILL in self.about


NAMES = tuple(field.name for field in fields(DocumentFields))


def read_fields(cells: Mapping[str, str]) -> DocumentFields:
    """The fields of a form or of a stored row, cleaned. Raises ``CaseRefused`` naming the field."""
    read = {name: _clean(name, str(cells.get(name, ""))) for name in NAMES}
    missing = [str(_LABELS[name]) for name in _REQUIRED if not read[name]]
    if missing:
        raise CaseRefused(_("Còn thiếu: %(missing)s.") % {"missing": ", ".join(missing)})
    if read["day"]:
        try:
            date.fromisoformat(read["day"])
        except ValueError:
            raise CaseRefused(_("Ngày phải viết như 2026-11-25, hoặc để trống khi chưa ký.")) from None
    if _TAKEDOWN.search(read["body"]) or _TAKEDOWN.search(read["about"]):
        raise CaseRefused(
            _(
                "Chương trình chỉ soạn phản hồi và đề nghị cải chính theo Luật Báo chí, không soạn "
                "yêu cầu gỡ bài. Hãy viết lại câu đó."
            )
        )
    return DocumentFields(**read)


def as_json(document: DocumentFields) -> dict[str, str]:
    """For ``CaseDraft.fields``."""
    return asdict(document)


def digest(form: str, document: DocumentFields) -> str:
    """SHA-256 (hex) of form and fields."""
    text = json.dumps({"form": form} | asdict(document), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _clean(name: str, text: str) -> str:
    """NFC, without control characters (a DOCX cannot hold them), lines trimmed."""
    text = stored(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "".join(sign for sign in text if sign == "\n" or not _forbidden(sign))
    longest = LONGEST.get(name, LONGEST_LINE)
    if len(text) > longest:
        raise CaseRefused(
            _("%(field)s dài %(count)s ký tự; rút còn nhiều nhất %(longest)s.")
            % {"field": _LABELS[name], "count": len(text), "longest": longest}
        )
    lines = [line.strip() for line in text.split("\n")]
    if name not in ("to", "body", "receivers"):
        return " ".join(line for line in lines if line)
    return "\n".join(line for line in lines if line)


def _forbidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in "\ufffe\uffff"
