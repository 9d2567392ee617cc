"""Where another report has the same utterance of the same speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from classifiers.signals.reading import UPPER, Reading, Sentence, Token, tokens_of
from provinces.spelling import lowered

MAX_QUOTES = 60
"""Quotes compared of one report; a record of a whole hearing has more."""
NEAR = 200
"""Characters around a quote in which its speaker is named."""
PAIRS, MORE = 0.4, 0.1
"""Share of the quote's word pairs that the other must have; what each sentence more takes from it."""
SPOKEN = 400
"""Characters behind "Ông …: " that may be his words."""
TOGETHER = 3
"""Sentences of a report in which the very same words are looked for."""

_QUOTE = re.compile(r"“([^“”]{20,1500})”|\"([^\"]{20,1500})\"|«([^«»]{20,1500})»")
_MINUTES = re.compile(
    rf"(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Bb]ác sĩ|HLV) [{UPPER}]\w*(?: [{UPPER}]\w*){{1,6}}"
    rf"[^.:;\"“«\n]{{0,90}}: (?![\"“«])"
)
_STOP = re.compile(r"[.!?;…]+(?=\s|\Z)")
_NAME = re.compile(rf"(?<!\w)[{UPPER}]\w*(?: [{UPPER}]\w*){{1,6}}")
_PLACE = re.compile(
    rf"(?:[Tt]ỉnh|[Xx]ã|[Pp]hường|[Hh]uyện|[Qq]uận|[Tt]hôn|[Bb]ản|[Tt]hành phố|TP\.?|[Tt]hị trấn|[Tt]hị xã|"
    rf"[Hh]ồ|[Ss]ông|[Đđ]èo|[Tt]ại|[Ởở]|[Cc]ông ty|[Hh]ợp tác xã|[Tt]rường|"
    rf"[Bb]ệnh viện|[Nn]hà máy|[Tt]ập đoàn|[Cc]hợ|[Bb]áo|[Đđ]ài) ([{UPPER}]\w* [{UPPER}]\w*)"
)
_PERSON = re.compile(
    rf"(?:\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]ô|[Cc]hú|[Bb]ác|[Bb]ác sĩ|HLV|GS|TS|ThS|PGS\.TS|"
    rf"[Tt]iến sĩ|[Gg]iáo sư|[Đđ]ại tá|[Tt]hượng tá|[Tt]rung tá|[Tt]hiếu tá|[Đđ]ồng chí)\.?) "
    rf"([{UPPER}]\w*(?: [{UPPER}]\w*){{1,6}})"
)
_CALLED = re.compile(
    r"\b(?:ông|bà|anh|chị|cô|thầy|bác sĩ|đại tá|thượng tá|trung tá|thiếu tá|đại úy|"
    r"thượng úy|luật sư|tiến sĩ|hlv) "
    r"(?P<name>[^\W\d_]+)"
)
"""Somebody called by his given name alone."""
_OFFICE = re.compile(
    r"\b(?:chủ tịch|giám đốc|bí thư|hiệu trưởng|chi cục trưởng|cục trưởng|trưởng phòng|trưởng ban|chánh án|"
    r"viện trưởng|bộ trưởng|thứ trưởng|người phát ngôn|đội trưởng|trưởng công an|huấn luyện viên|hlv)\b"
)


def sentences_in(text: str, start: int, end: int) -> int:
    """How many sentences a stretch has."""
    return 1 + sum(match.end() < end for match in _STOP.finditer(text, start, end))


def quotes_of(reading: Reading) -> list[tuple[Sentence, int, int]]:
    """Stretches in quotation marks; a field counts as one sentence here, for quotes run over sentences."""
    found = []
    for where, part in reading.parts.items():
        if not any(mark in part.cased for mark in '"“«'):
            continue
        whole = reading.as_one_sentence(where)
        for match in _QUOTE.finditer(part.lowered):
            group = match.lastindex or 0
            found.append((whole, match.start(group), match.end(group)))
    return found[:MAX_QUOTES]


