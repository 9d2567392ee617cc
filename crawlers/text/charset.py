"""Bytes to NFC text. The bytes are trusted before what headers and tags say of them."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from crawlers.errors import Unreadable
from crawlers.records import FailureKind
from crawlers.text import legacy

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # no XML tree may hold them
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
DECLARATION_WINDOW = 4096  # bytes; HTML asks for the first 1024, real pages are later
GUESS_WINDOW = 65_536  # bytes that charset-normalizer may look at
MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
# Browsers read these labels as Windows code pages too.
WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "tis-620": "cp874"}


def decode(body: bytes, content_type: str = "", *, url: str = "") -> str:
    """The text of ``body`` as NFC without control characters and byte order marks.

    Tried in turn: byte order mark, UTF-8 when the bytes are (nearly) that, a Vietnamese set from before
    Unicode that is declared or certain, the encoding the document declares, the one the ``Content-Type``
    header names, charset-normalizer's guess, Windows-1258. Raises ``Unreadable`` only for VPS and VNI,
    which would come out as gibberish; ``url`` names the document in that error.
    """
    return unicodedata.normalize("NFC", CONTROL.sub("", _decoded(body, content_type, url)))


def _decoded(body: bytes, content_type: str, url: str) -> str:
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    text = _as_utf8(body)
    if text is not None:
        return text
    labels = [label.decode("ascii") for label in DECLARED.findall(body[:DECLARATION_WINDOW])]
    labels += HEADER.findall(content_type)
    old = next(filter(None, map(legacy.named, labels)), "") or legacy.recognised(body)
    if old in legacy.READ:
        return legacy.read(body, old)
    if old:
        raise Unreadable(
            FailureKind.UNREADABLE,
            f"{url}: viết bằng bảng mã cũ {old.upper()}, không đọc được chắc chắn; "
            "cần tòa soạn cung cấp bản Unicode.",
        )
    for label in labels:
        text = _as_labelled(body, label)
        if text is not None:
            return text
    guess = from_bytes(body[:GUESS_WINDOW]).best()
    return body.decode(guess.encoding if guess else "cp1258", "replace")


def _as_utf8(body: bytes) -> str | None:
    """UTF-8 text; a few broken bytes among many good sequences, or a cut end, are forgiven."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for _ in MULTIBYTE.finditer(body))
    return text if broken * 20 <= good or (broken == 1 and good and text.endswith("\ufffd")) else None


def _as_labelled(body: bytes, label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
        encoding = WINDOWS.get(name, name)
        if encoding.startswith("utf-8"):
            return None  # the bytes are not, whatever the label says
        return body.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None
