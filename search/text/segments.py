"""Vietnamese words of several syllables, as underthesea's model joins them: "mưa_lớn ở hà_nội".

The model takes some 17 ms an article, twenty times what all the rest of indexing takes. So its answer
is worked out once for a text and kept in the archive, as marks: one for each run of characters without
white space, "1" where it continues a word and "0" where a word begins. "/" parts title, lead and text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from search.text.normal import nfc

LONGEST_WORD = 4
"""Syllables of the longest word that a query is looked through for; longer ones are names."""

_SEVERAL = re.compile("01+")


def marks(parts: Sequence[str]) -> str:
    """The marks of title, lead and text, to be kept beside them."""
    return "/".join(map(_marks, parts))


def _marks(text: str) -> str:
    # Imported here: it takes more than a second, and most processes never segment.
    from underthesea import word_tokenize

    runs = nfc(text).split()
    words = word_tokenize(" ".join(runs), use_token_normalize=False)
    begins = set(accumulate((len(word.replace(" ", "")) for word in words), initial=0))
    starts = list(accumulate(map(len, runs), initial=0))
    if starts[-1] != max(begins):  # characters were rewritten, so places cannot be told
        return "0" * len(runs)
    return "".join("0" if start in begins else "1" for start in starts[:-1])


def segmented(runs: Sequence[list[str]], kept: str) -> list[str]:
    """The words of several syllables of each part, folded and joined by "_", after what ``kept`` marks.

    ``runs``: ``folded_runs`` of each part. Marks of another text (it changed meanwhile) or none at all:
    no such words.
    """
    marked = kept.split("/") if kept else []
    if len(marked) != len(runs):
        marked = [""] * len(runs)
    return [_joined(of_text, marks_) for of_text, marks_ in zip(runs, marked, strict=True)]


def _joined(runs: list[str], of_part: str) -> str:
    if len(of_part) != len(runs):
        return ""
    return " ".join(["_".join(runs[slice(*word.span())]) for word in _SEVERAL.finditer(of_part)])
