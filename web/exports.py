"""Complete results as files, piece by piece: for the pages and the API alike."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any, BinaryIO

from archive import formats
from archive.export import export_articles
from archive.models import AuditEntry
from web.clock import VIETNAM

CHUNK = 256 * 1024
AUDIT = ("at", "person", "action", "subject", "page", "details", "origin")


def article_pieces(form: str, ids: Iterable[int]) -> Iterator[bytes]:
    """The articles of ``ids`` as ``form``: one of ``archive.formats.CONTENT_TYPES``."""
    return pieces(form, export_articles(ids), formats.COLUMNS, "articles")


def audit_rows(entries: Iterable[AuditEntry]) -> Iterator[dict[str, Any]]:
    """Entries of the audit log as rows of ``AUDIT``."""
    for entry in entries:
        row = {name: getattr(entry, name) for name in AUDIT}
        yield row | {"at": entry.at.astimezone(VIETNAM).isoformat(timespec="seconds")}


def pieces(form: str, rows: Iterable[dict[str, Any]], columns: Sequence[str], name: str) -> Iterator[bytes]:
    """``rows`` as ``form``; ``columns`` and the sheet's ``name`` are for tables."""
    if form == "xlsx":
        return whole(lambda out: formats.write_xlsx(rows, out, columns, name))
    return formats.csv_lines(rows, columns) if form == "csv" else formats.jsonl(rows)


def whole(write: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    """A workbook is a ZIP file: it can be sent only when it is finished; on disk until then."""
    out = tempfile.TemporaryFile()  # noqa: SIM115  (closed by _read, after the last byte)
    write(out)
    out.seek(0)
    return _read(out)


def _read(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        while part := out.read(CHUNK):
            yield part
