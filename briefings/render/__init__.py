"""Rendering: one content, drawn as DOCX, PDF, XLSX and (in ``web``) as a page."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.content import AnnexRow, Content
from briefings.render.layout import lay_out

FORMATS = ("docx", "pdf", "xlsx")
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def render(content: Content, annex: Sequence[AnnexRow], form: str) -> bytes:
    """The file of a briefing; ``form``: one of ``FORMATS``. The same version always gives the same bytes."""
    # The libraries are heavy and few processes draw: each is loaded when its format is asked for.
    if form == "xlsx":
        from briefings.render.xlsx import render_xlsx

        return render_xlsx(content, annex)
    document = lay_out(content, annex)
    if form == "pdf":
        from briefings.render.pdf import render_pdf

        return render_pdf(content, document)
    if form == "docx":
        from briefings.render.docx import render_docx

        return render_docx(content, document)
    raise ValueError(f"{form!r} is no format; choose one of {', '.join(FORMATS)}")


def file_name(content: Content, form: str) -> str:
    """ "diem-bao-2026-W47.pdf"."""
    return f"diem-bao-{content.header.week}.{form}"
