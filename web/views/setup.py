"""The first-run wizard: four steps, each of which can be skipped and done later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.office import office
from web import setup, wording
from web.models import SetupStep
from web.people import PeopleRefused, invite
from web.permissions import needs, person
from web.setup import STEPS, SetupRefused

ADMINISTER = "web.administer"


@needs(ADMINISTER)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The steps, and where to go on."""
    stages = setup.stages()
    return render(request, "web/setup.html", {"stages": stages, "next": setup.next_step(stages)})


@needs(ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: str) -> HttpResponseBase:
    """One step; ``skip`` leaves it for later."""
    if key not in STEPS:
        raise Http404
    if request.method != "POST":
        return _page(request, key)
    now = timezone.now()
    if "skip" in request.POST:
        setup.finish(key, person(request), now, skipped=True)
        return _onward()
    acts: dict[str, Callable[[HttpRequest, datetime], HttpResponseBase]] = {
        "province": _province,
        "sources": _sources,
        "slack": _slack,
        "people": _people,
    }
    try:
        return acts[key](request, now)
    except (SetupRefused, PeopleRefused) as refused:
        return _page(request, key, problem=str(refused), status=409)


def _onward() -> HttpResponse:
    key = setup.next_step(setup.stages())
    return redirect("web:setup-step", key) if key else redirect("web:setup")


def _page(
    request: HttpRequest, key: str, *, problem: str = "", link: str = "", status: int = 200
) -> HttpResponse:
    row = SetupStep.objects.filter(pk=key).first()
    context: dict[str, object] = {
        "stages": setup.stages(),
        "step": key,
        "name": STEPS[key],
        "row": row,
        "problem": problem,
        "typed": request.POST,
    }
    if key == "province":
        profiles = setup.profiles()
        chosen = row.result.get("province", "") if row and not row.skipped else ""
        waiting = [profile.full_name for profile in profiles if profile.id == chosen != office().id]
        context |= {
            "profiles": profiles,
            "office": office(),
            "ticked": request.POST.get("province") or office().id,
            "fixed": settings.DIEMBAO_PROVINCE_FIXED,
            "waiting": waiting[0] if waiting else "",
        }
    elif key == "sources":
        since = _since(request)
        context |= {
            "reading": setup.reading_since(since) if since else None,
            "since": request.GET.get("since", ""),
        }
    elif key == "slack":
        context["on"] = setup.slack_is_on()
    else:
        role = wording.ROLES.get(request.POST.get("role", ""), "")
        context |= {"roles": wording.ROLES.items(), "link": link, "invited_as": role}
    response = render(request, "web/setup_step.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _province(request: HttpRequest, now: datetime) -> HttpResponse:
    name = request.POST.get("province", "")
    changed = setup.choose_province(name, request.POST.get("contact", ""))
    setup.finish("province", person(request), now, province=name)
    if changed:
        messages.success(
            request,
            _("Đã ghi. Chương trình tự khởi động lại để theo dõi tỉnh mới; chờ nửa phút rồi làm tiếp."),
        )
    return _onward()


def _sources(request: HttpRequest, now: datetime) -> HttpResponse:
    if "go" in request.POST:
        setup.read_all_sources(now)
        return redirect(f"{reverse('web:setup-step', args=('sources',))}?since={now.timestamp():.0f}")
    setup.finish("sources", person(request), now)
    return _onward()


def _since(request: HttpRequest) -> datetime | None:
    text = request.GET.get("since", "")
    fits = text.isascii() and text.isdigit() and len(text) <= 11
    return datetime.fromtimestamp(int(text), tz=timezone.get_default_timezone()) if fits else None


def _slack(request: HttpRequest, now: datetime) -> HttpResponse:
    address = request.POST.get("address", "").replace("\x00", "").strip()
    target = setup.connect_slack(address, request.POST.get("name", "").replace("\x00", "").strip(), now)
    setup.finish("slack", person(request), now, target=target.name)
    messages.success(
        request, _("Slack đã nhận tin thử; kênh này là nơi nhận “%(name)s”.") % {"name": target.name}
    )
    return _onward()


def _people(request: HttpRequest, now: datetime) -> HttpResponse:
    if "done" in request.POST:
        setup.finish("people", person(request), now)
        return _onward()
    note = request.POST.get("note", "").replace("\x00", " ").strip()
    _row, secret = invite(request.POST.get("role", ""), note, person(request), now)
    return _page(request, "people", link=request.build_absolute_uri(reverse("web:join", args=(secret,))))
