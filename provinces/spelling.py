"""One spelling for Vietnamese names: NFC, tone marks in the traditional place, and a form without marks.

Every function here keeps the number of code points of NFC text, so that offsets stay valid.
"""

from __future__ import annotations

import re
import unicodedata

# Open syllables in oa, oe, uy: modern spelling puts the mark on the second vowel (hoà), the
# traditional one on the first (hòa). After q the u is a consonant: quý, quỳ stay.
_MODERN = re.compile(
    r"o[àáảãạèéẻẽẹ](?![^\W\d_])|(?<!q)u[ỳýỷỹỵ](?![^\W\d_])",
    re.IGNORECASE,
)
_MARKED_O = dict(zip("àáảãạèéẻẽẹ", "òóỏõọòóỏõọ", strict=True))
_PLAIN = dict(zip("àáảãạèéẻẽẹỳýỷỹỵ", "aaaaaeeeeeyyyyy", strict=True))
_MARKED_U = dict(zip("ỳýỷỹỵ", "ùúủũụ", strict=True))


def _move(match: re.Match[str]) -> str:
    first, second = match.group()[0], match.group()[1]
    mark = second.lower()
    moved = (_MARKED_O if first in "oO" else _MARKED_U)[mark]
    plain = _PLAIN[mark]
    return (moved.upper() if first.isupper() else moved) + (plain.upper() if second.isupper() else plain)


def traditional_tones(text: str) -> str:
    """``Hoà Bình`` → ``Hòa Bình``. NFC in, NFC of the same length out."""
    return _MODERN.sub(_move, text)


def lowered(text: str) -> str:
    """Lower case with traditional tone marks, of the same length: how texts and names in them compare."""
    return traditional_tones(lower_same_length(text))


def lower_same_length(text: str) -> str:
    """Lower case without changing the number of code points (``İ`` would become two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def canonical(name: str) -> str:
    """NFC with traditional tones: the form in which names are stored and compared."""
    return traditional_tones(unicodedata.normalize("NFC", name))


_FOLD = {
    code: base[0]
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if len(base := unicodedata.normalize("NFD", chr(code))) > 1
} | {ord("đ"): "d", ord("Đ"): "D"}


MARKED_LETTERS = frozenset(_FOLD)
"""Code points of the letters that ``without_marks`` changes."""


def without_marks(text: str) -> str:
    """``Điện Biên`` → ``Dien Bien``. NFC in, same length out."""
    return text.translate(_FOLD)
