"""Today at a glance, renewed by itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from web import charts
from web.today import read_today


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    return render(request, "web/dashboard.html", _context())


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The part of the page that is fetched again and again."""
    response = render(request, "web/_today.html", _context())
    response["Cache-Control"] = "no-store"
    return response


def _context() -> dict[str, object]:
    read = read_today(timezone.now())
    return {"today": read, "chart": charts.by_day(read.days, today=read.day)}
