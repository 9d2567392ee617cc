"""The audit log, for administrators: filters, pages, and everything as CSV."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive.formats import CONTENT_TYPES
from archive.models import AuditEntry
from web import wording
from web.audit_log import AuditFilter, found_entries
from web.exports import AUDIT, audit_rows, pieces
from web.permissions import needs
from web.streams import stream

SIZE = 50


@needs("web.administer")
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    chosen = _chosen(request)
    context = {
        "page": Paginator(_rows(chosen), SIZE).get_page(request.GET.get("page")),
        "params": urlencode({name: value for name, value in chosen.items() if value}),
        "chosen": chosen,
        "actions": wording.AUDIT_ACTIONS.items(),
        "people": User.objects.order_by("username").values_list("username", flat=True),
    }
    return render(request, "web/audit.html", context)


@needs("web.administer")
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """Every entry under the same filters, oldest first."""
    rows = audit_rows(_rows(_chosen(request)).order_by("pk").iterator(chunk_size=500))
    response = stream(request, pieces("csv", rows, AUDIT, "audit"), CONTENT_TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="nhat-ky-{timezone.localtime():%Y%m%d-%H%M}.csv"'
    return response


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What the address asks for; malformed values ask for nothing."""
    values = {name: request.GET.get(name, "").replace("\x00", "")[:150] for name in ("person", "words")}
    action = request.GET.get("action", "")
    values["action"] = action if action in AuditEntry.Action.values else ""
    for name in ("from", "to"):
        values[name] = _day(request.GET.get(name, ""))
    return values


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _rows(chosen: dict[str, str]) -> QuerySet[AuditEntry]:
    days = [date.fromisoformat(chosen[name]) if chosen[name] else None for name in ("from", "to")]
    return found_entries(AuditFilter(chosen["action"], chosen["person"], chosen["words"], *days))
