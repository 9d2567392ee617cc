"""The files: whole, the same every time, and nothing in them runs."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import urlsplit

import pytest
from docx import Document as read_docx
from docx.oxml.ns import qn
from openpyxl import load_workbook

from archive.vietnam import VIETNAM
from briefings.render import FORMATS, file_name, render
from briefings.render.head import head_of
from briefings.render.layout import ANNEX_COLUMNS, lay_out, lines
from briefings.versions import Opened, opened, rebuilt
from tests.briefings import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Opened:
    world.make_week()
    return opened(world.built())


def paragraphs(data: bytes) -> list[str]:
    """Every paragraph of a .docx that says something, tables' too, in reading order."""
    body = read_docx(io.BytesIO(data)).element.body
    said = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    return [text for text in said if text.strip()]


def test_the_words_of_the_docx_are_those_of_the_model(kept: Opened) -> None:
    document = lay_out(kept.content, kept.annex)
    head = head_of(kept.content.header)
    expected = [
        *(head.superior, head.office, head.state, head.motto, head.number, head.place_date),
        *(head.kind, document.title, document.subtitle),
        *lines(document.body),
        *(head.recipients_title, head.signatory, *head.recipients),
        *lines(document.sources),
        *lines(document.annex),
    ]
    assert paragraphs(render(kept.content, kept.annex, "docx")) == [text for text in expected if text.strip()]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_version_gives_the_same_bytes(kept: Opened, form: str) -> None:
    first = render(kept.content, kept.annex, form)
    content, annex = rebuilt(kept.version)
    assert render(content, annex, form) == first


def test_hostile_words_stay_whole_in_the_docx(kept: Opened) -> None:
    said = "\n".join(paragraphs(render(kept.content, kept.annex, "docx")))
    assert said.count(world.HOSTILE) >= 6


def test_the_docx_holds_the_measures_of_the_decree(kept: Opened) -> None:
    document = read_docx(io.BytesIO(render(kept.content, kept.annex, "docx")))
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert 20 <= page.top_margin.mm <= 25 and 20 <= page.bottom_margin.mm <= 25
    assert 30 <= page.left_margin.mm <= 35 and 15 <= round(page.right_margin.mm, 1) <= 20
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Body"].font.size.pt in (13, 14)
    assert page.different_first_page_header_footer


def test_the_docx_has_a_picture_for_every_chart(kept: Opened) -> None:
    names = zipfile.ZipFile(io.BytesIO(render(kept.content, kept.annex, "docx"))).namelist()
    assert len([name for name in names if name.startswith("word/media/")]) == 2


@pytest.mark.parametrize("base", [world.BASE, ""])
def test_all_links_lead_to_our_pages_or_to_the_article(base: str) -> None:
    world.make_week()
    kept = opened(world.built(base=base))
    data = render(kept.content, kept.annex, "docx")
    relations = zipfile.ZipFile(io.BytesIO(data)).read("word/_rels/document.xml.rels").decode()
    targets = re.findall(
        r'Target="([^"]+)" TargetMode="External"|TargetMode="External" Target="([^"]+)"', relations
    )
    urls = {one or other for one, other in targets}
    assert urls
    for url in urls:
        assert urlsplit(url).scheme in ("http", "https")
        assert not base or url.startswith(base)


def test_the_spreadsheet_has_every_row_and_no_formula(kept: Opened) -> None:
    sheet = load_workbook(io.BytesIO(render(kept.content, kept.annex, "xlsx"))).active
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]][: len(ANNEX_COLUMNS)] == list(ANNEX_COLUMNS)
    assert [row[3].value for row in rows[1:]] == [row.title for row in kept.annex]
    assert {cell.data_type for row in rows for cell in row[2:] if cell.value is not None} <= {"s", "d"}
    for place, (cells, row) in enumerate(zip(rows[1:], kept.annex, strict=True), 1):
        assert (cells[0].value, cells[1].data_type) == (place, "d")
        assert cells[1].value == row.at.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)
        due = cells[ANNEX_COLUMNS.index("Hạn")].value
        assert (f"{due:%H:%M %d/%m/%Y}" if due else "") == row.deadline
        assert {cell.data_type for cell in cells[2:9] if cell.value is not None} == {"s"}


def test_the_spreadsheet_prints_on_pages_as_wide_as_the_table(kept: Opened) -> None:
    sheet = load_workbook(io.BytesIO(render(kept.content, kept.annex, "xlsx"))).active
    assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1" and sheet.freeze_panes == "A2"


def test_links_of_the_spreadsheet_lead_to_our_pages(kept: Opened) -> None:
    rows = list(load_workbook(io.BytesIO(render(kept.content, kept.annex, "xlsx"))).active.iter_rows())
    links = [row[3].hyperlink.target for row in rows[1:] if row[3].hyperlink]
    assert all(link.startswith(world.BASE) for link in links) and len(links) == len(kept.annex)


def test_a_title_that_looks_like_a_formula_is_text(kept: Opened) -> None:
    evil = kept.annex[0].model_copy(update={"title": '=HYPERLINK("http://x")', "summary": "\x00\x0b+1"})
    sheet = load_workbook(io.BytesIO(render(kept.content, [evil], "xlsx"))).active
    assert sheet["D2"].value == '=HYPERLINK("http://x")' and sheet["D2"].data_type == "s"
    assert sheet["E2"].value == "+1"


def test_the_pdf_is_tagged_and_says_when_it_was_made(kept: Opened) -> None:
    data = render(kept.content, kept.annex, "pdf")
    assert data.startswith(b"%PDF-1.7") and b"/MarkInfo" in data
    assert b"LibertinusSerif" in data
    assert b"pdfuaid:part" in data
    assert b"LibertinusSerif-BoldItalic" not in data  # it lacks Vietnamese letters


def test_a_sign_that_the_font_lacks_costs_the_standard_and_not_the_document(kept: Opened) -> None:
    title = kept.annex[0].model_copy(update={"title": "Nóng 🔥 中文"})
    data = render(kept.content, [title], "pdf")
    assert data.startswith(b"%PDF") and b"pdfuaid:part" not in data


def test_a_long_annex_is_cut_in_the_document_and_said_so(kept: Opened) -> None:
    many = [kept.annex[0].model_copy(update={"title": f"Bài {place}"}) for place in range(200)]
    said = lines(lay_out(kept.content, many).annex)
    assert "Tuần này có 200 bài; danh mục đầy đủ từng bài trong tệp XLSX kèm theo." in said[1]
    assert "Dưới đây là 60 bài" in said[1]


def test_file_names_carry_the_week(kept: Opened) -> None:
    assert file_name(kept.content, "pdf") == "diem-bao-2026-W47.pdf"


def test_an_unknown_format_is_refused(kept: Opened) -> None:
    with pytest.raises(ValueError, match="choose one of docx, pdf, xlsx"):
        render(kept.content, kept.annex, "odt")
