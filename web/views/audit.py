"""The audit log, for administrators: filters, pages, and everything as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
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
from archive.spreadsheet import inert
from web import wording
from web.clock import VIETNAM, day_start
from web.permissions import needs
from web.streams import stream

SIZE = 50
COLUMNS = ("at", "person", "action", "subject", "page", "details", "origin")


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
    rows = _rows(_chosen(request)).order_by("pk")
    response = stream(request, _csv(rows), CONTENT_TYPES["csv"])
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
    rows = AuditEntry.objects.all()
    if chosen["action"]:
        rows = rows.filter(action=chosen["action"])
    if chosen["person"]:
        rows = rows.filter(person=chosen["person"])
    if words := chosen["words"].strip():
        rows = rows.filter(subject__icontains=words)
    if chosen["from"]:
        rows = rows.filter(at__gte=day_start(date.fromisoformat(chosen["from"])))
    if chosen["to"]:
        rows = rows.filter(at__lt=day_start(date.fromisoformat(chosen["to"])) + timedelta(days=1))
    return rows


def _csv(rows: QuerySet[AuditEntry]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(COLUMNS)
    for row in rows.iterator(chunk_size=500):
        at = row.at.astimezone(VIETNAM).isoformat(timespec="seconds")
        details = json.dumps(row.details, ensure_ascii=False)
        texts = (at, row.person, row.action, row.subject, row.page, details, row.origin)
        writer.writerow([inert(text) for text in texts])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()
