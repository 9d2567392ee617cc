"""A light splitter of Vietnamese newspaper text into sentences, with offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A stop after one of these ends no sentence.
ABBREVIATIONS = frozenset(
    {"tp", "tx", "tt", "h", "p", "q", "x", "ts", "gs", "pgs", "ths", "bs", "ks", "kts", "cn", "nsnd"}
    | {"nsưt", "đ/c", "mr", "mrs", "ms", "dr", "st", "vd", "tr", "co", "ltd", "jsc", "no", "vs"}
)
END = re.compile(r"""(?:[.!?…]+["'”’»)\]]*(?=\s)|\n)""")
LAST_WORD = re.compile(r"([^\s.,;:()\"“”]+)\.$")
NEXT_LETTER = re.compile(r"""\s*["'“‘«(\[–—-]*\s*(\S)""")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text == source[start:end]``, without white space at its ends."""

    start: int
    end: int
    text: str


def split(text: str) -> list[Sentence]:
    """Sentences in order; everything outside of them is white space."""
    sentences: list[Sentence] = []
    start = 0
    for match in END.finditer(text):
        if match.group() != "\n" and not _ends(text, start, match.end()):
            continue
        _add(sentences, text, start, match.end())
        start = match.end()
    _add(sentences, text, start, len(text))
    return sentences


def _ends(text: str, start: int, end: int) -> bool:
    follows = NEXT_LETTER.match(text, end)
    if follows and follows.group(1).islower():
        return False
    last = LAST_WORD.search(text[max(start, end - 40) : end])
    if last is None:
        return True
    word = last.group(1)
    # An initial ("Nguyễn V. Hùng") or a known abbreviation ("TP. Hà Tĩnh").
    return not (word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isupper()))


def _add(sentences: list[Sentence], text: str, start: int, end: int) -> None:
    raw = text[start:end]
    body = raw.strip()
    if body:
        begin = start + len(raw) - len(raw.lstrip())
        sentences.append(Sentence(begin, begin + len(body), body))
