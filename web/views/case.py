"""One case, and what people do with it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import moving, watching
from cases.changes import CaseRefused
from cases.models import Case, CaseWatch
from web.case_forms import read_day, read_moment, read_number, read_officer
from web.case_page import case_context
from web.permissions import needs, person

ROWS = Case.objects.select_related("article__outlet", "story", "outlet", "officer", "opened_by")


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The page."""
    return case_page(request, pk)


def case_page(
    request: HttpRequest, pk: int, problem: str = "", *, form: str = "", status: int = 200
) -> HttpResponse:
    """The page of a case; ``problem``: why ``form`` was refused, shown with what was typed into it."""
    row = get_object_or_404(ROWS, pk=pk)
    context = case_context(row, person(request), timezone.now())
    typed = {name: value[:4000] for name, value in request.POST.items()} if problem else {}
    context |= {"problem": problem, "typed": typed | {"form": form}}
    return render(request, "web/case.html", context, status=status)


def _act(
    request: HttpRequest, pk: int, form: str, done: str, change: Callable[[], object]
) -> HttpResponseBase:
    """Do something; a refusal shows the page with the reason, and what was typed."""
    get_object_or_404(Case.objects.only("pk"), pk=pk)
    try:
        change()
    except CaseRefused as refused:
        return case_page(request, pk, str(refused), form=form, status=409)
    messages.success(request, done)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("web:case", pk)


@needs("work_cases")
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To another state."""
    data = request.POST
    return _act(
        request,
        pk,
        "move",
        _("Đã chuyển bước."),
        lambda: moving.move(
            pk,
            data.get("target", ""),
            version=read_number(data.get("version", "")),
            reason=data.get("reason", ""),
            outcome=data.get("outcome", ""),
            number=data.get("number", ""),
            sent_at=read_moment(data.get("sent_at", "")),
            by=person(request),
            now=timezone.now(),
        ),
    )


@needs("work_cases")
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To an agency and a person."""
    data = request.POST
    return _act(
        request,
        pk,
        "assign",
        _("Đã phân công."),
        lambda: moving.assign(
            pk,
            version=read_number(data.get("version", "")),
            agency=data.get("agency", ""),
            officer=read_officer(data.get("officer", "")),
            reason=data.get("reason", ""),
            by=person(request),
            now=timezone.now(),
        ),
    )


@needs("work_cases")
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Stop the clock, or let it run again."""
    data = request.POST
    version, reason = read_number(data.get("version", "")), data.get("reason", "")
    by, now = person(request), timezone.now()
    if data.get("resume"):
        done = _("Đồng hồ lại chạy.")
        return _act(
            request,
            pk,
            "pause",
            done,
            lambda: moving.resume(pk, version=version, reason=reason, by=by, now=now),
        )
    done = _("Đã tạm dừng.")
    why = data.get("why", "")
    return _act(
        request,
        pk,
        "pause",
        done,
        lambda: moving.pause(pk, why, version=version, reason=reason, by=by, now=now),
    )


@needs("work_cases")
@require_POST
def due(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The day that a superior set."""
    data = request.POST
    return _act(
        request,
        pk,
        "due",
        _("Đã ghi hạn."),
        lambda: moving.set_due(
            pk,
            read_day(data.get("day", "")),
            data.get("document", ""),
            version=read_number(data.get("version", "")),
            reason=data.get("reason", ""),
            by=person(request),
            now=timezone.now(),
        ),
    )


@needs("work_cases")
@require_POST
def write_note(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A note for the history."""
    return _act(
        request,
        pk,
        "note",
        _("Đã ghi chú."),
        lambda: moving.write_note(pk, request.POST.get("reason", ""), by=person(request), now=timezone.now()),
    )


@needs("work_cases")
@require_POST
def judge(request: HttpRequest, pk: int, watch: int) -> HttpResponseBase:
    """Say whether a watched article is corrected."""
    get_object_or_404(CaseWatch.objects.only("pk"), pk=watch, case=pk)
    data = request.POST
    return _act(
        request,
        pk,
        f"judge-{watch}",
        _("Đã ghi kết luận."),
        lambda: watching.judge(
            watch,
            data.get("status", ""),
            version=read_number(data.get("version", "")),
            reason=data.get("reason", ""),
            by=person(request),
            now=timezone.now(),
        ),
    )
