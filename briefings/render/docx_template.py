"""The Word template, drawn from the measures of ``form.toml``: styles, head, and loops to fill."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from briefings.render.form import form, measure

CENTRE, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
STYLES = ("Heading 1", "Heading 2", "Label", "Body", "Point", "Item", "Box", "Cited", "Cell", "Annex cell")


@cache
def template() -> bytes:
    """The template as a .docx."""
    document = Document()
    _styles(document)
    _page(document.sections[0])
    _head(document)
    _loop(document, "body", "Cell")
    _foot(document)
    _loop(document, "sources", "Cell")
    across = document.add_section(WD_SECTION.NEW_PAGE)
    across.orientation = WD_ORIENT.LANDSCAPE
    across.page_width, across.page_height = across.page_height, across.page_width
    across.left_margin = across.right_margin = across.bottom_margin = Mm(15)
    across.different_first_page_header_footer = False
    _loop(document, "annex", "Annex cell")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _styles(document: Any) -> None:
    font, size = str(form()["text"]["font"]), measure("text", "size_pt")
    normal = document.styles["Normal"]
    _font(normal, font, size)
    spacing = normal.paragraph_format
    spacing.space_after, spacing.space_before = Pt(0), Pt(0)
    spacing.line_spacing = measure("text", "line")
    for name in STYLES:
        known = name in [style.name for style in document.styles]
        style = document.styles[name] if known else document.styles.add_style(name, 1)
        style.base_style = normal
        _font(style, font, size)
        style.font.bold = name in ("Heading 1", "Heading 2", "Label")
        style.font.italic = False
        style.font.color.rgb = None
        layout = style.paragraph_format
        layout.space_after = Pt(measure("text", "after_pt"))
        layout.space_before = Pt(6 if name.startswith("Heading") else 4 if name == "Label" else 0)
        layout.keep_with_next = name in ("Heading 1", "Heading 2", "Label")
        layout.alignment = JUSTIFY if name in ("Body", "Point", "Item") else LEFT
    indent = Mm(measure("text", "indent_mm"))
    document.styles["Body"].paragraph_format.first_line_indent = indent
    for name in ("Heading 2", "Label", "Point", "Item"):  # what belongs together stands together
        document.styles[name].paragraph_format.space_after = Pt(2)
    for name, left, hanging in (("Item", 8, -5), ("Cited", 9, -9), ("Box", 4, 0)):
        document.styles[name].paragraph_format.left_indent = Mm(left)
        document.styles[name].paragraph_format.first_line_indent = Mm(hanging)
    for name, points in (("Cell", "size_pt"), ("Annex cell", "annex_pt")):
        document.styles[name].font.size = Pt(measure("table", points))
        document.styles[name].paragraph_format.space_after = Pt(0)
    document.styles["Cited"].font.size = Pt(10)
    document.styles["Cited"].paragraph_format.space_after = Pt(2)


def _font(style: Any, name: str, size: float) -> None:
    style.font.name, style.font.size = name, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for part in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(part), name)
    for part in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(part), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)


def _page(section: Any) -> None:
    section.page_width, section.page_height = (
        Mm(measure("page", "width_mm")),
        Mm(measure("page", "height_mm")),
    )
    section.top_margin, section.bottom_margin = (
        Mm(measure("page", "top_mm")),
        Mm(measure("page", "bottom_mm")),
    )
    section.left_margin, section.right_margin = (
        Mm(measure("page", "left_mm")),
        Mm(measure("page", "right_mm")),
    )
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True  # no number on the first page
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _head(document: Any) -> None:
    table = document.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Mm(62), Mm(98)
    said = (
        (0, 0, "head.superior", "superior_pt", "", 0),
        (0, 0, "head.office", "office_pt", "bold", 20),
        (0, 1, "head.state", "state_pt", "bold", 0),
        (0, 1, "head.motto", "motto_pt", "bold", 45),
        (1, 0, "head.number", "number_pt", "", 0),
        (1, 1, "head.place_date", "place_pt", "italic", 0),
    )
    for row, column, name, size, style, ruled in said:
        cell = table.cell(row, column)
        paragraph = cell.paragraphs[0] if not cell.paragraphs[0].text else cell.add_paragraph()
        _write(paragraph, name, measure("head", size), style)
        if ruled:
            _rule(cell.add_paragraph(), ruled)
    for name, size, style in (
        ("head.kind", "kind_pt", "bold"),
        ("title", "title_pt", "bold"),
        ("subtitle", "title_pt", "italic"),
    ):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(12 if name == "head.kind" else 0)
        paragraph.paragraph_format.space_after = Pt(8 if name == "subtitle" else 0)
        _write(
            paragraph,
            name,
            measure("text" if name == "subtitle" else "head", "size_pt" if name == "subtitle" else size),
            style,
        )


def _write(paragraph: Any, name: str, size: float, style: str) -> None:
    paragraph.alignment = CENTRE
    run = paragraph.add_run("{{ " + name + " }}")
    run.font.size, run.bold, run.italic = Pt(size), style == "bold", style == "italic"


def _rule(paragraph: Any, share: int) -> None:
    """A line under the words: the border of an empty, narrow paragraph."""
    paragraph.paragraph_format.line_spacing = Pt(4)
    side = Mm(1.6 * (60 - share))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Emu(int(side / 4))
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _loop(document: Any, name: str, cell_style: str) -> None:
    """Draws whatever elements the list ``name`` holds."""

    def say(text: str, style: str = "Normal") -> None:
        document.add_paragraph(text, style=style)

    say("{%p for e in " + name + " %}")
    first = True
    for kind, style in (
        ("heading1", "Heading 1"),
        ("heading2", "Heading 2"),
        ("label", "Label"),
        ("paragraph", "Body"),
        ("point", "Point"),
        ("bullet", "Item"),
        ("box", "Box"),
        ("source", "Cited"),
    ):
        say("{%p " + ("if" if first else "elif") + f" e.kind == '{kind}' " + "%}")
        say("{{r e.rich }}", style)
        first = False
    say("{%p elif e.kind == 'chart' %}")
    say("{{ e.image }}")
    say("{%p elif e.kind == 'table' %}")
    _table(document, cell_style)
    say("{%p endif %}")
    say("{%p endfor %}")


def _table(document: Any, style: str) -> None:
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    table.autofit = False
    rows = (
        ("{%tc for c in e.columns %}", "{{r c.rich }}", "{%tc endfor %}"),
        ("{%tr for row in e.rows %}", "", ""),
        ("{%tc for c in row %}", "{{r c.rich }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for place, texts in enumerate(rows):
        for column, text in enumerate(texts):
            cell = table.cell(place, column)
            cell.paragraphs[0].text = text
            cell.paragraphs[0].style = style
            if text.startswith("{{r"):
                side = cell.paragraphs[0]._p.get_or_add_pPr()._add_jc()
                side.attrib[qn("w:val")] = "{{ c.side }}"
            width = cell._tc.get_or_add_tcPr().get_or_add_tcW()
            width.set(qn("w:type"), "dxa")
            width.set(qn("w:w"), "{{ c.width }}" if text.startswith("{{r") else "100")
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)


def _foot(document: Any) -> None:
    table = document.add_table(rows=3, cols=2)
    table.autofit = False
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Mm(80), Mm(80)
    title = table.cell(0, 0).paragraphs[0].add_run("{{ head.recipients_title }}")
    title.bold = title.italic = True
    title.font.size = Pt(measure("foot", "recipients_title_pt"))
    signed = table.cell(0, 1).paragraphs[0]
    _write(signed, "head.signatory", measure("foot", "signatory_pt"), "bold")
    cell = table.cell(1, 0)
    cell.paragraphs[0].text = "{%p for line in head.recipients %}"
    line = cell.add_paragraph().add_run("{{ line }}")
    line.font.size = Pt(measure("foot", "recipients_pt"))
    cell.add_paragraph("{%p endfor %}")
    document.add_paragraph()
