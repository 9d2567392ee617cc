"""The API's document, and a page that people read it on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from web.api.access import Bearer
from web.api.limits import Kind
from web.api.problems import Problem
from web.api.reference import entries, shapes
from web.api.service import document_text


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation, what it takes and what it tells."""
    return render(request, "web/api.html", {"groups": entries().items(), "shapes": shapes()})


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """For programs with any token, and for people who are signed in."""
    if not request.user.is_authenticated:
        try:
            Bearer(None, Kind.READ)(request)
        except Problem as problem:
            return problem.response()
    return HttpResponse(document_text(), content_type="application/json; charset=utf-8")
