"""Today and the week at a glance, renewed by themselves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.office import office
from web import charts
from web.attention import read_attention
from web.setup import stages
from web.today import read_today
from web.week import Week, read_week


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    left = 0
    if request.user.has_perm("web.administer"):
        left = sum(1 for stage in stages() if stage.state == "open")
    return render(request, "web/dashboard.html", _today() | _week() | {"setup_left": left})


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Today: the part of the page that is fetched again and again."""
    return _part(render(request, "web/_today.html", _today()))


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """The week: fetched again now and then."""
    return _part(render(request, "web/_week.html", _week()))


def _part(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _today() -> dict[str, object]:
    now = timezone.now()
    read = read_today(now)
    return {
        "today": read,
        "chart": charts.by_day(read.days, today=read.day),
        "attention": read_attention(now),
    }


def _week() -> dict[str, object]:
    read = read_week(timezone.now())
    return {
        "week": read,
        "province": office(),
        "trends": [(row, charts.by_day(row.days, today=read.last)) for row in read.topics],
        "by_day": _by_day(read),
        "shares": _shares(read),
    }


def _by_day(read: Week) -> list[tuple[object, list[int]]]:
    """Newest day first, with one number for each topic."""
    days = [dict(row.days) for row in read.topics]
    known = [day for day, _ in read.topics[0].days] if read.topics else []
    return [(day, [counts[day] for counts in days]) for day in reversed(known)]


def _shares(read: Week) -> list[tuple[object, str, str]]:
    """Kinds of outlets side by side over a hundred units: (row, x, width)."""
    parts: list[tuple[object, str, str]] = []
    place = 0.0
    for row in read.kinds:
        width = 100 * row.share
        parts.append((row, f"{place:.2f}", f"{width:.2f}"))
        place += width
    return parts
