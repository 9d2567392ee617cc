"""The annex as a spreadsheet: every row; times are times, all else is text, whatever it looks like."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from archive.spreadsheet import writable
from archive.vietnam import VIETNAM
from briefings.content import AnnexRow, Content
from briefings.render.layout import ANNEX_COLUMNS, annex_cells
from briefings.render.zipped import settled

WIDTHS = (6, 17, 24, 64, 60, 20, 22, 12, 22, 17, 18, 60, 46)  # characters
LINE_PT = 15
PAPER_A4 = 9
FACE = "Calibri"
EXTRA = ("Địa chỉ bài", "Nguồn của dòng này")
DEADLINE = ANNEX_COLUMNS.index("Hạn")
CLOCK = "%H:%M %d/%m/%Y"  # as ``annex_cells`` writes times
FORMATS = {
    "minute": "hh:mm dd/mm/yyyy",
    "day": "dd/mm/yyyy",
    "unknown": 'dd/mm/yyyy" (thấy)"',
}
"""How a time is shown, by its precision: as in the other formats."""
LONGEST_LINK = 2000  # a spreadsheet refuses the file for a longer one


def render_xlsx(content: Content, annex: Sequence[AnnexRow]) -> bytes:
    """One sheet, a header row that stays, a filter, and links on the titles."""
    book = Workbook(write_only=True)
    made = content.header.made_at.astimezone(VIETNAM).replace(tzinfo=None)
    book.properties.created = book.properties.modified = made
    book.properties.creator = "Điểm Báo"
    sheet = book.create_sheet("Phụ lục")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", PAPER_A4
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the table
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    sheet.append([_cell(sheet, name, Font(name=FACE, bold=True)) for name in (*ANNEX_COLUMNS, *EXTRA)])
    for number, row in enumerate(annex, 1):
        sources = "; ".join(source.key for source in row.sources)
        cells = [_cell(sheet, text) for text in (*annex_cells(number, row), row.url, sources)]
        cells[0] = _value(sheet, number, "0")
        cells[1] = _value(sheet, _local(row.at), FORMATS[row.precision])
        if due := _time(row.deadline):
            cells[DEADLINE] = _value(sheet, due, FORMATS["minute"])
        link = row.page or row.url
        if link and len(link) <= LONGEST_LINK:
            cells[3].hyperlink = link
            cells[3].data_type = "s"  # openpyxl looks at the value again when a link is set
            cells[3].font = Font(name=FACE, color="1D4F7C", underline="single")
        # Not every program measures wrapped rows when it opens a file.
        sheet.row_dimensions[number + 1].height = LINE_PT * _lines(cells)
        sheet.append(cells)
    sheet.print_area = f"A1:{chr(ord('A') + len(ANNEX_COLUMNS) - 1)}{len(annex) + 1}"
    sheet.auto_filter.ref = f"A1:{chr(ord('A') + len(WIDTHS) - 1)}{len(annex) + 1}"
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue(), content.header.made_at)


def _value(sheet: WriteOnlyWorksheet, value: int | datetime, shown: str) -> Cell:
    """A number or a time: only what the program itself made, never words of an article."""
    cell: Cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = shown
    cell.alignment = Alignment(vertical="top")
    return cell


def _lines(cells: Sequence[Cell]) -> int:
    """How many lines the fullest of a row's texts takes."""
    pairs = zip(cells, WIDTHS, strict=True)
    return max(-(-len(cell.value) // (width - 2)) for cell, width in pairs if isinstance(cell.value, str))


def _local(at: datetime) -> datetime:
    """Việt Nam's time; a spreadsheet knows no zones."""
    return at.astimezone(VIETNAM).replace(tzinfo=None)


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, CLOCK)  # noqa: DTZ007  (a spreadsheet knows no zones)
    except ValueError:
        return None


def _cell(sheet: WriteOnlyWorksheet, text: str, font: Font | None = None) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, value=writable(text))
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if font is not None:
        cell.font = font
    return cell
