"""Who is on duty on which day: seen by everybody, written by administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alerts.models import DutyDay, EscalationStep, Target
from cases.office import calendar
from web.clock import VIETNAM
from web.permissions import needs

DAYS = 14
PLACES = (1, 2)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True)
class Day:
    """One row: the day, why it is free ("" on working days), and who has each place (0 for nobody)."""

    day: date
    today: bool
    free: str
    places: tuple[tuple[int, str, int, str], ...]  # place, name of the field, user id, user name


@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """Two weeks from ``?from=``, today by default."""
    now = timezone.now()
    first = _first(request.GET.get("from", ""), now)
    people = _people()
    context = {
        "days": _days(first, now),
        "first": first,
        "before": first - timedelta(days=DAYS),
        "after": first + timedelta(days=DAYS),
        "people": people,
        "reached": set(Target.objects.filter(enabled=True, owner__in=people).values_list("owner", flat=True)),
        "steps": EscalationStep.objects.filter(place__isnull=False).exists(),
    }
    return render(request, "web/roster.html", context)


@needs("manage_signals")
@require_POST
def save(request: HttpRequest) -> HttpResponseBase:
    """Write the days of the page. People who may not act on alerts are left out."""
    first = _first(request.POST.get("from", ""), timezone.now())
    people = {person.pk: person for person in _people()}
    with transaction.atomic():
        for day in (first + timedelta(days=back) for back in range(DAYS)):
            for place in PLACES:
                chosen = request.POST.get(_field(day, place))
                if chosen is None:
                    continue
                rows = DutyDay.objects.filter(day=day, place=place)
                officer = people.get(int(chosen)) if chosen.isascii() and chosen.isdigit() else None
                if officer is None:
                    rows.delete()
                else:
                    DutyDay.objects.update_or_create(day=day, place=place, defaults={"officer": officer})
    messages.success(request, _("Đã lưu lịch trực."))
    return redirect(f"{reverse('web:duty-roster')}?from={first.isoformat()}")


def _days(first: date, now: datetime) -> list[Day]:
    rows = DutyDay.objects.filter(day__gte=first, day__lt=first + timedelta(days=DAYS))
    known = {(row.day, row.place): row.officer for row in rows.select_related("officer")}
    days = []
    for day in (first + timedelta(days=back) for back in range(DAYS)):
        places = []
        for place in PLACES:
            officer = known.get((day, place))
            number, name = (officer.pk, officer.get_username()) if officer else (0, "")
            places.append((place, _field(day, place), number, name))
        today = now.astimezone(VIETNAM).date()
        days.append(Day(day, day == today, calendar().why_free(day), tuple(places)))
    return days


def _people() -> list[User]:
    """Those whose role acts on alerts."""
    return list(User.objects.with_perm("cases.decide", backend=BACKEND).order_by("username"))


def _field(day: date, place: int) -> str:
    return f"d{day:%Y%m%d}-{place}"


def _first(text: str, now: datetime) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return now.astimezone(VIETNAM).date()
    return day if 2000 <= day.year <= 2200 else now.astimezone(VIETNAM).date()
