"""Syllables of Vietnamese text with their places in the text as given.

A syllable is a run of letters (with combining marks, so that NFD text works too), lower-cased, NFC, and
with the tone mark where the older style puts it ("hoà" and "hòa" are one syllable). Digits and
punctuation are no syllables; punctuation that ends a clause is kept as a boundary.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

_PIECE = re.compile(r"((?:[^\W\d_][\u0300-\u036f]*)+)|([.!?;:,…\"“”()\[\]\n])")
_BOUNDARY = "|"


def _tone_endings() -> dict[str, str]:
    endings: dict[str, str] = {}
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        for first, second in ("oa", "oe", "uy"):
            newer = first + unicodedata.normalize("NFC", second + tone)
            endings[newer] = unicodedata.normalize("NFC", first + tone) + second
    return endings


_OLDER = _tone_endings()


@lru_cache(maxsize=50_000)  # Vietnamese has some 7,000 syllables, in two or three spellings each
def normalise(syllable: str) -> str:
    """One syllable, lower-case, NFC, older tone style."""
    word = unicodedata.normalize("NFC", syllable).lower()
    older = _OLDER.get(word[-2:])
    if older is not None and word[-3:-2] != "q":
        return word[:-2] + older
    return word


@dataclass(frozen=True, slots=True)
class Syllables:
    """The syllables of one text, joined by single spaces for searching.

    joined   " một hai | ba ", with "|" at clause boundaries
    places   (offset in ``joined`` of a syllable's first letter, start in the text, end in the text)
    """

    joined: str
    places: tuple[tuple[int, int, int], ...]

    def number_at(self, offset: int) -> int:
        """The number of the syllable that starts at ``offset`` of ``joined``."""
        return bisect_left(self.places, (offset,))


def syllables(text: str) -> Syllables:
    """Cut ``text`` into syllables."""
    parts: list[str] = []
    places: list[tuple[int, int, int]] = []
    offset = 1
    for piece in _PIECE.finditer(text):
        if piece.lastindex == 1:
            word = normalise(piece.group())
            places.append((offset, piece.start(), piece.end()))
        else:
            word = _BOUNDARY
        parts.append(word)
        offset += len(word) + 1
    return Syllables(f" {' '.join(parts)} ", tuple(places))
