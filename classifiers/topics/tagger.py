"""Gives an article its topics, each with the phrases that carried it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifiers.records import ArticleText, Finding, Span
from classifiers.topics import weights as weights_file
from classifiers.topics.features import ZONES, Extractor, Features, Floats, Hits
from classifiers.topics.lexicon import Lexicon, load_lexicon
from classifiers.topics.weights import FILE_NAME, Weights, WeightsError

DETECTOR = "topics.linear"
MAX_TOPICS = 3
_PHRASES = 5  # shown per topic
_SPANS = 12  # shown per topic


@dataclass(frozen=True, slots=True)
class TopicVerdict:
    """One topic of an article.

    score    0..1
    because  phrases as they stand in the article, strongest first
    spans    where they stand, in reading order
    """

    id: str
    score: float
    because: tuple[str, ...]
    spans: tuple[Span, ...]


class TopicTagger:
    """The topic model: phrases (editable) and fitted weights."""

    def __init__(self, lexicon: Lexicon, weights: Weights) -> None:
        if tuple(topic.id for topic in lexicon.topics) != weights.topics or lexicon.groups != weights.groups:
            raise WeightsError("topics.toml and the weights name other topics; train again")
        self.lexicon = lexicon
        self.weights = weights
        self.version = weights.about.get("version", "0")
        self._extractor = Extractor(lexicon, weights.vocabulary, weights.idf)

    @classmethod
    def load(cls, folder: Path | None = None, override: Path | None = None) -> TopicTagger:
        """The tagger with weights from ``folder`` (default: those shipped) and an office's phrases.

        Raises WeightsError, LexiconError.
        """
        home = folder or Path(__file__).parent
        return cls(load_lexicon(override), weights_file.load(home / FILE_NAME))

    def scores(self, article: ArticleText) -> Floats:
        """Score 0..1 of every topic, in the lexicon's order."""
        return weights_file.combine(self.weights.logits(self._extractor.features(article)))

    def classify(self, article: ArticleText) -> list[TopicVerdict]:
        """At most three topics, strongest first; none for an article that bears none."""
        features = self._extractor.features(article)
        scores = weights_file.combine(self.weights.logits(features))
        above = scores - self.weights.thresholds
        order = [int(topic) for topic in np.argsort(-above)[:MAX_TOPICS] if above[topic] > 0]
        return [self._verdict(article, features, topic, float(scores[topic])) for topic in order]

    def findings(self, article: ArticleText) -> list[Finding]:
        """The topics as findings of kind "topic"."""
        return [
            Finding(
                kind="topic",
                label=verdict.id,
                score=verdict.score,
                spans=verdict.spans,
                detector=DETECTOR,
                version=self.version,
                evidence={"because": list(verdict.because)},
            )
            for verdict in self.classify(article)
        ]

    def _verdict(self, article: ArticleText, features: Features, topic: int, score: float) -> TopicVerdict:
        chosen = self._strongest(features, topic)
        spans: list[Span] = []
        words: dict[int, str] = {}
        for zone, hits in zip(ZONES, features.hits, strict=True):
            text = article.part(zone)
            for end, number in hits.found:
                if number in chosen:
                    start, stop = _bounds(hits, end, self._extractor.entries[number])
                    spans.append(Span(zone, start, stop, text[start:stop]))
                    words.setdefault(number, text[start:stop])
        because = dict.fromkeys(words[number] for number in chosen if number in words)
        return TopicVerdict(self.weights.topics[topic], round(score, 4), tuple(because), _separate(spans))

    def _strongest(self, features: Features, topic: int) -> list[int]:
        """Entries that spoke most for the topic: its own phrases first, then n-grams by contribution."""
        phrases: dict[int, float] = {}
        for weight, hits in zip((3.0, 2.0, 1.0), features.hits, strict=True):
            for number, count in hits.counts.items():
                for group, worth in self._extractor.weights_of[number]:
                    if group == topic and worth > 0:
                        phrases[number] = phrases.get(number, 0.0) + worth * worth * weight * min(count, 3)
        chosen = sorted(phrases, key=lambda number: -phrases[number])[:_PHRASES]
        if len(chosen) < _PHRASES and len(features.grams):
            column = self.weights.gram[features.grams, topic].astype(np.float32) * features.values
            for place in np.argsort(-column)[:_PHRASES]:
                number = int(features.grams[place])
                if column[place] > 0 and number not in chosen and len(chosen) < _PHRASES:
                    chosen.append(number)
        return chosen


def _bounds(hits: Hits, end: int, key: str) -> tuple[int, int]:
    """Start and end in the zone's text of a match that ends at offset ``end`` of the joined syllables."""
    places = hits.syllables.places
    first = hits.syllables.number_at(end - len(key) + 2)
    last = first + key.count(" ") - 2
    return places[first][1], places[last][2]


def _separate(spans: list[Span]) -> tuple[Span, ...]:
    """Spans in reading order without those inside longer ones, at most ``_SPANS``."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (ZONES.index(s.field), s.start, -s.end)):
        if not kept or kept[-1].field is not span.field or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept[:_SPANS])
