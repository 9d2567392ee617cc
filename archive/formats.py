"""Export rows as JSON lines, CSV and XLSX: complete, and streamed where the format allows it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from archive.spreadsheet import inert, writable

Row = dict[str, Any]

COLUMNS = (
    "url",
    "canonical_url",
    "outlet",
    "title",
    "lead",
    "text",
    "published_at",
    "published_precision",
    "first_seen_at",
    "revisions",
    "gone_at",
    "story",
    "about",
    "topics",
    "findings",
)
CONTENT_TYPES = {
    "jsonl": "application/x-ndjson; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def jsonl(rows: Iterable[Row]) -> Iterator[bytes]:
    """One JSON object a line, UTF-8."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def csv_lines(rows: Iterable[Row], columns: Sequence[str] = COLUMNS) -> Iterator[bytes]:
    """CSV with a header and a byte order mark, so that spreadsheets read it as UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([inert(_flat(row.get(column))) for column in columns])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def write_xlsx(
    rows: Iterable[Row], out: BinaryIO, columns: Sequence[str] = COLUMNS, name: str = "articles"
) -> None:
    """One sheet, a header and a row per article (or other thing); written row by row, not held in memory.

    Text longer than a cell can hold is cut there and ends in "…"; the other formats keep all of it.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for row in rows:
        cells = []
        for column in columns:
            cell = WriteOnlyCell(sheet, value=writable(_flat(row.get(column))))
            cell.data_type = "s"  # text, whatever it looks like: no formula, no link
            cells.append(cell)
        sheet.append(cells)
    book.save(out)


def _flat(value: object) -> str:
    """A cell's text: lists of words joined, anything deeper as JSON."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)
