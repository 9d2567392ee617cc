"""What a file is by its bytes, whatever its name says. Only kinds that carry no programs."""

from __future__ import annotations

import io
import zipfile

ALLOWED = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
}
_STARTS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_PARTS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sniff(content: bytes) -> str:
    """The content type, one of ``ALLOWED``; "" for everything else. Never raises on bad bytes."""
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return "text/plain" if _is_text(content) else ""


def _office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        return ""
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) for name in names):
        return ""
    if "[Content_Types].xml" not in names:
        return ""
    return next((kind for part, kind in _PARTS.items() if part in names), "")


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if any(ord(sign) < 32 and sign not in "\t\n\r" for sign in text):
        return False
    # A page or a script under another name is no note.
    return (
        not text.lstrip()[:200]
        .casefold()
        .startswith(("<!doctype", "<html", "<svg", "<?xml", "<script", "#!"))
    )
