"""What the model sees of an article: phrase scores per group and weighted n-grams of syllables.

The same code serves fitting and classifying. Only numpy; no article text is kept.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import ahocorasick
import numpy as np
import numpy.typing as npt

from classifiers.records import ArticleText, Field
from classifiers.topics.lexicon import Lexicon
from classifiers.topics.tokens import Syllables, syllables

Floats = npt.NDArray[np.float32]

ZONES = (Field.TITLE, Field.LEAD, Field.TEXT)
ZONE_WEIGHT = (3.0, 2.0, 1.0)
MAX_CHARACTERS = 40_000  # of one field; what follows in a longer text is not looked at
_TYPICAL = (0.0, 30.0, 300.0)  # syllables of an ordinary lead and text; longer ones count for less
_LEAST = (0.0, 10.0, 50.0)


@dataclass(frozen=True, slots=True)
class Hits:
    """Everything found in one zone: (end offset in ``syllables.joined``, entry number), and the counts."""

    syllables: Syllables
    found: tuple[tuple[int, int], ...]
    counts: Counter[int]


@dataclass(frozen=True, slots=True)
class Features:
    """One article's features.

    dense   phrase features, shape (dense_size,): per topic the score of the title, of lead and text,
            of all together and its share among topics; then the first three per outside group
    grams   numbers of the n-grams present, ascending
    values  their TF-IDF, of length 1 together
    """

    dense: Floats
    grams: npt.NDArray[np.int64]
    values: Floats
    hits: tuple[Hits, ...]


class Extractor:
    """Finds phrases and n-grams in one pass over a text.

    ``entries[n]`` is the searched key; ``gram_of[n]`` its n-gram number or -1; ``weights_of[n]`` its
    phrase weights as (group, weight) pairs.
    """

    def __init__(self, lexicon: Lexicon, vocabulary: list[str], idf: Floats) -> None:
        self.lexicon = lexicon
        self.idf = idf
        self.groups = len(lexicon.groups)
        self.topics = len(lexicon.topics)
        numbers: dict[str, int] = {}
        for key in (*(f" {gram} " for gram in vocabulary), *lexicon.phrases):
            numbers.setdefault(key, len(numbers))
        self.entries = list(numbers)
        self.grams = len(vocabulary)
        self.weights_of = [tuple(lexicon.phrases.get(key, {}).items()) for key in self.entries]
        self._phrases = frozenset(numbers[key] for key in lexicon.phrases)
        self._automaton = ahocorasick.Automaton()
        for key, number in numbers.items():
            self._automaton.add_word(key, number)
        if numbers:
            self._automaton.make_automaton()

    @property
    def dense_size(self) -> int:
        """Number of phrase features."""
        return 3 * self.groups + self.topics

    def hits(self, text: str) -> Hits:
        """All phrases and n-grams in one zone."""
        cut = syllables(text[:MAX_CHARACTERS])
        found = tuple(self._automaton.iter(cut.joined)) if self.entries else ()
        return Hits(cut, found, Counter(number for _, number in found))

    def features(self, article: ArticleText) -> Features:
        """Features of an article; linear in its length."""
        zones = tuple(self.hits(article.part(zone)) for zone in ZONES)
        scores = np.zeros((len(ZONES), self.groups), dtype=np.float32)
        frequency: dict[int, float] = {}
        for zone, hits in enumerate(zones):
            scale = 1.0
            if _TYPICAL[zone]:
                length = max(len(hits.syllables.places), _LEAST[zone])
                scale = math.sqrt(_TYPICAL[zone] / length)
            for number, count in hits.counts.items():
                if number < self.grams:
                    frequency[number] = frequency.get(number, 0.0) + ZONE_WEIGHT[zone] * count
                if number in self._phrases:
                    worth = scale * math.log1p(count)
                    for group, weight in self.weights_of[number]:
                        scores[zone, group] += weight * worth
        grams = np.array(sorted(frequency), dtype=np.int64)
        values = np.array([frequency[number] for number in grams.tolist()], dtype=np.float32)
        values = ((1.0 + np.log(values)) * self.idf[grams]).astype(np.float32)
        norm = np.float32(np.linalg.norm(values) or 1.0)
        return Features(self._dense(scores), grams, values / norm, zones)

    def _dense(self, scores: Floats) -> Floats:
        total = np.maximum((scores * np.array(ZONE_WEIGHT, dtype=np.float32)[:, None]).sum(0), 0)
        blocks = (scores[0] / 3, (scores[1] + scores[2]) / 10, np.log1p(total) / 3)
        own = total[: self.topics]
        return np.concatenate(
            [block[: self.topics] for block in blocks]
            + [own / (own.sum() + 3)]
            + [block[self.topics :] for block in blocks]
        ).astype(np.float32)
