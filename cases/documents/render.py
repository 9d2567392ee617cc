"""The DOCX of a document: the same fields always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from cases.documents.fields import DocumentFields
from cases.documents.template import letter_template

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOMENT = (2020, 3, 5, 0, 0, 0)


def render_docx(document: DocumentFields, *, draft_mark: str = "") -> bytes:
    """The file. ``draft_mark``: words like "DỰ THẢO LẦN 2", "" on an approved document."""
    template = DocxTemplate(io.BytesIO(letter_template()))
    # Without autoescape docxtpl truncates text at "&" and "<" silently.
    environment = Environment(undefined=StrictUndefined, autoescape=True)
    template.render(_context(document, draft_mark), environment, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return _settled(out.getvalue())


def _context(document: DocumentFields, draft_mark: str) -> dict[str, object]:
    return {
        "parent": document.parent.upper(),
        "issuer": document.issuer.upper(),
        "number": document.number or "          ",
        "place": document.place,
        "day": _day(document.day),
        "about": document.about,
        "to": document.to.split("\n"),
        "body": document.body.split("\n"),
        "receivers": document.receivers.split("\n") if document.receivers else [],
        "authority": document.authority.upper(),
        "signer_title": document.signer_title.upper(),
        "signer_name": document.signer_name,
        "draft_mark": draft_mark,
    }


def _day(day: str) -> str:
    """Days below 10 and the months 1 and 2 are written with a zero, as the decree asks."""
    if not day:
        return "ngày      tháng      năm          "
    at = date.fromisoformat(day)
    month = f"{at.month:02d}" if at.month < 3 else str(at.month)
    return f"ngày {at.day:02d} tháng {month} năm {at.year}"


def _settled(content: bytes) -> bytes:
    """The same archive with fixed times and order, so that its digest says what is in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
