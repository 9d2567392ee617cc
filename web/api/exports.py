"""Complete exports: every article of a search, every entry of the register; streamed."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from archive import formats
from archive.models import RegisterEntry
from archive.register.files import csv_bytes, write_xlsx
from web.api.limits import Kind
from web.api.operation import reads
from web.api.problems import Problem
from web.api.register import PEOPLE, entry_told
from web.api.scopes import Scope
from web.api.search import Chosen, asked
from web.engine import engine
from web.exports import article_pieces, whole
from web.streams import stream

router = Router(tags=["exports"])


@router.get(
    "/exports/articles/{form}", summary="Every article of a search", **reads(Scope.EXPORTS_READ, Kind.EXPORT)
)
def export_articles(request: HttpRequest, form: str, params: Query[Chosen]) -> StreamingHttpResponse:
    """csv, xlsx or jsonl, by rising number: the same rows as the search page's download."""
    _known(form)
    query, choices = asked(params)
    return _sent(request, "diem-bao", form, article_pieces(form, engine().scan(query, choices.filters)))


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
