"""Words of Vietnamese text in two forms: as typed (exact) and without marks (folded).

Both engines are given words that were cut and normalised here and split them at spaces only, so
they cannot disagree on what a word is. Offsets are code points into the NFC text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero-width characters
_WORD = re.compile(rf"[^\W_]+(?:[{_INVISIBLE}]+[^\W_]+)*")
_SPLIT = re.compile(f"({_WORD.pattern})")
_DROP_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))
_LONGEST_WORD = 80  # characters; longer runs are base64 and the like, cut the same way everywhere
_CACHE_LIMIT = 400_000  # distinct words kept, about 60 MB

_MARKED = {"a": "àáảãạ", "e": "èéẻẽẹ", "o": "òóỏõọ", "u": "ùúủũụ", "y": "ỳýỷỹỵ"}
_TONE = {letter: tone for row in _MARKED.values() for tone, letter in enumerate(row)}
# "hoà" -> "hòa": the mark belongs on the first vowel of an open syllable. "quý" is no such pair.
_OPEN = re.compile(r"(?:(o)([àáảãạ])|(o)([èéẻẽẹ])|(?<!q)(u)([ỳýỷỹỵ]))$")
# "hòan" -> "hoàn": and on the second one when a letter follows.
_CLOSED = re.compile(r"(?:([òóỏõọ])([ae])|(?<!q)([ùúủũụ])(y))(?=[a-z])|(?<=q)([ùúủũụ])(y)")


def nfc(text: str) -> str:
    """The NFC form; cheap when the text is NFC already."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def one_tone_style(word: str) -> str:
    """A lower-case NFC word with the tone mark where "hòa", "thúy", "ủy" have it. i/y stay as they are."""
    word = _CLOSED.sub(_to_second, word)
    return _OPEN.sub(_to_first, word)


def _to_first(match: re.Match[str]) -> str:
    first, second = (part for part in match.groups() if part)
    return _MARKED[first][_TONE[second]] + next(v for v, row in _MARKED.items() if second in row)


def _to_second(match: re.Match[str]) -> str:
    first, second = (part for part in match.groups() if part)
    return next(v for v, row in _MARKED.items() if first in row) + _MARKED[second][_TONE[first]]


def fold(text: str) -> str:
    """Lower case without any mark: "Đường Hòa" -> "duong hoa"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.category(c) != "Mn"))


_forms: dict[str, tuple[str, str]] = {}


def _analyse(raw: str) -> tuple[str, str]:
    word = nfc(raw.translate(_DROP_INVISIBLE).lower())[:_LONGEST_WORD]
    exact = one_tone_style(word)
    forms = (exact, fold(exact) or exact)
    if len(_forms) >= _CACHE_LIMIT:
        _forms.clear()
    _forms[raw] = forms
    return forms


def forms(text: str) -> tuple[list[str], list[str]]:
    """The exact and the folded words of a text, in order."""
    pairs = [word_forms(raw) for raw in _WORD.findall(nfc(text))]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


_chunks: dict[str, tuple[str, str]] = {}


def joined_forms(text: str) -> tuple[str, list[str]]:
    """The words of ``forms``: the exact ones joined by spaces (one or more), and ``folded_runs``.

    The fast path of indexing: looks up what stands between white space, punctuation included, and cuts
    it up only if it is new.
    """
    known = _chunks.get
    pairs = [known(chunk) or _analyse_chunk(chunk) for chunk in nfc(text).split()]
    return " ".join([pair[0] for pair in pairs]), [pair[1] for pair in pairs]


def folded_runs(text: str) -> list[str]:
    """The folded words of each run of characters without white space, joined by spaces; "" for none."""
    return joined_forms(text)[1]


def _analyse_chunk(chunk: str) -> tuple[str, str]:
    exact, folded = forms(chunk)
    joined = (" ".join(exact), " ".join(folded))
    if len(_chunks) >= _CACHE_LIMIT:
        _chunks.clear()
    _chunks[chunk] = joined
    return joined


def cut(text: str) -> list[str]:
    """An NFC text cut up: what is between words at even places, words (``forms``) at odd ones."""
    return _SPLIT.split(text)


def forms_among(raw_words: Iterable[str], asked: Container[str]) -> dict[str, tuple[str, str]]:
    """Of words of ``cut``, those whose folded form is asked for, with both forms."""
    known = _forms.get
    return {raw: pair for raw in raw_words if (pair := known(raw) or _analyse(raw))[1] in asked}


def word_forms(raw: str) -> tuple[str, str]:
    """The exact and the folded form of one word of ``cut``."""
    return _forms.get(raw) or _analyse(raw)


def key(text: str) -> str:
    """A name reduced to folded letters and digits, for comparing names: "Tuổi Trẻ" -> "tuoitre"."""
    return "".join(forms(text)[1])
