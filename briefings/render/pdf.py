"""PDF by Typst. Fonts come with the wheel, the clock is the version's: one version, the same bytes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from briefings.content import Content
from briefings.render.form import form
from briefings.render.head import head_of
from briefings.render.layout import Document, Element

ACCESSIBLE = ["ua-1"]  # PDF/UA: tagged, with alternatives for charts
TEMPLATE = Path(__file__).with_name("briefing.typ")
PICTURE = """\
#let doc = json(bytes(sys.inputs.document))
#set page(width: 160mm, height: auto, margin: 0mm)
#image(bytes(doc.svg), format: "svg", width: 100%)
"""


def render_pdf(content: Content, document: Document) -> bytes:
    """A4 pages, accessible (PDF/UA-1) where the font has every sign, with the annex across."""
    data: dict[str, Any] = {
        "form": form(),
        "head": asdict(head_of(content.header)),
        "title": document.title,
        "subtitle": document.subtitle,
        "body": [_plain(each) for each in document.body],
        "sources": [_plain(each) for each in document.sources],
        "annex": [_plain(each) for each in document.annex],
    }
    source, at = TEMPLATE.read_bytes(), int(content.header.made_at.timestamp())
    try:
        return _compile(source, data, "pdf", timestamp=at, pdf_standards=ACCESSIBLE)
    except typst.TypstError:
        # A headline with a sign that the font lacks (an emoji) bars the standard, not the document.
        return _compile(source, data, "pdf", timestamp=at)


def picture(svg: str, ppi: float = 200.0) -> bytes:
    """A chart as PNG, for formats that take no SVG."""
    return _compile(PICTURE.encode(), {"svg": svg}, "png", ppi=ppi)


def _compile(source: bytes, data: dict[str, Any], form: Any, **options: Any) -> bytes:
    compiler = typst.Compiler(
        source,
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
    )
    made = compiler.compile(format=form, **options)
    assert isinstance(made, bytes)
    return made


def _plain(element: Element) -> dict[str, Any]:
    plain = asdict(element)
    # Rows are flattened by the template; a cell must stay one thing.
    plain["rows"] = [[{"runs": [asdict(run) for run in cell]} for cell in row] for row in element.rows]
    return plain
