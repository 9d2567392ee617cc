"""How extraction is scored: word F1 is the F1 of two multisets of white-space separated NFC words."""

from __future__ import annotations

import unicodedata
from collections import Counter


def word_f1(got: str, gold: str) -> float:
    a = Counter(unicodedata.normalize("NFC", got).split())
    b = Counter(unicodedata.normalize("NFC", gold).split())
    if not a and not b:
        return 1.0
    common = (a & b).total()
    return 2 * common / (a.total() + b.total())
