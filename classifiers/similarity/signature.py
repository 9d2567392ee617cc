"""The small form of an article that the index keeps: a sketch of its text and the marks of its event."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.similarity.marks import marks
from classifiers.similarity.words import composed, hashes, runs, syllables

VERSION = 1
"""Raised whenever equal texts would get other signatures: stored ones of another version are made anew."""

SHINGLE = 5  # syllables
SHARE = 8  # one shingle in so many is kept in the sketch
FEWEST = 16  # of a short text at least so many, if it has them
_LIMIT = np.uint32(2**32 // SHARE)
_HEAD = struct.Struct("<BII")


class SignatureError(ValueError):
    """Stored bytes are no signature of this version; make it anew from the article."""


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """``sketch`` and ``marks``: sorted, unique uint32 hashes."""

    sketch: NDArray[np.uint32]
    marks: NDArray[np.uint32]

    def pack(self) -> bytes:
        """Version, two lengths, and the numbers, little-endian."""
        head = _HEAD.pack(VERSION, len(self.sketch), len(self.marks))
        return head + self.sketch.astype("<u4").tobytes() + self.marks.astype("<u4").tobytes()

    @classmethod
    def unpack(cls, data: bytes) -> Signature:
        """From ``pack``. Raises ``SignatureError``."""
        if len(data) < _HEAD.size:
            raise SignatureError(f"{len(data)} bytes are too short for a signature")
        version, sketch, marked = _HEAD.unpack_from(data)
        if version != VERSION or len(data) != _HEAD.size + 4 * (sketch + marked):
            raise SignatureError(f"a signature of version {version} with {len(data)} bytes")
        numbers = np.frombuffer(data, dtype="<u4", offset=_HEAD.size).astype(np.uint32)
        return cls(numbers[:sketch], numbers[sketch:])


def shingles(text: str) -> NDArray[np.uint32]:
    """Sorted, unique hashes of all shingles of composed text."""
    return np.unique(runs(hashes(syllables(text)), SHINGLE))


def sketch_of(all_shingles: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The part of the shingles that is kept."""
    kept = int(np.searchsorted(all_shingles, _LIMIT))
    return all_shingles[: max(kept, FEWEST)]


def signature(text: str, title: str = "", lead: str = "") -> Signature:
    """Of any text; normal form, white space, letter case, punctuation and tone style make no difference
    to the sketch."""
    title, lead, text = composed(title), composed(lead), composed(text)
    return Signature(sketch_of(shingles(f"{lead}\n{text}")), marks(title, lead, text).all())
