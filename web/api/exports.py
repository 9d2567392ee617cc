"""Complete exports: articles of a search, register, cases, alerts, audit log; streamed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from archive import formats
from archive.models import AuditEntry, RegisterEntry
from archive.register.files import csv_bytes, write_xlsx
from search.service import scan_all
from web.api.alerts import AlertFilter, AlertTold, alert_told, chosen_alerts, with_events
from web.api.case_shapes import CaseTold
from web.api.cases import CaseFilter, case_told, chosen_cases, with_rows
from web.api.fields import Line, Params, Word
from web.api.limits import Kind
from web.api.operation import reads
from web.api.problems import Problem, bad_field
from web.api.register import PEOPLE, entry_told
from web.api.scopes import Scope
from web.api.search import Chosen, asked
from web.audit_log import AuditFilter, found_entries
from web.engine import engine
from web.exports import AUDIT, article_pieces, audit_rows, whole
from web.exports import pieces as as_pieces
from web.streams import stream

router = Router(tags=["exports"])
AT_ONCE = 200  # rows read together


@router.get(
    "/exports/articles/{form}", summary="Every article of a search", **reads(Scope.EXPORTS_READ, Kind.EXPORT)
)
def export_articles(request: HttpRequest, form: str, params: Query[Chosen]) -> StreamingHttpResponse:
    """csv, xlsx or jsonl, by rising number: the same rows as the search page's download.

    Refused with 503 while the search index lacks articles.
    """
    _known(form)
    query, choices = asked(params)
    found = scan_all(engine(), query, choices.filters)
    return _sent(request, "diem-bao", form, article_pieces(form, found))


@router.get(
    "/exports/register/{form}", summary="The whole register", **reads(Scope.EXPORTS_READ, Kind.EXPORT)
)
def export_register(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """csv, xlsx or jsonl; csv and xlsx can be imported again on the register's page."""
    _known(form)
    rows = RegisterEntry.objects.select_related("indicator", *PEOPLE)
    if form == "csv":
        pieces = csv_bytes(rows)
    elif form == "xlsx":
        pieces = whole(lambda out: write_xlsx(rows, out))
    else:
        pieces = _lines(rows.order_by("pk").iterator(500))
    return _sent(request, "so-so-lieu", form, pieces)


@router.get("/exports/cases/{form}", summary="Every case", **reads(Scope.EXPORTS_READ, Kind.EXPORT))
def export_cases(request: HttpRequest, form: str, params: Query[CaseFilter]) -> StreamingHttpResponse:
    """csv, xlsx or jsonl, by rising number, with deadlines, evidence and history as in `GET /cases/{pk}`."""
    _known(form)
    cases = with_rows(chosen_cases(params)).order_by("pk").iterator(AT_ONCE)
    rows = (case_told(case).model_dump(mode="json") for case in cases)
    return _sent(request, "ho-so", form, as_pieces(form, rows, tuple(CaseTold.model_fields), "cases"))


@router.get("/exports/alerts/{form}", summary="Every alert", **reads(Scope.EXPORTS_READ, Kind.EXPORT))
def export_alerts(request: HttpRequest, form: str, params: Query[AlertFilter]) -> StreamingHttpResponse:
    """csv, xlsx or jsonl, by rising number, with card and history as in `GET /alerts/{pk}`."""
    _known(form)
    alerts = with_events(chosen_alerts(params)).order_by("pk").iterator(AT_ONCE)
    rows = (alert_told(alert).model_dump(mode="json") for alert in alerts)
    return _sent(request, "canh-bao", form, as_pieces(form, rows, tuple(AlertTold.model_fields), "alerts"))


class AuditParams(Params):
    """Which entries of the log."""

    action: Word = Field("", description="What was done, as `decided`; the log page lists them.")
    person: Line = Field("", max_length=150, description="The name of an account.")
    words: Line = Field("", max_length=150, description="In what the act was done to.")
    since: date | None = Field(None, description="First day, of Việt Nam.")
    until: date | None = Field(None, description="Last day, of Việt Nam.")


@router.get("/exports/audit/{form}", summary="The audit log", **reads(Scope.AUDIT_READ, Kind.EXPORT))
def export_audit(request: HttpRequest, form: str, params: Query[AuditParams]) -> StreamingHttpResponse:
    """csv, xlsx or jsonl, oldest first: the same rows as the page's download. For administrators' tokens."""
    _known(form)
    if params.action and params.action not in AuditEntry.Action.values:
        told = _("phải là một trong: %(expected)s") % {"expected": ", ".join(AuditEntry.Action.values)}
        raise bad_field("query.action", told)
    chosen = AuditFilter(params.action, params.person, params.words, params.since, params.until)
    rows = audit_rows(found_entries(chosen).order_by("pk").iterator(AT_ONCE))
    return _sent(request, "nhat-ky", form, as_pieces(form, rows, AUDIT, "audit"))


def _lines(rows: Iterator[RegisterEntry]) -> Iterator[bytes]:
    for row in rows:
        yield entry_told(row).model_dump_json().encode() + b"\n"


def _known(form: str) -> None:
    if form not in formats.CONTENT_TYPES:
        raise Problem(404, "not-found", _("Chỉ tải về được dạng csv, jsonl và xlsx."))


def _sent(request: HttpRequest, name: str, form: str, pieces: Iterator[bytes]) -> StreamingHttpResponse:
    response = stream(request, pieces, formats.CONTENT_TYPES[form])
    name = f"{name}-{timezone.localtime():%Y%m%d-%H%M}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
