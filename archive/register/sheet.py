"""Reads a CSV or XLSX file into rows of text cells, with the number of each row in its file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from openpyxl import load_workbook

MOST_BYTES = 5_000_000
MOST_UNPACKED = 40_000_000  # bytes of a workbook's parts together
MOST_ROWS = 5_000
MOST_COLUMNS = 60


class SheetError(ValueError):
    """A file that cannot be read as a table. The message (Vietnamese) says what to do."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: ``number`` as a spreadsheet shows it (the header is 1), cells by column name."""

    number: int
    cells: dict[str, str]


def read_sheet(name: str, data: bytes) -> tuple[list[str], list[SheetRow]]:
    """Column names and non-empty rows. ``name`` tells the format by its ending. Raises ``SheetError``."""
    if len(data) > MOST_BYTES:
        raise SheetError(
            _("%(name)s: lớn hơn %(most_bytes)s MB; chia thành nhiều tệp nhỏ hơn")
            % {"name": name, "most_bytes": MOST_BYTES // 1_000_000}
        )
    if name.lower().endswith(".xlsx"):
        lines = _xlsx(name, data)
    elif name.lower().endswith(".csv"):
        lines = _csv(name, data)
    else:
        raise SheetError(
            _("%(name)s: chỉ nhận tệp .csv hoặc .xlsx; lưu lại ở một trong hai dạng này") % {"name": name}
        )
    return _rows(name, lines)


def _rows(name: str, lines: Iterable[tuple[int, list[str]]]) -> tuple[list[str], list[SheetRow]]:
    header: list[str] | None = None
    rows: list[SheetRow] = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = _header(name, number, cells)
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            raise SheetError(
                _(
                    "%(name)s, hàng %(number)s: có %(count)s ô nhưng hàng tiêu đề chỉ có %(columns)s cột; "
                    "kiểm tra dấu phẩy trong ô (phải nằm trong ngoặc kép)"
                )
                % {"name": name, "number": number, "count": len(cells), "columns": len(header)}
            )
        rows.append(SheetRow(number, dict(zip(header, cells, strict=False))))
        if len(rows) > MOST_ROWS:
            raise SheetError(
                _("%(name)s: nhiều hơn %(most_rows)s hàng; chia thành nhiều tệp nhỏ hơn")
                % {"name": name, "most_rows": MOST_ROWS}
            )
    if header is None:
        raise SheetError(_("%(name)s: tệp trống; hàng đầu phải là tên các cột") % {"name": name})
    return header, rows


def _header(name: str, number: int, cells: list[str]) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        raise SheetError(
            _("%(name)s, hàng %(number)s: nhiều hơn %(most_columns)s cột; đây không phải tệp sổ số liệu")
            % {"name": name, "number": number, "most_columns": MOST_COLUMNS}
        )
    for place, column in enumerate(header, 1):
        if not column:
            raise SheetError(
                _("%(name)s, hàng %(number)s: cột thứ %(place)s không có tên; đặt tên hoặc xóa cột")
                % {"name": name, "number": number, "place": place}
            )
        if column in header[: place - 1]:
            raise SheetError(
                _("%(name)s, hàng %(number)s: cột %(column)s có hai lần; xóa một cột")
                % {"name": name, "number": number, "column": column}
            )
    return header


def _csv(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SheetError(
            _("%(name)s, dòng %(line)s: không phải mã UTF-8; trong Excel hãy lưu dạng “CSV UTF-8”")
            % {"name": name, "line": line}
        ) from None
    if "\x00" in text:
        raise SheetError(
            _("%(name)s: có ký tự rỗng (NUL), không phải tệp chữ; lưu lại dạng “CSV UTF-8”") % {"name": name}
        )
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        yield from enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), 1)
    except csv.Error as error:
        raise SheetError(
            _("%(name)s: không đọc được như CSV (%(error)s); kiểm tra dấu ngoặc kép")
            % {"name": name, "error": error}
        ) from None


def _xlsx(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    unreadable = SheetError(
        _("%(name)s: không mở được như tệp Excel; mở bằng Excel và lưu lại dạng .xlsx") % {"name": name}
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_UNPACKED:
                raise SheetError(
                    _("%(name)s: nội dung giải nén quá lớn; chia thành nhiều tệp nhỏ hơn") % {"name": name}
                )
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        cells = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
        for number, row in enumerate(cells, 1):
            yield number, [_text(value) for value in row]
        book.close()
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise unreadable from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
