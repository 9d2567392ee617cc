"""The API put together: its operations, its errors, its document."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from web.api import (
    alerts,
    articles,
    briefings,
    cases,
    exports,
    findings,
    me,
    register,
    search,
    sources,
    stories,
    webhooks,
)
from web.api.operation import strict
from web.api.problems import CONTENT_TYPE, Problem, not_found, problem_of
from web.api.validation import validation_problem

log = logging.getLogger(__name__)
ROUTERS = (
    me,
    search,
    articles,
    findings,
    stories,
    alerts,
    cases,
    register,
    sources,
    briefings,
    exports,
    webhooks,
)
ROOT = "/api/v1"
ABOUT = (
    "Media monitoring of a provincial press office: articles with their versions and evidence, stories, "
    "findings that want comparing, alerts, cases, the register of official figures, weekly briefings. "
    "There is no author field and no score of an outlet. Errors are problem documents (RFC 9457) in "
    "Vietnamese, or English with `Accept-Language: en`."
)


class _Letters(JSONRenderer):
    """Vietnamese stays readable, and half as long."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class _Api(NinjaAPI):
    """Operations are called as their functions are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Unique over all modules; a test sees to it."""
        return str(operation.view_func.__name__)


def _made() -> NinjaAPI:
    api = _Api(
        title="Điểm Báo",
        version="1",
        description=ABOUT,
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        renderer=_Letters(),
    )
    api.add_decorator(strict)
    for module in ROUTERS:
        api.add_router("", module.router)
    api.add_exception_handler(Exception, _error)
    api.add_exception_handler(Http404, lambda request, error: not_found().response())
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(ValidationError, _invalid)
    return api


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return validation_problem(error.errors).response()


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    if error.status_code == 400:
        return Problem(400, "bad-request", _("Thân yêu cầu phải là JSON, mã hóa UTF-8.")).response()
    raise error


def _error(request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error, RequestDataTooBig):
        return Problem(413, "too-large", _("Thân yêu cầu quá lớn. Hãy chia nhỏ.")).response()
    if isinstance(error, (BadRequest, UnreadablePostError)):
        return Problem(400, "bad-request", _("Yêu cầu đến không trọn vẹn. Hãy gửi lại.")).response()
    problem = problem_of(error)
    if problem is None:
        log.exception("%s %s failed", request.method, request.path, exc_info=error)
        problem = Problem(500, "internal", _("Lỗi đã được ghi lại. Việc này chưa được làm; hãy thử lại sau."))
    return problem.response()


api = _made()


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document, with what django-ninja does not say: scopes, and the shape of errors."""
    made = json.dumps(api.get_openapi_schema(path_prefix=f"{ROOT.lstrip('/')}/"))
    told: dict[str, Any] = json.loads(made.replace("``", "`"))  # from docstrings to Markdown
    told["components"]["schemas"]["Problem"] = PROBLEM
    error = {
        "description": "Error",
        "content": {CONTENT_TYPE.split(";")[0]: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for methods in told["paths"].values():
        for operation in methods.values():
            operation["responses"]["default"] = error
            scope = operation.get("x-scope")
            operation["security"] = [{name: [scope] if scope else []} for name in operation["security"][0]]
    return told


def document_text() -> str:
    """As docs/openapi.json holds it."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "for programs"},
        "detail": {"type": "string", "description": "what happened and what to do"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {
                    "field": {"type": "string", "description": "as body.reason or query.size"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
