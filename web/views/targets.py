"""Where alerts go, and who is told when nobody answers: addresses, roster, maintenance, Slack accounts."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alerts.channels import RECIPES
from alerts.models import EscalationStep, Maintenance, Severity, SlackAccount, Target
from archive.audit import record
from archive.models import AuditEntry
from web import wording
from web.clock import VIETNAM
from web.permissions import needs, person


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """Every place that alerts are sent to."""
    rows = Target.objects.select_related("owner").prefetch_related("rules")
    return render(request, "web/targets.html", {"targets": rows, "recipes": RECIPES})


@needs("manage_signals")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """A new target."""
    return _edit(request, Target())


@needs("manage_signals")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a target."""
    return _edit(request, get_object_or_404(Target, pk=pk))


def _edit(request: HttpRequest, row: Target) -> HttpResponseBase:
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _read(request, row)
        if not problems:
            try:
                with transaction.atomic():
                    act = "changed" if row.pk else "created"
                    row.save()
                    details = {"act": act, "enabled": str(row.enabled)}
                    record(AuditEntry.Action.TARGET, by=person(request), subject=row.name, details=details)
            except IntegrityError:
                problems["name"] = _("Đã có nơi nhận tên này.")
            else:
                messages.success(request, _("Đã lưu nơi nhận."))
                return redirect("web:targets")
    context = {
        "target": row,
        "problems": problems,
        "recipes": RECIPES.values(),
        "severities": wording.SEVERITIES.items(),
        "people": User.objects.filter(is_active=True).order_by("username"),
    }
    return render(request, "web/target_form.html", context, status=409 if problems else 200)


def _read(request: HttpRequest, row: Target) -> dict[str, str]:
    posted, problems = request.POST, {}
    row.name, row.address = _text(posted.get("name"), 200), _text(posted.get("address"), 500)
    row.channel, row.team = posted.get("channel", ""), _text(posted.get("team"), 100)
    row.enabled, row.health = posted.get("enabled") == "1", posted.get("health") == "1"
    row.deadlines = posted.get("deadlines") == "1"
    severity = posted.get("passes_from", "")
    row.passes_from = int(severity) if severity in map(str, Severity.values) else Severity.URGENT
    owner = posted.get("owner", "")
    row.owner = User.objects.filter(pk=owner).first() if owner.isascii() and owner.isdigit() else None
    row.quiet_from, row.quiet_until = _clock(posted.get("quiet_from")), _clock(posted.get("quiet_until"))
    if not row.name:
        problems["name"] = _("Hãy đặt tên cho nơi nhận.")
    if row.channel not in RECIPES:
        problems["channel"] = _("Hãy chọn một kênh.")
    elif wrong := RECIPES[row.channel].check(row.address):
        problems["address"] = wrong
    if (row.quiet_from is None) != (row.quiet_until is None):
        problems["quiet_from"] = _("Hãy ghi cả giờ bắt đầu và giờ kết thúc, hoặc để trống cả hai.")
    return problems


@needs("manage_signals")
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest) -> HttpResponseBase:
    """The roster, maintenance windows, and who is who on Slack."""
    problem = ""
    if request.method == "POST":
        acts = {"step": _add_step, "maintenance": _add_maintenance, "slack": _add_slack, "remove": _remove}
        name = request.POST.get("act", "")
        act = acts.get(name)
        with transaction.atomic():
            problem = act(request) if act else _("Không hiểu yêu cầu.")
            if not problem:
                details = {"act": name, "what": request.POST.get("what", "")}
                record(AuditEntry.Action.SETTING, by=person(request), subject="duty", details=details)
        if not problem:
            messages.success(request, _("Đã lưu."))
            return redirect("web:duty")
    context = {
        "problem": problem,
        "steps": EscalationStep.objects.select_related("target"),
        "windows": Maintenance.objects.select_related("by")[:20],
        "accounts": SlackAccount.objects.select_related("user").order_by("user__username"),
        "targets": Target.objects.filter(enabled=True),
        "people": User.objects.filter(is_active=True).order_by("username"),
        "severities": wording.SEVERITIES.items(),
        "now": timezone.now(),
    }
    return render(request, "web/duty.html", context, status=409 if problem else 200)


def _add_step(request: HttpRequest) -> str:
    place = {"place-1": 1, "place-2": 2}.get(request.POST.get("target", ""))
    target = None if place else Target.objects.filter(pk=_number(request, "target")).first()
    minutes, severity = _number(request, "minutes"), _number(request, "severity")
    if (target is None and place is None) or not 1 <= minutes <= 10_000 or severity not in Severity.values:
        return _("Hãy chọn nơi nhận, mức và số phút từ 1 đến 10000.")
    EscalationStep.objects.update_or_create(
        team=_text(request.POST.get("team"), 100),
        after_minutes=minutes,
        target=target,
        place=place,
        defaults={"severity_from": severity},
    )
    return ""


def _add_maintenance(request: HttpRequest) -> str:
    starts, ends = _moment(request.POST.get("starts")), _moment(request.POST.get("ends"))
    reason = _text(request.POST.get("reason"), 300)
    if starts is None or ends is None or ends <= starts or not reason:
        return _("Hãy ghi lý do, giờ bắt đầu và giờ kết thúc sau đó.")
    Maintenance.objects.create(starts=starts, ends=ends, reason=reason, by=person(request))
    return ""


def _add_slack(request: HttpRequest) -> str:
    user = User.objects.filter(pk=_number(request, "user")).first()
    slack_id = _text(request.POST.get("slack_id"), 40)
    if user is None or not slack_id.isalnum():
        return _("Hãy chọn người và ghi mã thành viên Slack, như U0123456789.")
    if SlackAccount.objects.filter(slack_id=slack_id).exclude(user=user).exists():
        return _("Mã Slack này đã gắn với người khác.")
    SlackAccount.objects.update_or_create(user=user, defaults={"slack_id": slack_id})
    return ""


def _remove(request: HttpRequest) -> str:
    rows: dict[str, type[EscalationStep | Maintenance | SlackAccount]] = {
        "step": EscalationStep,
        "maintenance": Maintenance,
        "slack": SlackAccount,
    }
    table = rows.get(request.POST.get("what", ""))
    if table is None:
        return _("Không hiểu yêu cầu.")
    table.objects.filter(pk=_number(request, "pk")).delete()
    return ""


def _text(value: str | None, longest: int) -> str:
    return (value or "").replace("\x00", " ").strip()[:longest]


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _clock(value: str | None) -> time | None:
    try:
        return time.fromisoformat(value or "")
    except ValueError:
        return None


def _moment(value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value or "").replace(tzinfo=VIETNAM)
    except ValueError:
        return None
