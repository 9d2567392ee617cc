"""Signals that wait for a person, and those decided; taking a decision."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archive.models import Article, Finding
from cases.decisions import DecisionRefused, decide, histories
from cases.signals import SIGNALS
from web import wording
from web.permissions import needs, person
from web.signal_cards import quoted
from web.views.article import article_page

SIZE = 30
WAITING = Finding.Status.OPEN


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Newest first: what waits, or with ``?status=`` what was decided so."""
    status = request.GET.get("status", "")
    if status not in (*Finding.Status.values, "decided"):
        status = str(WAITING)
    signal = request.GET.get("signal", "")
    rows = Finding.objects.filter(kind="signal")
    found = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    counts = {value: found.get(value, 0) for value in Finding.Status.values}
    rows = rows.exclude(status=WAITING) if status == "decided" else rows.filter(status=status)
    if signal in SIGNALS:
        rows = rows.filter(label=signal)
    page = Paginator(_listed(rows), SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    decided = histories(row.pk for row in shown)
    context = {
        "page": page,
        "rows": [
            (row, next(iter(quoted(row.article, row.spans)), ""), decided.get(row.pk, ())) for row in shown
        ],
        "status": status,
        "params": urlencode({"status": status} | ({"signal": signal} if signal in SIGNALS else {})),
        "signal": signal if signal in SIGNALS else "",
        "signals": wording.SIGNALS.items(),
        "tabs": [
            *((value, label, counts[value]) for value, label in wording.FINDING_STATUS.items()),
            ("decided", _("Mọi kết luận"), sum(counts.values()) - counts[str(WAITING)]),
        ],
    }
    return render(request, "web/decisions.html", context)


def _listed(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    rows = rows.order_by("-created_at", "-pk").select_related("article__outlet")
    return rows.defer("evidence", "article__segments")


@needs("decide")
@require_POST
def conclude(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep a verdict; on refusal the article is shown with the reason and what was typed."""
    row = get_object_or_404(Finding.objects.only("pk", "article_id"), Q(kind="signal"), pk=pk)
    seen = request.POST.get("seen", "")
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "").replace("\x00", "")
    try:
        decide(
            row.pk,
            verdict,
            reason,
            by=person(request),
            now=timezone.now(),
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else None,
        )
    except DecisionRefused as refused:
        article = get_object_or_404(Article.objects.select_related("outlet"), pk=row.article_id)
        typed = {"finding": pk, "verdict": verdict, "reason": reason[:4000], "problem": str(refused)}
        return article_page(request, article, typed=typed, status=409)
    messages.success(request, _("Đã ghi kết luận."))
    return redirect(reverse("web:article", args=[row.article_id]) + f"#dau-hieu-{pk}")