def utterances(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a quote, and the whole of it when it has several."""
    borders = [start, *(m.end() for m in _STOP.finditer(text, start, end) if m.end() < end), end]
    pieces = list(pairwise(borders))
    return pieces if len(pieces) < 2 else [*pieces, (start, end)]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who may say a quote: pairs of name words near it that are no place, and his office.

    ``persons``: those of them that a salute in the same sentence makes a person; ``given``: the last words of
    their names, by which they are called again; ``own_offices``: the offices in that sentence.
    """

    names: frozenset[str]
    persons: frozenset[str]
    given: frozenset[str]
    offices: frozenset[str]
    own_offices: frozenset[str]
    places: frozenset[str]

    @classmethod
    def near(cls, sentence: Sentence, start: int, end: int) -> Speaker:
        """Whoever is named around a quote at start..end of a field."""
        around = sentence.cased[max(0, start - NEAR) : start] + " . " + sentence.cased[end : end + NEAR]
        pairs = {lowered(" ".join(pair)) for name in _NAME.findall(around) for pair in pairwise(name.split())}
        places = frozenset(" ".join(lowered(found).split()) for found in _PLACE.findall(sentence.cased))
        before = re.split(r"[.!?…][\"”»]? ", sentence.cased[max(0, start - NEAR) : start])[-1]
        behind = re.split(r"[.!?…](?:\s|\Z)", sentence.cased[end : end + NEAR // 2])[0]
        persons = {
            lowered(" ".join(pair))
            for name in _PERSON.findall(f"{before} . {behind}")
            for pair in pairwise(name.split())
        }
        offices = frozenset(_OFFICE.findall(around.lower()))
        own = frozenset(_OFFICE.findall(f"{before} {behind}".lower()))
        given = frozenset(
            lowered(name.split()[-1])
            for name in _PERSON.findall(f"{before} . {behind}")
            if len(name.split()) > 2
        )
        return cls(frozenset(pairs) - places, frozenset(persons), given, offices, own, places)

    def absent_from(self, text: str) -> bool:
        """Whether he is named here and a lowered text names nobody of that name: others speak there."""
        if not self.persons or any(name in text for name in self.persons):
            return False
        return not self._held_in(self.own_offices, text)

    def named_in(self, text: str) -> bool:
        """Whether a lowered text names him, or his office with its place."""
        if any(name in text for name in self.names):
            return True
        if any(called["name"] in self.given for called in _CALLED.finditer(text)):
            return True
        return self._held_in(self.offices, text)

    def _held_in(self, offices: frozenset[str], text: str) -> bool:
        return any(office in text for office in offices) and any(place in text for place in self.places)


def has_words(other: Reading, said: list[Token]) -> bool:
    """Whether the other report has the very same words in a row."""
    spoken = [token.word for token in said]
    # A pair may lie across the end of a sentence; all others must be there.
    missing = sum(pair not in other.all_spoken_pairs for pair in pairwise(spoken))
    if missing > TOGETHER:
        return False
    words = " ".join(spoken)
    return any(words in text for text in _joined(other))


@lru_cache(maxsize=64)
def spoken_in(reading: Reading) -> tuple[tuple[Sentence, int, int], ...]:
    """What a report gives as said: in quotation marks, or behind "Ông …: " as minutes have it."""
    found = quotes_of(reading)
    for where, part in reading.parts.items():
        whole = reading.as_one_sentence(where)
        for match in _MINUTES.finditer(part.cased):
            end = part.cased.find("\n", match.end())
            stop = min(end if end >= 0 else len(part.cased), match.end() + SPOKEN)
            found.append((whole, match.end(), stop))
    return tuple(found[: 2 * MAX_QUOTES])


def nearest(
    said: list[Token], other: Reading, speaker: Speaker, sentences: int
) -> tuple[float, Sentence] | None:
    """What the other report gives as said with most of the quote's word pairs, and their share.

    Only where its speaker is named nearby, too. ``sentences``: how many ours has; one with more says more.
    """
    pairs = set(pairwise(token.word for token in said))
    if len(pairs & other.all_spoken_pairs) < PAIRS * len(pairs):
        return None
    best: tuple[float, Sentence] | None = None
    for field, start, end in spoken_in(other):
        around = field.text[max(0, start - NEAR) : end + NEAR]
        if not speaker.named_in(around):
            continue
        for begin, stop in utterances(field.text, start, end):
            theirs = set(pairwise(token.word for token in tokens_of(field.text, begin, stop)))
            value = len(pairs & theirs) / len(pairs)
            value -= MORE * max(0, sentences_in(field.text, begin, stop) - sentences)
            if value >= PAIRS and (best is None or value > best[0]):
                best = (value, field.piece(begin, stop))
    return best


@lru_cache(maxsize=64)
def _joined(other: Reading) -> tuple[str, ...]:
    """The words of every few sentences in a row."""
    return tuple(
        " ".join(token.word for spoken in other.spoken[index : index + TOGETHER] for token in spoken)
        for index in range(len(other.spoken))
    )
