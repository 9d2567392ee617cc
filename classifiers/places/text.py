"""The text as given, beside the forms that matching needs, with a way back to the given offsets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from provinces.spelling import MARKED_LETTERS, lowered

_SPACES = dict.fromkeys((0x09, 0xA0, 0x2007, 0x202F, 0x3000), " ")


@dataclass(frozen=True, slots=True)
class Prepared:
    """``cased`` is NFC with plain spaces (line ends stay); ``lowered`` the same in lower case with
    traditional tones.

    Both have the same length. ``starts`` maps their offsets to the given text; None when the given
    text is NFC already and the offsets are equal.
    """

    given: str
    cased: str
    lowered: str
    starts: tuple[int, ...] | None

    def given_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the given text for a span of the prepared one."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end]


def prepare(given: str) -> Prepared:
    """Prepares one text; any text, of any length, in linear time."""
    starts: tuple[int, ...] | None = None
    text = given
    if not unicodedata.is_normalized("NFC", given):
        text, starts = _compose(given)
    cased = text.translate(_SPACES)
    return Prepared(given, cased, lowered(cased), starts)


def _compose(given: str) -> tuple[str, tuple[int, ...]]:
    """NFC cluster by cluster, remembering where each code point began."""
    parts: list[str] = []
    starts: list[int] = []
    begin = 0
    length = len(given)
    while begin < length:
        end = begin + 1
        while end < length and unicodedata.combining(given[end]):
            end += 1
        cluster = unicodedata.normalize("NFC", given[begin:end])
        parts.append(cluster)
        starts.extend([begin] * len(cluster))
        begin = end
    starts.append(length)
    return "".join(parts), tuple(starts)


_MARKED = re.compile("[" + "".join(sorted({chr(code) for code in MARKED_LETTERS})) + "]")


def is_plain(prepared: Prepared) -> bool:
    """Whether the text carries no Vietnamese marks at all."""
    return _MARKED.search(prepared.cased) is None
