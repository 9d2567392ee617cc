"""Deadlines of cases by month, and as a file for other calendars."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.deadlines.due import running
from cases.models import CaseDeadline
from cases.office import office
from cases.states import State
from web.case_calendar import month_of, overdue, weeks_of
from web.clock import today
from web.ical import CONTENT_TYPE, calendar_file


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month, ``?month=2026-11``."""
    now = timezone.now()
    shown = month_of(request.GET.get("month", ""), today(now))
    rows = CaseDeadline.objects.filter(case__province=office().code).exclude(case__state=State.CLOSED)
    rows = rows.select_related("case").order_by("case", "pk")
    weeks = weeks_of(shown, now)
    context = {
        "month": shown,
        "previous": (shown - timedelta(days=1)).strftime("%Y-%m"),
        "following": (shown + timedelta(days=32)).strftime("%Y-%m"),
        "weeks": weeks,
        "days": [day for week in weeks for day in week if day.inside and day.rows],
        "overdue": overdue(now),
        "stopped": rows.filter(status=CaseDeadline.Status.STOPPED),
        "unknown": rows.filter(status=CaseDeadline.Status.UNKNOWN),
    }
    return render(request, "web/case_calendar.html", context)


@require_safe
def ics(request: HttpRequest) -> HttpResponse:
    """Every running deadline as iCalendar."""
    url = request.build_absolute_uri(reverse("web:cases")) + "{}/"
    rows = running().filter(case__province=office().code)
    response = HttpResponse(calendar_file(rows, timezone.now(), url), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="thoi-han-ho-so.ics"'
    return response
