"""Articles as JSON lines, CSV and XLSX, row by row; ``rows`` are those of ``archive.export``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# A spreadsheet would run what begins so.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX_CELL = 32_767  # characters: the format's own limit
XLSX_ROWS = 1_048_575  # the format's own limit, less the heading

COLUMNS = {
    "url": "Đường dẫn",
    "canonical_url": "Đường dẫn gốc",
    "outlet": "Báo",
    "title": "Tiêu đề",
    "lead": "Sapo",
    "text": "Nội dung",
    "published_at": "Thời điểm đăng",
    "published_precision": "Độ chính xác",
    "first_seen_at": "Thấy lần đầu",
    "revisions": "Số phiên bản",
    "gone_at": "Bị gỡ lúc",
    "story": "Vụ việc",
    "about": "Tỉnh được nói tới",
    "topics": "Chủ đề",
    "findings": "Cần đối chiếu",
}

Row = Mapping[str, Any]


class TooManyRows(ValueError):
    """More articles than the format can hold."""


def jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """One object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """With a byte order mark, because Excel takes UTF-8 for something else without it."""
    yield "\ufeff" + _line(list(COLUMNS.values()))
    for row in rows:
        yield _line([guarded(cell) for cell in cells(row)])


def xlsx(rows: Iterable[Row], out: IO[bytes]) -> None:
    """One sheet. Texts beyond a cell's limit are cut with "[…]". Raises ``TooManyRows``."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Bài báo")
    sheet.freeze_panes = "A2"
    sheet.append(list(COLUMNS.values()))
    for count, row in enumerate(rows, 1):
        if count > XLSX_ROWS:
            raise TooManyRows(f"XLSX holds {XLSX_ROWS} rows at most; export CSV or JSONL instead")
        sheet.append([_cell(guarded(cell)) for cell in cells(row)])
    book.save(out)


def cells(row: Row) -> list[str]:
    """The values of ``COLUMNS`` as text; lists joined by "; "."""
    return [_text(name, row.get(name)) for name in COLUMNS]


def guarded(text: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "revisions":
        return str(len(value))
    if name == "about":
        return "; ".join(str(place.get("name") or place.get("code")) for place in value)
    if name == "findings":
        return "; ".join(f"{finding['signal']} ({finding['status']})" for finding in value)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _line(values: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue()


def _cell(text: str) -> str:
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return clean if len(clean) <= XLSX_CELL else clean[: XLSX_CELL - 4] + " […]"
