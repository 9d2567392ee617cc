"""Exports are complete, readable by spreadsheets, and inert."""

import csv
import io
import json

from openpyxl import load_workbook

from archive.formats import COLUMNS, csv_lines, jsonl, write_xlsx


def row(**given):
    return {**dict.fromkeys(COLUMNS), "revisions": [], "about": [], "topics": [], "findings": [], **given}


def read_csv(rows):
    text = b"".join(csv_lines(rows)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def read_xlsx(rows):
    out = io.BytesIO()
    write_xlsx(rows, out)
    sheet = load_workbook(io.BytesIO(out.getvalue())).active
    header, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(header, values, strict=True)) for values in body], load_workbook(
        io.BytesIO(out.getvalue())
    )


def test_every_row_is_in_every_format():
    rows = [row(title=f"Bài {n}", topics=["land", "education"]) for n in range(2500)]
    assert [json.loads(line)["title"] for line in jsonl(rows)] == [r["title"] for r in rows]
    assert [r["title"] for r in read_csv(rows)] == [r["title"] for r in rows]
    assert [r["title"] for r in read_xlsx(rows)[0]] == [r["title"] for r in rows]


def test_an_empty_export_has_its_header():
    assert b"".join(csv_lines([])).decode("utf-8-sig").startswith("url,canonical_url")
    assert list(jsonl([])) == []


def test_text_with_quotes_commas_and_lines_survives():
    text = 'Ông nói: "được",\nrồi đi; & <b>'
    assert read_csv([row(text=text)])[0]["text"] == text
    assert read_xlsx([row(text=text)])[0][0]["text"] == text


def test_cells_that_look_like_formulas_are_inert():
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"):
        assert read_csv([row(title=text)])[0]["title"] == "'" + text
    rows, book = read_xlsx([row(title="=1+1")])
    assert rows[0]["title"] == "=1+1"
    assert book.active["D2"].data_type == "s"


def test_a_cell_longer_than_a_spreadsheet_holds_is_cut_visibly():
    text = "a" * 40_000
    assert read_csv([row(text=text)])[0]["text"] == text
    cut = read_xlsx([row(text=text)])[0][0]["text"]
    assert len(cut) == 32_767
    assert cut.endswith("…")


def test_control_characters_do_not_break_a_workbook():
    assert read_xlsx([row(title="a\x00b\x0bc")])[0][0]["title"] == "abc"
