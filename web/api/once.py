"""Writes: done in one transaction with their answer, so that the same key gives the same answer again."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Status
from pydantic import BaseModel

from archive.audit import record
from archive.models import AuditEntry
from web.api.access import token_of
from web.api.problems import CONTENT_TYPE, FieldProblem, Problem, problem_of
from web.models import ApiAnswer, ApiToken

KEEP = timedelta(days=7)
LONGEST_KEY = 200
JSON = "application/json; charset=utf-8"
AGAIN = "Idempotent-Replayed"
Act = Callable[[], Any]


def once(function: Callable[..., Any]) -> Callable[..., Any]:
    """For operations that write: keep the answer under the request's Idempotency-Key, if it has one."""

    @wraps(function)
    def run(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        key = _key(request)
        act = lambda: function(request, *args, **values)  # noqa: E731
        return answered(request, f"key:{key}" if key else "", act)

    # django-ninja reads the types of the arguments in the module of what it is given: this one.
    run.__signature__ = inspect.signature(function, eval_str=True)  # type: ignore[attr-defined]
    return run


def answered(request: HttpRequest, key: str, act: Act) -> HttpResponse:
    """Do ``act`` unless ``key`` (of this token) was answered before. ``key`` "": always do it.

    Refusals are answers too and are kept; what is nobody's fault (a failed database, an engine that is
    away) undoes everything and may be sent again.
    """
    token = token_of(request)
    if not key:
        with transaction.atomic():
            return _done(request, token, act)
    asked = _digest(request)
    now = timezone.now()
    try:
        with transaction.atomic():
            if kept := ApiAnswer.objects.filter(token=token, key=key).first():
                return _again(kept, asked)
            ApiAnswer.objects.filter(made_at__lt=now - KEEP).delete()
            return _kept(request, token, key, asked, act, now)
    except _Taken:  # another process answered in this moment
        return _again(ApiAnswer.objects.get(token=token, key=key), asked)


class _Taken(Exception):
    """Somebody else holds the key."""


def _kept(
    request: HttpRequest, token: ApiToken, key: str, asked: str, act: Act, now: datetime
) -> HttpResponse:
    try:
        with transaction.atomic():
            row = ApiAnswer.objects.create(token=token, key=key, request=asked, made_at=now)
    except IntegrityError:
        raise _Taken from None
    try:
        with transaction.atomic():
            response = _done(request, token, act)
    except Exception as error:
        problem = problem_of(error)
        if problem is None or problem.status >= 500:
            raise
        response = problem.response()
    row.status, row.body = response.status_code, response.content.decode()
    row.content_type = response.headers["Content-Type"]
    row.save(update_fields=["status", "body", "content_type"])
    return response


def _done(request: HttpRequest, token: ApiToken, act: Act) -> HttpResponse:
    result = act()
    status = 200
    if isinstance(result, Status):
        status, result = result.status_code, result.value
    assert isinstance(result, BaseModel)
    details = {"act": "used", "what": f"{request.method} {request.path}"}
    record(AuditEntry.Action.TOKEN, by=token.owner, subject=token.name, details=details)
    return HttpResponse(result.model_dump_json(), status=status, content_type=JSON)


def _again(kept: ApiAnswer, asked: str) -> HttpResponse:
    if kept.request != asked:
        detail = _("Khóa này đã gắn với một yêu cầu khác. Mỗi việc mới cần một khóa mới.")
        field = "header.Idempotency-Key" if kept.key.startswith("key:") else "header.X-DiemBao-Delivery"
        wrong = (FieldProblem(field, detail),)
        raise Problem(422, "key-reused", detail, errors=wrong)
    return HttpResponse(
        kept.body,
        status=kept.status,
        content_type=kept.content_type or CONTENT_TYPE,
        headers={AGAIN: "true"},
    )


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if "Idempotency-Key" not in request.headers:
        return ""
    if not key or len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        detail = _("phải có 1 đến %(most)d ký tự ASCII in được") % {"most": LONGEST_KEY}
        raise Problem(422, "bad-field", detail, errors=(FieldProblem("header.Idempotency-Key", detail),))
    return key


def _digest(request: HttpRequest) -> str:
    head = f"{request.method} {request.path}\n".encode()
    return hashlib.sha256(head + request.body).hexdigest()
