"""The annex as a spreadsheet: every row, every cell text, whatever it looks like."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from archive.spreadsheet import writable
from archive.vietnam import VIETNAM
from briefings.content import AnnexRow, Content
from briefings.render.layout import ANNEX_COLUMNS, annex_cells
from briefings.render.zipped import settled

WIDTHS = (6, 17, 24, 60, 70, 24, 24, 12, 24, 17, 20, 60, 46)
EXTRA = ("Địa chỉ bài", "Nguồn của dòng này")
LONGEST_LINK = 2000  # a spreadsheet refuses the file for a longer one


def render_xlsx(content: Content, annex: Sequence[AnnexRow]) -> bytes:
    """One sheet, a header row that stays, a filter, and links on the titles."""
    book = Workbook(write_only=True)
    made = content.header.made_at.astimezone(VIETNAM).replace(tzinfo=None)
    book.properties.created = book.properties.modified = made
    book.properties.creator = "Điểm Báo"
    sheet = book.create_sheet("Phụ lục")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    sheet.append([_cell(sheet, name, Font(bold=True)) for name in (*ANNEX_COLUMNS, *EXTRA)])
    for number, row in enumerate(annex, 1):
        sources = "; ".join(source.key for source in row.sources)
        cells = [_cell(sheet, text) for text in (*annex_cells(number, row), row.url, sources)]
        link = row.page or row.url
        if link and len(link) <= LONGEST_LINK:
            cells[3].hyperlink = link
            cells[3].data_type = "s"  # openpyxl looks at the value again when a link is set
            cells[3].font = Font(color="1D4F7C", underline="single")
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{chr(ord('A') + len(WIDTHS) - 1)}{len(annex) + 1}"
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue(), content.header.made_at)


def _cell(sheet: WriteOnlyWorksheet, text: str, font: Font | None = None) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, value=writable(text))
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if font is not None:
        cell.font = font
    return cell
