"""The list of briefings, asking for one to be built, and how building goes on."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, Max, OuterRef
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from briefings.building import request as ask
from briefings.errors import BadWeek, BriefingError
from briefings.models import Approval, Briefing, Build
from briefings.settings import setting_of
from briefings.weeks import last_week, parse_week, week_of
from web.briefing_page import profile
from web.clock import today
from web.permissions import needs, person

SIZE = 20
WEEKS_BACK = 8
PERMISSION = "briefings.compose_briefing"


@require_safe
def briefings(request: HttpRequest) -> HttpResponse:
    """Newest week first, with what is being built."""
    return _page(request)


def _page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    approved = Approval.objects.filter(version__briefing=OuterRef("pk"))
    rows = Briefing.objects.filter(province=profile().id)
    rows = rows.annotate(newest=Max("versions__number"), approved=Exists(approved))
    setting = setting_of(profile())
    newest = week_of(today(now))
    weeks = [newest]
    for _back in range(WEEKS_BACK):
        weeks.append(weeks[-1].before())
    context = {
        "page": Paginator(rows.order_by("-year", "-week"), SIZE).get_page(request.GET.get("page")),
        "params": "",
        "builds": _running(),
        "failed": _failed(),
        "weeks": [(week, week.starts(setting.cut), week.ends(setting.cut)) for week in weeks],
        "chosen": last_week(now, setting.cut),
        "setting": setting,
        "problem": problem,
        "can_compose": request.user.has_perm(PERMISSION),
        "can_manage": request.user.has_perm("briefings.manage_briefings"),
    }
    return render(request, "web/briefings.html", context, status=status)


def _failed() -> Build | None:
    """The newest build, if it failed: what came after mends it."""
    newest = Build.objects.filter(briefing__province=profile().id).select_related("briefing").first()
    return newest if newest is not None and newest.state == Build.State.FAILED else None


def _running() -> list[Build]:
    rows = Build.objects.filter(state__in=(Build.State.WAITING, Build.State.RUNNING))
    return list(rows.select_related("briefing").order_by("pk"))


@needs(PERMISSION)
@require_POST
def build(request: HttpRequest) -> HttpResponseBase:
    """Ask for a week to be built, or built anew."""
    try:
        week = parse_week(request.POST.get("week", ""))
        row = ask(profile(), week, by=person(request), now=timezone.now())
    except BadWeek as error:
        return _page(request, str(error), status=400)
    except BriefingError as error:
        return _page(request, str(error), status=409)
    return redirect("web:briefing-build", row.pk)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One build; the page asks for its middle again and again, and leads on when it is done."""
    row = get_object_or_404(Build.objects.select_related("briefing"), pk=pk)
    if row.state == Build.State.DONE:
        target = redirect("web:briefing", row.briefing_id)
        messages.success(request, _("Đã lập xong bản tin."))
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=200)
            response["HX-Redirect"] = target.url
            return response
        return target
    template = "web/_briefing_build.html" if request.headers.get("HX-Request") else "web/briefing_build.html"
    response = render(request, template, {"build": row})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def week(request: HttpRequest, week: str) -> HttpResponseBase:
    """Where links in documents lead: the week's briefing."""
    try:
        wanted = parse_week(week)
    except BadWeek as error:
        return _page(request, str(error), status=404)
    row = get_object_or_404(Briefing, province=profile().id, year=wanted.year, week=wanted.number)
    return redirect("web:briefing", row.pk)
