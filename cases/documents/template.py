"""The template of a letter in the form of Nghị định 30/2020/NĐ-CP, in code so that nothing of it is opaque.

A4; margins 20, 20, 30 and 20 mm (top, bottom, left, right); Times New Roman; sizes in points below; the page
number stands top centre from the second page on.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

FONT = "Times New Roman"
MARGINS_MM = {"top": 20, "bottom": 20, "left": 30, "right": 20}
BODY_PT = 14
_FIXED = datetime(
    2020, 3, 5, tzinfo=UTC
)  # the decree's day: a file's properties shall not change with the clock
_CENTRE, _LEFT, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY


@cache
def letter_template() -> bytes:
    """The template with docxtpl's tags: the names are those of ``cases.documents.render``."""
    document = Document()
    _properties(document)
    _page(document)
    _head(document)
    _addressee(document)
    for tag, text in (("for", "for paragraph in body"), ("", ""), ("endfor", "endfor")):
        paragraph = document.add_paragraph("{{ paragraph }}" if not tag else f"{{%p {text} %}}")
        if not tag:
            _shape(paragraph, _JUSTIFY, before=6)
            paragraph.paragraph_format.first_line_indent = Cm(1)
    _foot(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _properties(document: Any) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.title = properties.subject = ""
    properties.language = "vi-VN"
    properties.created = properties.modified = _FIXED.replace(tzinfo=None)
    properties.revision = 1


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, size in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    _page_field(number.add_run())
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY_PT)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    normal.paragraph_format.space_after = Pt(0)


def _page_field(run: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            piece = OxmlElement("w:fldChar")
            piece.set(qn("w:fldCharType"), kind)
        else:
            piece = OxmlElement("w:instrText")
            piece.set(qn("xml:space"), "preserve")
            piece.text = text
        run._r.append(piece)
    run.font.size = Pt(BODY_PT)


def _head(document: Any) -> None:
    """Who writes, the country's name and motto; number, place and day; what it is about."""
    table = _table(document, 2, (Cm(5.9), Cm(10.1)))
    left, right = table.rows[0].cells
    _write(left, "{{ parent }}", 13, first=True)
    _write(left, "{{ issuer }}", 13, bold=True)
    _rule(left, Cm(2))
    _write(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, first=True)
    _write(right, "Độc lập - Tự do - Hạnh phúc", 14, bold=True)
    _rule(right, Cm(2.15))
    left, right = table.rows[1].cells
    _write(left, "Số: {{ number }}", 13, first=True)
    _write(left, "{{ about }}", 12)
    _write(left, "{%p if draft_mark %}", 12)
    _write(left, "{{ draft_mark }}", 12, bold=True)
    _write(left, "{%p endif %}", 12)
    _write(right, "{{ place }}, {{ day }}", 14, italic=True, first=True)


def _addressee(document: Any) -> None:
    document.add_paragraph("{%p if to|length == 1 %}")
    _shape(document.add_paragraph("Kính gửi: {{ to[0] }}"), _CENTRE, before=18, after=12)
    document.add_paragraph("{%p else %}")
    one = _shape(document.add_paragraph("Kính gửi:"), _LEFT, before=18)
    one.paragraph_format.left_indent = Cm(3)
    document.add_paragraph("{%p for line in to %}")
    row = _shape(document.add_paragraph("- {{ line }}"), _LEFT)
    row.paragraph_format.left_indent = Cm(4.2)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")


def _foot(document: Any) -> None:
    """Who receives it, left; who signs, right. The row stays on one page."""
    _shape(document.add_paragraph(), _LEFT, before=6)
    table = _table(document, 1, (Cm(8), Cm(8)))
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    _write(left, "Nơi nhận:", 12, bold=True, italic=True, align=_LEFT, first=True)
    for text in ("{%p for line in receivers %}", "- {{ line }}", "{%p endfor %}"):
        _write(left, text, 11, align=_LEFT)
    _write(right, "{%p if authority %}", 14, bold=True, first=True)
    _write(right, "{{ authority }}", 14, bold=True)
    _write(right, "{%p endif %}", 14, bold=True)
    _write(right, "{{ signer_title }}", 14, bold=True)
    for _ in range(4):
        _write(right, "", 14)
    _write(right, "{{ signer_name }}", 14, bold=True)


def _table(document: Any, rows: int, widths: tuple[Any, ...]) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            _no_padding(cell)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _no_padding(cell: Any) -> None:
    margins = OxmlElement("w:tcMar")
    for side in ("start", "end"):
        piece = OxmlElement(f"w:{side}")
        piece.set(qn("w:w"), "0")
        piece.set(qn("w:type"), "dxa")
        margins.append(piece)
    cell._tc.get_or_add_tcPr().append(margins)


def _write(
    cell: Any,
    text: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Any = _CENTRE,
    first: bool = False,
) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    _shape(paragraph, align)


def _shape(paragraph: Any, align: Any, *, before: float = 0, after: float = 0) -> Any:
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def _rule(cell: Any, inset: Any) -> None:
    """The thin line under the writer's name and under the motto."""
    paragraph = cell.add_paragraph()
    _shape(paragraph, _CENTRE, after=6)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inset
    paragraph.paragraph_format.line_spacing = Pt(3)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
