"""Word by docxtpl, with escaping on: a title with "&" or "<" stays whole."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import Environment

from briefings.content import Content
from briefings.render.docx_template import template
from briefings.render.form import measure
from briefings.render.head import head_of
from briefings.render.layout import Document, Element, Run
from briefings.render.pdf import picture
from briefings.render.zipped import settled

LINK = "1D4F7C"
ACROSS_MM = 267.0  # text width of the annex's pages
DXA_PER_MM = 56.7
CITE_HALF_POINTS = 18


def render_docx(content: Content, document: Document) -> bytes:
    """A .docx in the form of official documents."""
    word = DocxTemplate(io.BytesIO(template()))
    width = measure("page", "width_mm") - measure("page", "left_mm") - measure("page", "right_mm")
    word.render(
        {
            "head": asdict(head_of(content.header)),
            "title": document.title,
            "subtitle": document.subtitle,
            "body": [_element(word, each, width) for each in document.body],
            "sources": [_element(word, each, width) for each in document.sources],
            "annex": [_element(word, each, ACROSS_MM) for each in document.annex],
        },
        jinja_env=Environment(autoescape=True),
        autoescape=True,
    )
    _fit_grids(word.docx)
    made = content.header.made_at.replace(tzinfo=None)
    properties = word.docx.core_properties
    properties.title, properties.author, properties.language = document.title, content.header.office, "vi-VN"
    properties.created = properties.modified = made
    out = io.BytesIO()
    word.save(out)
    return settled(out.getvalue(), content.header.made_at)


def _fit_grids(document: Any) -> None:
    """Word reads the widths of cells, LibreOffice those of the grid: the grid is made to say the same."""
    for table in document.element.body.iter(qn("w:tbl")):
        first = table.find(qn("w:tr"))
        widths = [cell.find(qn("w:tcPr")).find(qn("w:tcW")).get(qn("w:w")) for cell in first.iter(qn("w:tc"))]
        grid = table.find(qn("w:tblGrid"))
        for column in list(grid):
            grid.remove(column)
        for width in widths:
            column = OxmlElement("w:gridCol")
            column.set(qn("w:w"), width)
            grid.append(column)


def _element(word: DocxTemplate, element: Element, width_mm: float) -> dict[str, Any]:
    kind = f"heading{element.level}" if element.kind == "heading" else element.kind
    runs = (Run("– "), *element.runs) if kind == "bullet" else element.runs
    made: dict[str, Any] = {"kind": kind, "rich": _rich(word, runs)}
    if element.kind == "chart":
        made["image"] = InlineImage(word, io.BytesIO(picture(element.svg)), width=Mm(width_mm))
    if element.kind == "table":
        widths = [round(share * width_mm * DXA_PER_MM) for share in element.widths]
        made["columns"] = [
            {"rich": _rich(word, (Run(name, "bold"),)), "width": width, "side": "left"}
            for name, width in zip(element.columns, widths, strict=True)
        ]
        sides = ["right" if number else "left" for number in element.numeric]
        made["rows"] = [
            [
                {"rich": _rich(word, cell), "width": width, "side": side}
                for cell, width, side in zip(row, widths, sides, strict=True)
            ]
            for row in element.rows
        ]
    return made


def _rich(word: DocxTemplate, runs: tuple[Run, ...]) -> RichText:
    rich = RichText()
    for run in runs:
        options: dict[str, Any] = {}
        if run.style == "cite":
            options["size"] = CITE_HALF_POINTS
        if run.style in ("bold", "italic"):
            options[run.style] = True
        if run.url:
            options |= {"url_id": word.build_url_id(run.url), "color": LINK}
        rich.add(run.text, **options)
    return rich
