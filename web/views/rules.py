"""The rules: who is told what; a form that shows by replay what a rule would have done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alerts.errors import RuleRefused
from alerts.models import Rule, Subscription, Target
from alerts.replay import replay
from alerts.rules import Draft, check, may_edit, save
from search.port import SearchError
from web.engine import engine
from web.permissions import needs, person
from web.rule_form import draft_of, new_draft, place_problems, read_draft, shown

SHOWN_DAYS = timedelta(days=30)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule with how often it fired lately."""
    since = timezone.now() - SHOWN_DAYS
    visible = Q(owner=None) | Q(owner=person(request))
    if request.user.has_perm("cases.manage_signals"):
        visible = Q()
    lately = Count("alerts", filter=Q(alerts__fired_at__gte=since), distinct=True)
    rows = Rule.objects.filter(visible).select_related("owner").prefetch_related("subscriptions__target")
    own = Target.objects.filter(owner=person(request), enabled=True).first()
    followed = dict(own.subscriptions.values_list("rule", "mode")) if own is not None else {}
    ordered = rows.annotate(lately=lately).order_by("-enabled", "name")
    context = {"rules": [(row, followed.get(row.pk, "")) for row in ordered], "own": own}
    return render(request, "web/rules.html", context)


@needs("decide")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """A new rule; the address may carry a search over, in the names of the form's fields."""
    if request.method == "POST":
        return _save(request, None)
    carried = read_draft(request.GET)
    return _form(request, replace(new_draft(), query=carried.query, conditions=carried.conditions), None)


@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Have a rule's alerts sent to one's own address, at once or in the digest, or no longer."""
    row, user = get_object_or_404(Rule, pk=pk), person(request)
    own = Target.objects.filter(owner=user, enabled=True).first()
    mode = request.POST.get("mode", "")
    if row.owner_id not in (None, user.pk) or own is None or mode not in (*Subscription.Mode.values, ""):
        return render(request, "403.html", status=403)
    if mode:
        Subscription.objects.update_or_create(rule=row, target=own, defaults={"mode": mode})
        messages.success(request, _("Bạn đã theo dõi quy tắc này."))
    else:
        Subscription.objects.filter(rule=row, target=own).delete()
        messages.success(request, _("Bạn đã thôi theo dõi quy tắc này."))
    return redirect("web:rules")


@needs("decide")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a rule."""
    row = get_object_or_404(Rule, pk=pk)
    if not may_edit(row, person(request)):
        return render(request, "403.html", status=403)
    return _save(request, row) if request.method == "POST" else _form(request, draft_of(row), row)


@needs("decide")
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What the rule as typed would have done, as a part of the page."""
    number = request.POST.get("rule", "")
    fits = number.isascii() and number.isdigit() and len(number) < 18
    known = Rule.objects.filter(pk=number).first() if fits else None
    if problems := place_problems(request.POST):
        return render(request, "web/_replay.html", {"wrong": problems})
    return render(request, "web/_replay.html", _replayed(read_draft(request.POST), known))


def _replayed(draft: Draft, row: Rule | None) -> dict[str, object]:
    now, limit = timezone.now(), settings.DIEMBAO_ALERTS.rule_limit
    try:
        result = replay(engine(), check(draft, row, now=now), now=now)
    except RuleRefused as refused:
        return {"wrong": refused.problems}
    except SearchError:
        return {"away": True}
    return {"limit": limit, "replay": result, "broad": result.a_day > limit}


def _save(request: HttpRequest, row: Rule | None) -> HttpResponseBase:
    draft = read_draft(request.POST)
    if problems := place_problems(request.POST):
        return _form(request, draft, row, problems, status=409)
    if "try" in request.POST:  # without scripts the whole form comes back with its replay
        return _form(request, draft, row, tried=_replayed(draft, row))
    version = request.POST.get("version", "")
    try:
        kept = save(
            draft,
            row,
            engine=engine(),
            by=person(request),
            now=timezone.now(),
            limit=settings.DIEMBAO_ALERTS.rule_limit,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
        )
    except RuleRefused as refused:
        return _form(request, draft, row, refused.problems, status=409)
    except SearchError:
        away = _("Bộ tìm kiếm đang tạm ngừng nên chưa thử được quy tắc. Hãy lưu lại sau ít phút.")
        return _form(request, draft, row, {"query": away}, status=503)
    messages.success(request, _("Đã lưu quy tắc “%(name)s”.") % {"name": kept.name})
    return redirect("web:rules")


def _form(
    request: HttpRequest,
    draft: Draft,
    row: Rule | None,
    problems: dict[str, str] | None = None,
    status: int = 200,
    tried: dict[str, object] | None = None,
) -> HttpResponse:
    version = request.POST.get("version", "") or (row.version if row else "")
    context = shown(request, draft, row) | {"problems": problems or {}, "version": version}
    context |= {"tried": tried is not None} | (tried or {})
    return render(request, "web/rule_form.html", context, status=status)
