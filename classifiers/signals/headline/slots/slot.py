"""A slot of the title, what the text has in its place, and the features common to all kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from classifiers.signals.headline.candidate import NAME_WORD
from classifiers.signals.reading import Reading, Sentence, tokens_of
from classifiers.signals.wording import STOP

COMMON = (
    "title in sentence",
    "title near",
    "same word before",
    "same words behind",
    "early",
    "title in text",
    "few rivals",
    "told often",
    "long title",
    "short text",
)
"""What ``common_features`` gives, in its order."""

REACH = 60
EARLY = 3
SHORTEST, LONGEST = 300, 9_000
"""Characters of a text between which "short text" falls from 1 to 0."""
_EDGE = '.,:;"“”'


@dataclass(frozen=True, slots=True)
class Slot:
    """``start``..``end`` of the title; ``begin``..``stop`` of the sentence stands in its place."""

    kind: str
    start: int
    end: int
    sentence: Sentence
    begin: int
    stop: int
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a sentence."""

    sentence: Sentence
    start: int
    end: int


def masked(title: Sentence) -> str:
    """The title lowered, words of names replaced by dots of the same length."""
    return NAME_WORD.sub(lambda match: "·" * len(match.group()), title.cased).lower()


def content(text: str) -> set[str]:
    """The words that tell what a text is about."""
    return {
        t.word for t in tokens_of(text) if t.word not in STOP and len(t.word) > 1 and not t.word[0].isdigit()
    }


def best_place(
    target: Reading, start: int, end: int, places: Iterable[Place], rivals: int, told: int
) -> tuple[Place, tuple[float, ...]]:
    """The place whose surroundings match those of the title's slot best, with its features.

    Raises ValueError without places.
    """
    looked = [(place, common_features(target, start, end, place, rivals, told)) for place in places]
    return max(looked, key=lambda found: found[1][0] + found[1][1] + 0.3 * (found[1][2] + found[1][3]))


def common_features(
    target: Reading, start: int, end: int, place: Place, rivals: int, told: int
) -> tuple[float, ...]:
    """How well the title around a slot matches a sentence around a rival; each from 0, most up to 1.

    ``rivals``: how many different rivals the text has; ``told``: how often it has this one.
    """
    title = target.title.text
    rest = content(f"{title[:start]} {title[end:]}")
    sentence = place.sentence
    words = {t.word for t in tokens_of(sentence.text)}
    before = sentence.text[: place.start]
    behind = sentence.text[place.end :]
    near = content(f"{before[-REACH:]} {behind[:REACH]}")
    many = max(1, len(rest))
    return (
        len(rest & words) / many,
        len(rest & near) / many,
        float(_same(title[:start].split()[-1:], before.split()[-1:])),
        float(_same_behind(title[end:].split(), behind.split())),
        float(target.sentences.index(sentence) < EARLY),
        len(rest & target.vocabulary) / many,
        1.0 / max(1, rivals),
        min(told, 5) / 5,
        min(len(rest), 10) / 10,
        min(1.0, 1.0 - log(max(len(target.body), SHORTEST) / SHORTEST) / log(LONGEST / SHORTEST)),
    )


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return bool(one and other) and one[0].strip(_EDGE) == other[0].strip(_EDGE)


def _same_behind(ours: list[str], theirs: list[str]) -> int:
    """How many of the next two words are the same."""
    if not _same(ours[:1], theirs[:1]):
        return 0
    return 1 + _same(ours[1:2], theirs[1:2])
