"""Syllables of Vietnamese text as numbers, the same for every spelling of the same word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from provinces.spelling import canonical

# Letters and digits; whatever else stands between them is punctuation.
_SYLLABLE = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def composed(text: str) -> str:
    """NFC without invisible characters."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def syllables(text: str) -> list[str]:
    """Lower-case syllables and numbers of composed text, in order; tone style as written."""
    return _SYLLABLE.findall(text.lower())


@lru_cache(maxsize=1 << 16)
def word_hash(syllable: str) -> int:
    """64 bits that stand for a syllable; "hoà" and "hòa" have the same. Equal in every process."""
    spelled = canonical(syllable).encode("utf-8", "replace")
    return int.from_bytes(blake2b(spelled, digest_size=8).digest(), "little")


def hashes(words: list[str]) -> NDArray[np.uint64]:
    """One number per syllable."""
    return np.fromiter(map(word_hash, words), dtype=np.uint64, count=len(words))


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """32 well-spread bits of each number (the finaliser of SplitMix64)."""
    mixed = values.copy()
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def runs(values: NDArray[np.uint64], length: int) -> NDArray[np.uint32]:
    """One number for each run of ``length`` neighbours; a shorter text is one run."""
    if not len(values):
        return np.empty(0, dtype=np.uint32)
    length = min(length, len(values))
    total = np.zeros(len(values) - length + 1, dtype=np.uint64)
    for k in range(length):
        total = total * np.uint64(0x9E3779B97F4A7C15) + values[k : len(values) - length + 1 + k]
    return mixed(total)
