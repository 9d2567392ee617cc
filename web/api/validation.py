"""Pydantic's findings about a request, field by field, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.api.problems import FieldProblem, Problem, bad_fields

MOST = 20  # fields told of one request

MESSAGES = {
    "missing": gettext_lazy("còn thiếu; hãy gửi trường này"),
    "extra_forbidden": gettext_lazy("không có trường nào tên như vậy; hãy bỏ đi hoặc sửa tên"),
    "string_type": gettext_lazy("phải là chữ"),
    "string_too_long": gettext_lazy("dài quá %(max_length)s ký tự; hãy rút ngắn"),
    "string_too_short": gettext_lazy("còn trống; hãy điền"),
    "blank": gettext_lazy("còn trống; hãy điền"),
    "control_characters": gettext_lazy("có ký tự điều khiển; hãy bỏ chúng"),
    "one_line": gettext_lazy("phải nằm trên một dòng"),
    "int_type": gettext_lazy("phải là số nguyên"),
    "int_parsing": gettext_lazy("phải là số nguyên"),
    "int_from_float": gettext_lazy("phải là số nguyên"),
    "int_parsing_size": gettext_lazy("số quá lớn"),
    "bool_type": gettext_lazy("phải là true hoặc false"),
    "bool_parsing": gettext_lazy("phải là true hoặc false"),
    "greater_than_equal": gettext_lazy("phải từ %(ge)s trở lên"),
    "less_than_equal": gettext_lazy("nhiều nhất là %(le)s"),
    "too_long": gettext_lazy("có quá nhiều phần tử; nhiều nhất %(max_length)s"),
    "too_short": gettext_lazy("phải có ít nhất %(min_length)s phần tử"),
    "list_type": gettext_lazy("phải là một danh sách"),
    "enum": gettext_lazy("phải là một trong: %(expected)s"),
    "literal_error": gettext_lazy("phải là một trong: %(expected)s"),
    "no_zone": gettext_lazy("thiếu múi giờ; hãy viết như 2026-11-25T08:00:00+07:00"),
    "datetime_type": gettext_lazy("phải là thời điểm, như 2026-11-25T08:00:00+07:00"),
    "datetime_parsing": gettext_lazy("phải là thời điểm, như 2026-11-25T08:00:00+07:00"),
    "datetime_from_date_parsing": gettext_lazy("phải là thời điểm, như 2026-11-25T08:00:00+07:00"),
    "date_type": gettext_lazy("phải là ngày, như 2026-11-25"),
    "date_parsing": gettext_lazy("phải là ngày, như 2026-11-25"),
    "date_from_datetime_parsing": gettext_lazy("phải là ngày, như 2026-11-25"),
    "date_from_datetime_inexact": gettext_lazy("phải là ngày, như 2026-11-25"),
    "union_tag_invalid": gettext_lazy("phải là một trong: %(expected_tags)s"),
    "union_tag_not_found": gettext_lazy("còn thiếu trường cho biết loại"),
    "model_attributes_type": gettext_lazy("phải là một đối tượng JSON"),
    "model_type": gettext_lazy("phải là một đối tượng JSON"),
    "dict_type": gettext_lazy("phải là một đối tượng JSON"),
}
"""Kinds of findings that our fields can have."""


def validation_problem(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """One problem with every field that has one."""
    told = tuple(FieldProblem(_place(error), _message(error)) for error in errors)
    return bad_fields(told[:MOST])


def _message(error: Mapping[str, Any]) -> str:
    known = MESSAGES.get(str(error.get("type", "")))
    if known is None:
        return _("giá trị không dùng được")
    return str(known) % {name: str(value) for name, value in error.get("ctx", {}).items()}


def _place(error: Mapping[str, Any]) -> str:
    """ "body.reason" or "query.size": the name of the function's argument is nobody's business."""
    source, *rest = (str(part)[:80] for part in error["loc"])
    if source == "body" and rest and rest[0] == "body":
        rest = rest[1:]
    if source == "body" and len(rest) > 1 and "." in rest[0]:
        rest = rest[1:]  # the kind of an event, which the reader knows
    if source == "query" and rest and rest[0] == "params":
        rest = rest[1:]
    return ".".join([source, *rest])
