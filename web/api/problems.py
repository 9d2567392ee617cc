"""Errors as problem documents (RFC 9457): what happened, to which field, what to do.

Texts are Vietnamese, or English when the request asks for it (Accept-Language); ``code`` is for programs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.errors import ActionRefused
from archive.corrections import CorrectionRefused
from archive.register.edits import RegisterRefused
from cases.changes import CaseForbidden, CaseRefused
from cases.decisions import DecisionRefused
from search.port import CursorError, EngineUnavailable
from search.query import QuerySyntaxError

CONTENT_TYPE = "application/problem+json; charset=utf-8"

TITLES = {
    "bad-request": gettext_lazy("Yêu cầu không đọc được"),
    "bad-field": gettext_lazy("Có trường không dùng được"),
    "bad-query": gettext_lazy("Câu tìm không hiểu được"),
    "bad-cursor": gettext_lazy("Dấu trang không dùng được"),
    "unauthorized": gettext_lazy("Thiếu mã truy cập dùng được"),
    "bad-signature": gettext_lazy("Chữ ký không dùng được"),
    "forbidden": gettext_lazy("Mã truy cập không được làm việc này"),
    "not-found": gettext_lazy("Không có mục này"),
    "method-not-allowed": gettext_lazy("Địa chỉ này không nhận phương thức đó"),
    "refused": gettext_lazy("Việc này không làm được bây giờ"),
    "stale": gettext_lazy("Mục này đã đổi từ khi bạn đọc"),
    "key-reused": gettext_lazy("Khóa này đã dùng cho yêu cầu khác"),
    "too-large": gettext_lazy("Yêu cầu quá lớn"),
    "too-many-requests": gettext_lazy("Quá nhiều yêu cầu trong một phút"),
    "unavailable": gettext_lazy("Phần cần dùng đang không trả lời"),
    "internal": gettext_lazy("Máy chủ gặp lỗi"),
}
"""Codes with what they are called."""

REFUSALS = (CaseRefused, DecisionRefused, ActionRefused, RegisterRefused, CorrectionRefused)
"""What the doors raise when an act is not possible now."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One field of the request, as "body.reason", and what is wrong with it."""

    field: str
    message: str


class Problem(Exception):
    """An answer that is an error. ``extra``: further members; ``headers``: as Retry-After."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: tuple[FieldProblem, ...] = (),
        extra: Mapping[str, Any] = MappingProxyType({}),
        headers: Mapping[str, str] = MappingProxyType({}),
    ):
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.errors, self.extra, self.headers = errors, extra, headers

    def body(self) -> str:
        """The document."""
        told: dict[str, Any] = {
            "type": f"urn:diembao:{self.code}",
            "title": str(TITLES[self.code]),
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            **self.extra,
        }
        if self.errors:
            told["errors"] = [{"field": one.field, "message": one.message} for one in self.errors]
        return json.dumps(told, ensure_ascii=False)

    def response(self) -> HttpResponse:
        """As an answer."""
        return HttpResponse(self.body(), status=self.status, content_type=CONTENT_TYPE, headers=self.headers)


def not_found() -> Problem:
    """There is no such row."""
    return Problem(404, "not-found", _("Không có mục nào ở địa chỉ này. Hãy xem lại số của mục."))


def stale() -> Problem:
    """Optimistic locking: the row is no longer at the version that the caller saw."""
    detail = _("Vừa có người thay đổi mục này. Hãy đọc lại bản mới rồi làm lại nếu vẫn cần.")
    return Problem(409, "stale", detail, errors=(FieldProblem("body.version", detail),))


def bad_field(field: str, message: str) -> Problem:
    """One field of the request cannot be used."""
    return bad_fields((FieldProblem(field, message),))


def bad_fields(errors: tuple[FieldProblem, ...]) -> Problem:
    """Some fields of the request cannot be used; nothing was done."""
    return Problem(422, "bad-field", " ".join(f"{one.field}: {one.message}" for one in errors), errors=errors)


def problem_of(error: Exception) -> Problem | None:
    """What a door raised, as a problem; None for what is no refusal."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, CaseForbidden):
        return Problem(403, "forbidden", str(error))
    if isinstance(error, REFUSALS):
        return Problem(409, "refused", str(error))
    if isinstance(error, QuerySyntaxError):
        place = {"start": error.start, "end": error.end}
        wrong = (FieldProblem("query.q", error.message),)
        return Problem(400, "bad-query", error.message, errors=wrong, extra=place)
    if isinstance(error, CursorError):
        wrong = (FieldProblem("query.cursor", str(error)),)
        return Problem(400, "bad-cursor", str(error), errors=wrong)
    if isinstance(error, EngineUnavailable):
        return Problem(503, "unavailable", str(error), headers={"Retry-After": "10"})
    return None
