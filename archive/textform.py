"""The stored form of text, and the digest that tells whether an article changed."""

from __future__ import annotations

import hashlib
import re
import unicodedata

INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def stored(text: str) -> str:
    """NFC and without NUL, which PostgreSQL cannot keep; otherwise as it came."""
    return unicodedata.normalize("NFC", text.replace("\x00", ""))


def collapsed(text: str) -> str:
    """NFC, invisible characters dropped, every run of white space one space."""
    return " ".join(INVISIBLE.sub("", stored(text)).split())


def content_digest(title: str, lead: str, text: str) -> str:
    """SHA-256 (hex) of what a reader reads; white space and normal form make no difference."""
    joined = "\n".join(collapsed(part) for part in (title, lead, text))
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()
