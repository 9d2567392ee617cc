"""The alerts inbox, one alert with everything about it, and what an officer does with it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alerts import actions
from alerts import wording as told
from alerts.casework import KINDS
from alerts.errors import ActionRefused
from alerts.models import Alert, Delivery, Rule
from cases.models import Decision
from web import wording
from web.permissions import needs, person

SIZE = 30
OUTCOMES = ("closed", Decision.Verdict.FALSE_ALARM, Decision.Verdict.VALID_CRITICISM)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Newest first: what nobody took on yet, or as chosen."""
    state = request.GET.get("state", "open")
    if state not in (*Alert.State.values, "all", "mine"):
        state = "open"
    rows = Alert.objects.all()
    counts = {value: rows.filter(state=value).count() for value in Alert.State.values}
    mine = rows.filter(state=Alert.State.ACKNOWLEDGED, holder=person(request))
    tabs = [(value, str(label), counts[value]) for value, label in wording.ALERT_STATES.items()]
    tabs += [("mine", _("Của tôi"), mine.count()), ("all", _("Tất cả"), sum(counts.values()))]
    rows = mine if state == "mine" else rows if state == "all" else rows.filter(state=state)
    severity, rule = _number(request, "severity"), _number(request, "rule")
    if severity in wording.SEVERITIES:
        rows = rows.filter(severity__gte=severity)
    if rule:
        rows = rows.filter(rule=rule)
    params = request.GET.copy()
    params.pop("page", None)
    rows = rows.select_related("rule", "holder", "source__outlet").order_by("-last_fired_at", "-pk")
    context = {
        "page": Paginator(rows, SIZE).get_page(request.GET.get("page")),
        "params": params.urlencode(),
        "state": state,
        "tabs": tabs,
        "severity": severity,
        "severities": wording.SEVERITIES.items(),
        "rule": rule,
        "rules": Rule.objects.order_by("name"),
        "dead": Delivery.objects.filter(state=Delivery.State.DEAD).count(),
    }
    return render(request, "web/alerts.html", context)


@require_safe
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, problem: str = "", status: int = 200) -> HttpResponse:
    rows = Alert.objects.select_related(
        "rule", "article__outlet", "story", "source__outlet", "holder", "case"
    )
    row = get_object_or_404(rows, pk=pk)
    card = row.cause
    context = {
        "alert": row,
        "card": card,
        "byline": told.byline(card) if card.get("url") else "",
        "why": told.why_lines(card),
        "similar": [(other, told.moment(other["at"])) for other in card.get("similar", ())],
        "events": row.events.select_related("by").order_by("-at", "-pk"),
        "deliveries": row.deliveries.select_related("target").order_by("-pk")[:50],
        "problem": problem,
        "reason": request.POST.get("reason", "")[: actions.LONGEST_REASON] if problem else "",
        "outcome": request.POST.get("outcome", ""),
        "spread": told.spread_line(card),
        "kinds": [(kind, wording.CASE_KINDS[kind]) for kind in KINDS],
        "can_open": row.article_id is not None
        and row.case_id is None
        and request.user.has_perm("cases.work_cases"),
        "can_take": row.state == Alert.State.OPEN and request.user.has_perm(actions.PERMISSION),
        "can_close": row.state != Alert.State.CLOSED and request.user.has_perm(actions.PERMISSION),
    }
    return render(request, "web/alert.html", context, status=status)


@needs("decide")
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take an alert on."""
    try:
        actions.acknowledge(pk, by=person(request), now=timezone.now())
    except ActionRefused as refused:
        return _page(request, pk, str(refused), status=409)
    messages.success(request, _("Bạn đã nhận xử lý cảnh báo này."))
    return redirect("web:alert", pk)


@needs("decide")
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close an alert, with or without a verdict on its signals."""
    outcome, reason = request.POST.get("outcome", ""), request.POST.get("reason", "")
    try:
        if outcome not in OUTCOMES:
            raise ActionRefused(_("Hãy chọn một kết luận."))
        if outcome == "closed":
            actions.close(pk, reason, by=person(request), now=timezone.now())
        else:
            with_case = request.POST.get("with_case") == "1"
            actions.conclude(pk, outcome, reason, by=person(request), now=timezone.now(), with_case=with_case)
    except ActionRefused as refused:
        return _page(request, pk, str(refused), status=409)
    messages.success(request, _("Đã đóng cảnh báo."))
    return redirect("web:alert", pk)


@needs("work_cases")
@require_POST
def to_case(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open a case about the alert's article."""
    kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "")
    try:
        case = actions.open_case(pk, kind, reason, by=person(request), now=timezone.now())
    except ActionRefused as refused:
        return _page(request, pk, str(refused), status=409)
    messages.success(request, _("Đã mở hồ sơ."))
    return redirect("web:case", case.pk)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
