"""Complete results as files, piece by piece: for the search page and the API alike."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, BinaryIO

from archive import formats
from archive.export import export_articles

CHUNK = 256 * 1024


def article_pieces(form: str, ids: Iterable[int]) -> Iterator[bytes]:
    """The articles of ``ids`` as ``form``: one of ``archive.formats.CONTENT_TYPES``."""
    rows = export_articles(ids)
    if form == "xlsx":
        return whole(lambda out: formats.write_xlsx(rows, out))
    return formats.csv_lines(rows) if form == "csv" else formats.jsonl(rows)


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
