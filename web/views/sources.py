"""How the outlets' sources are doing."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive.health import source_health
from archive.models import Article, Outlet, SourceRead, StepFailure
from web import wording
from web.health import by_outlet

READS = 50
NEWEST = 10
LISTED = 50


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every outlet, worst first; ``?state=`` keeps one state."""
    rows = by_outlet(source_health(timezone.now()))
    counts = Counter(row.state for row in rows)
    state = request.GET.get("state", "")
    if state not in wording.STATES:
        state = ""
    context = {
        "rows": [row for row in rows if not state or row.state == state],
        "total": len(rows),
        "states": [(name, label, counts[name]) for name, label in wording.STATES.items() if counts[name]],
        "state": state,
        "failures": _failures()[:LISTED],
        "failed": StepFailure.objects.count(),
        "refusals": _refused().select_related("outlet").defer("text", "lead", "segments")[:LISTED],
        "refused": _refused().count(),
    }
    return render(request, "web/sources.html", context)


def _failures() -> QuerySet[StepFailure]:
    rows = StepFailure.objects.select_related("article__outlet")
    return rows.defer("article__text", "article__lead", "article__segments")


def _refused() -> QuerySet[Article]:
    return Article.objects.exclude(index_error="").order_by("-pk")


@require_safe
def outlet(request: HttpRequest, key: str) -> HttpResponse:
    """One outlet: each source, and its reading history."""
    row = get_object_or_404(Outlet, pk=key)
    health = [item for item in by_outlet(source_health(timezone.now())) if item.outlet.pk == key]
    reads = SourceRead.objects.filter(source__outlet=row).select_related("source").order_by("-at", "-pk")
    context = {
        "outlet": row,
        "health": health[0] if health else None,
        "reads": Paginator(reads, READS).get_page(request.GET.get("page")),
        "newest": Article.objects.filter(outlet=row).defer("text", "lead", "segments")[:NEWEST],
    }
    return render(request, "web/outlet.html", context)
