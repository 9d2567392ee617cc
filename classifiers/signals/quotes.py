"""Where another report has the same utterance of the same speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from classifiers.signals.reading import UPPER, Reading, Sentence, Token

NEAR = 200
"""Characters around a quote in which its speaker is named."""
PAIRS = 0.3
"""Share of the quote's word pairs that the other stretch must have."""
LONGER = 0.15
TOGETHER = 3
"""Sentences of the other side that may hold one utterance."""

_STOP = re.compile(r"[.!?;…]+(?=\s|\Z)")
_NAME = re.compile(rf"(?<!\w)[{UPPER}]\w*(?: [{UPPER}]\w*)+")
_PLACE = re.compile(
    rf"(?:[Tt]ỉnh|[Xx]ã|[Pp]hường|[Hh]uyện|[Qq]uận|[Tt]hôn|[Bb]ản|[Tt]hành phố|TP\.?|[Tt]hị trấn|[Tt]hị xã|"
    rf"[Hh]ồ|[Ss]ông|[Đđ]èo|[Tt]ại|[Ởở]) ([{UPPER}]\w* [{UPPER}]\w*)"
)
_OFFICE = re.compile(
    r"\b(?:chủ tịch|giám đốc|bí thư|hiệu trưởng|chi cục trưởng|cục trưởng|trưởng phòng|trưởng ban|chánh án|"
    r"viện trưởng|bộ trưởng|thứ trưởng|người phát ngôn|đội trưởng|trưởng công an|huấn luyện viên|hlv)\b"
)


def utterances(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a quote, and the whole of it when it has several."""
    borders = [start, *(m.end() for m in _STOP.finditer(text, start, end) if m.end() < end), end]
    pieces = list(pairwise(borders))
    return pieces if len(pieces) < 2 else [*pieces, (start, end)]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who may say a quote: pairs of name words near it that are no place, and his office."""

    names: frozenset[str]
    offices: frozenset[str]
    places: frozenset[str]

    @classmethod
    def near(cls, sentence: Sentence, start: int, end: int) -> Speaker:
        """Whoever is named around a quote at start..end of a field."""
        around = sentence.cased[max(0, start - NEAR) : start] + " . " + sentence.cased[end : end + NEAR]
        pairs = {" ".join(pair).lower() for name in _NAME.findall(around) for pair in pairwise(name.split())}
        places = frozenset(" ".join(found.lower().split()) for found in _PLACE.findall(sentence.cased))
        return cls(frozenset(pairs) - places, frozenset(_OFFICE.findall(around.lower())), places)

    def named_in(self, text: str) -> bool:
        """Whether a lowered text names him, or his office with its place."""
        if any(name in text for name in self.names):
            return True
        return any(office in text for office in self.offices) and any(place in text for place in self.places)


def has_words(other: Reading, said: list[Token]) -> bool:
    """Whether the other report has the very same words in a row."""
    words = " ".join(token.word for token in said)
    return any(words in " ".join(token.word for token in spoken) for spoken in _joined(other))


def nearest(
    said: list[Token], other: Reading, speaker: Speaker, sentences: int
) -> tuple[float, Sentence] | None:
    """The stretch of the other report that has most of the quote's word pairs, with its speaker named nearby,
    and their share. ``sentences``: how many the quote has; a stretch of more is worth less.
    """
    pairs = set(pairwise(token.word for token in said))
    best: tuple[float, Sentence] | None = None
    for index, sentence in enumerate(other.sentences):
        held: set[tuple[str, str]] = set()
        for count, (each, theirs) in enumerate(
            zip(other.sentences[index : index + TOGETHER], other.spoken_pairs[index:], strict=False)
        ):
            if each.field is not sentence.field:
                break
            held |= pairs & theirs
            value = len(held) / len(pairs) - (LONGER * (count + 1 - sentences) if count >= sentences else 0.0)
            if value < PAIRS or (best is not None and value + 0.001 * count <= best[0]):
                continue
            text = other.parts[sentence.field]
            around = text.lowered[max(0, sentence.start - NEAR) : each.end + NEAR]
            if speaker.named_in(around):
                best = (
                    value + 0.001 * count,
                    replace(
                        sentence,
                        end=each.end,
                        text=text.lowered[sentence.start : each.end],
                        cased=text.cased[sentence.start : each.end],
                    ),
                )
    return best


def _joined(other: Reading) -> list[tuple[Token, ...]]:
    return [
        tuple(token for spoken in other.spoken[index : index + TOGETHER] for token in spoken)
        for index in range(len(other.spoken))
    ]
