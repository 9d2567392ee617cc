"""How often the signals were right by people's decisions, and switching signals."""

from __future__ import annotations

import math

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from archive.models import Finding
from cases import precision as judged
from cases.calibration import trade_offs
from cases.models import SignalSetting
from cases.signals import SIGNALS, SettingRefused, change, in_force
from web import wording
from web.clock import today
from web.decided import decided_findings
from web.names import topic_name
from web.permissions import needs, person
from web.weekly import weekly

WEEKS = 12


@require_safe
def precision(request: HttpRequest) -> HttpResponse:
    """Tables and a chart; ``?signal=`` keeps one signal."""
    signal = request.GET.get("signal", "")
    signal = signal if signal in SIGNALS else ""
    everything = decided_findings()
    rows = [row for row in everything if row.signal == signal] if signal else everything
    waiting = Finding.objects.filter(kind="signal", status=Finding.Status.OPEN)
    if signal:
        waiting = waiting.filter(label=signal)
    tables = [
        (_("Theo dấu hiệu"), [(wording.signal_name(p.name), p) for p in judged.by_signal(rows)]),
        (_("Theo chủ đề"), [(topic_name(p.name), p) for p in judged.by_topic(rows)]),
        (
            _("Theo loại hình báo"),
            [(wording.KINDS.get(p.name, p.name), p) for p in judged.by_outlet_kind(rows)],
        ),
    ]
    context = {
        "signal": signal,
        "signals": wording.SIGNALS.items(),
        "all": judged.overall(rows),
        "waiting": waiting.count(),
        "chart": weekly(judged.by_week(rows, today(timezone.now()), WEEKS)),
        "tables": tables,
        "verdicts": [(key, label) for key, label in wording.FINDING_STATUS.items() if key != "open"],
        "few": judged.FEW,
    }
    return render(request, "web/precision.html", context)


@require_safe
def signals(request: HttpRequest) -> HttpResponse:
    """Every signal: on or off, from what score, who set it and why."""
    return _signals_page(request)


def _signals_page(
    request: HttpRequest, problem: str = "", signal: str = "", status: int = 200
) -> HttpResponse:
    rows = decided_findings()
    settings = in_force()
    offers = {offer.signal: offer for offer in trade_offs(rows, settings)}
    context = {
        "rows": [(name, wording.SIGNALS[name], settings[name], offers.get(name)) for name in SIGNALS],
        "history": SignalSetting.objects.select_related("by").order_by("-at", "-pk")[:100],
        "problem": problem,
        "problem_signal": signal,
        "typed": request.POST.get("reason", "") if problem else "",
    }
    return render(request, "web/signals.html", context, status=status)


@needs("manage_signals")
@require_http_methods(["POST"])
def set_signal(request: HttpRequest, signal: str) -> HttpResponseBase:
    """Switch a signal on or off and set its threshold, with the reason."""
    if signal not in SIGNALS:
        raise Http404(_("Không có dấu hiệu này."))
    try:
        change(
            signal,
            enabled=request.POST.get("enabled") == "1",
            threshold=_share(request.POST.get("threshold", "")),
            by=person(request),
            now=timezone.now(),
            reason=request.POST.get("reason", "").replace("\x00", "")[:2000],
        )
    except SettingRefused as refused:
        return _signals_page(request, str(refused), signal, status=409)
    messages.success(request, _("Đã đổi thiết lập. Áp dụng cho các bài được phân loại từ bây giờ."))
    return redirect("web:signals")


def _share(text: str) -> float:
    """A number from 0 to 1 as people write it; NaN for anything else, which is refused further on."""
    try:
        return float(text.strip().replace(",", ".") or "0")
    except ValueError:
        return math.nan
