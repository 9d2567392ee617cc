"""What tells an event from others: names, numbers with what they count, and the words of the headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from classifiers.similarity.words import hashes, mixed, syllables, word_hash

Hashes = NDArray[np.uint32]
MAX_NAMES = 48
_NAME = regex.compile(r"\p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*(?:[ ][^\W\d_]+)?")
_DAY = re.compile(r"(?<![\d/.,-])(\d{1,2})/(\d{1,2})(?![.,]?\d)")
# Words that open a sentence in capitals without being part of the name that follows.
_OPENING = """
bà bác bị các cả chị cho chú có con còn cô của cùng cụ do dù để đã đó được em hai hiện hôm hơn khi không là
lúc mỗi một mặc muốn này ngay ngày người nhiều như nhưng những nếu năm ngoài nhờ ông ở qua sau song sẽ số tại
theo thì thấy tiếp tin tới trên trong trước tuy từ vậy và vào về vì việc với anh xem xảy đang đây đến
"""
_OPENERS = frozenset(_OPENING.split())


def names(text: str) -> list[str]:
    """Runs of two or more capitalised words, without what merely opens a sentence. In order, repeated."""
    found = []
    for match in _NAME.finditer(text):
        words = match.group().split(" ")
        while words and words[0].lower() in _OPENERS:
            del words[0]
        if len(words) > 1:
            found.append(" ".join(words).lower())
    return found


def numbers(text: str) -> set[str]:
    """Numbers of two digits or more, with the word that follows: "1.300 cây", "29/5"."""
    found = set()
    for match in _NUMBER.finditer(text.lower()):
        if sum(c.isdigit() for c in match.group()) > 1:
            found.add(match.group())
    return found


def days(title: str) -> frozenset[tuple[int, int]]:
    """The days that a headline names, as (day, month): (6, 2) of "Giá vàng ngày 6/2/2017"."""
    pairs = ((int(day), int(month)) for day, month in _DAY.findall(title))
    return frozenset((day, month) for day, month in pairs if 1 <= day <= 31 and 1 <= month <= 12)


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Sorted, unique hashes: names from anywhere; numbers and pairs of words of title and lead."""

    names: Hashes
    numbers: Hashes
    heads: Hashes

    @property
    def facts(self) -> Hashes:
        """Names and numbers, sorted and unique."""
        return np.union1d(self.names, self.numbers)

    def all(self) -> Hashes:
        """All of them, sorted and unique."""
        return np.unique(np.concatenate([self.names, self.numbers, self.heads]))


def marks(title: str, lead: str, text: str) -> Marks:
    """The marks of an article, given composed; of many names those that occur most."""
    counted = Counter(names(f"{title} . {lead} . {text}"))
    pairs = [_neighbours(hashes(syllables(head))) for head in (title, lead)]
    return Marks(
        names=_hashes("name", (name for name, _ in counted.most_common(MAX_NAMES))),
        numbers=_hashes("number", numbers(f"{title} . {lead}")),
        heads=np.unique(np.concatenate(pairs)),
    )


def _neighbours(values: NDArray[np.uint64]) -> Hashes:
    return mixed(values[:-1] * np.uint64(31) + values[1:])


def _hashes(kind: str, phrases: Iterable[str]) -> Hashes:
    totals = [
        sum(word_hash(word) * (2 * k + 3) for k, word in enumerate([kind, *syllables(phrase)])) % 2**64
        for phrase in phrases
    ]
    return np.unique(mixed(np.array(totals, dtype=np.uint64)))
