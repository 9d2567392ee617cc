"""The API's addresses, each answering in JSON and in the language that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

import web.converters  # noqa: F401  (registers "row")
from web.api.access import SPENT
from web.api.limits import Spent
from web.api.problems import Problem, not_found
from web.api.service import api
from web.views.api import openapi

View = Callable[..., HttpResponseBase]


def _guarded(view: View) -> View:
    """Around an operation: language, rate, errors of the address. No session is asked: a token is."""

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        language = _language(request)
        with translation.override(language):
            response = view(request, *args, **values)
            if response.status_code == 405:
                allowed = {"Allow": response.headers["Allow"]}
                detail = _("Hãy dùng %(methods)s.") % {"methods": allowed["Allow"]}
                response = Problem(405, "method-not-allowed", detail, headers=allowed).response()
        response["Content-Language"] = language
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        spent = getattr(request, SPENT, None)
        if isinstance(spent, Spent):
            response["X-RateLimit-Limit"] = str(spent.limit)
            response["X-RateLimit-Remaining"] = str(spent.remaining)
            response["X-RateLimit-Reset"] = str(spent.reset_s)
        return response

    return answer


def _language(request: HttpRequest) -> str:
    known = dict(settings.LANGUAGES)
    for name, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        if name.split("-")[0] in known:
            return name.split("-")[0]
    return settings.LANGUAGE_CODE


def _no_such_address(request: HttpRequest) -> HttpResponseBase:
    return not_found().response()


def _patterns() -> list[URLPattern]:
    patterns: list[URLPattern] = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = _guarded(pattern.callback)
            patterns.append(pattern)
    return patterns


app_name = "api"
urlpatterns = [
    path("openapi.json", _guarded(openapi), name="openapi"),
    *_patterns(),
    re_path("", _guarded(_no_such_address), name="nowhere"),
]
