"""What two articles are to each other: a reprint, perhaps one, a follow-up of the same event, or nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from classifiers.similarity.facts import ArticleFacts
from classifiers.similarity.marks import Hashes

METHOD = "shingles5-v1"
EVENT_METHOD = "marks-v2"

FEWEST_SHARED = 12  # shingles: two short notices may share a stock sentence
CONFIRMED, SUGGESTED = 0.9, 0.5  # of the score, which is a probability
FOLLOW_UP = 0.6
FOLLOW_UP_WINDOW = timedelta(days=14)
LEAST_OF_EACH = 0.08  # headline words and names must both speak for it: a series shares its headline alone
LEAST_EVIDENCE = 15.0  # in natural logarithms: some three marks that one article in two hundred bears

Weights = NDArray[np.float64]
Rarity = Callable[[Hashes], Weights]


class Kind(StrEnum):
    """Reprints are confirmed or suggested; a follow-up is another text on the same event."""

    REPRINT = "reprint"
    SUGGESTED = "suggested"
    FOLLOW_UP = "follow-up"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Link:
    """``score``: probability 0..1 that ``kind`` is right (of the likelier kind where it is none).

    ``details``: containment and resemblance of the texts, likeness of the titles, share of common marks.
    """

    kind: Kind
    score: float
    method: str
    details: dict[str, float]


def compare(a: ArticleFacts, b: ArticleFacts, rarity: Rarity | None = None) -> Link:
    """The same whichever is named first. ``rarity``: weights of marks (``SimilarityIndex.rarity``); without
    it all weigh the same, and no follow-up is found.
    """
    shared = _shared(a.shingles, b.shingles)
    shorter, longer = sorted((len(a.shingles), len(b.shingles)))
    containment = shared / shorter if shorter else 0.0
    resemblance = shared / (shorter + longer - shared) if longer else 0.0
    title = _title(a, b)
    details = {"containment": containment, "resemblance": resemblance, "title": title}
    score = 0.0
    if shared >= FEWEST_SHARED or (shared == shorter and title == 1.0 and shorter):
        score = reprint_score(containment, shorter / longer, title)
    details = {name: round(value, 4) for name, value in details.items()}
    if score >= CONFIRMED:
        return Link(Kind.REPRINT, round(score, 4), METHOD, details)
    follows = 0.0
    # Headlines that each name another day are parts of a series: prices, matches, power cuts.
    series = a.days and b.days and not a.days & b.days
    if rarity is not None and not series and abs(a.time - b.time) <= FOLLOW_UP_WINDOW:
        event, support, evidence = _event(a, b, rarity)
        details |= {"event": round(event, 4), "support": round(support, 4)}
        if evidence >= LEAST_EVIDENCE and min(event, support) >= LEAST_OF_EACH:
            follows = follow_up_score(event, support, title, containment)
    if score >= SUGGESTED:
        return Link(Kind.SUGGESTED, round(score, 4), METHOD, details)
    if follows >= FOLLOW_UP:
        return Link(Kind.FOLLOW_UP, round(follows, 4), EVENT_METHOD, details)
    return Link(Kind.NONE, round(max(score, follows), 4), METHOD, details)


def reprint_score(containment: float, ratio: float, title: float) -> float:
    """Logistic in containment, the ratio of the lengths, and the likeness of the titles."""
    return _logistic(-11.0 + 14.0 * containment + 2.0 * min(ratio, 0.5) + 1.8 * title)


def follow_up_score(event: float, support: float, title: float, containment: float) -> float:
    """Logistic in the common share of headline words, of names and numbers, the titles, and common text."""
    return _logistic(-4.5 + 5.0 * event + 4.5 * support + 3.0 * title + 3.0 * containment)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))


def _shared(a: Hashes, b: Hashes) -> int:
    return len(np.intersect1d(a, b, assume_unique=True))


def _title(a: ArticleFacts, b: ArticleFacts) -> float:
    """Share of the shorter title's words that the longer has: "Nóng:" before it changes nothing."""
    shorter = min(len(a.title), len(b.title))
    return len(a.title & b.title) / shorter if shorter else 0.0


def _event(a: ArticleFacts, b: ArticleFacts, rarity: Rarity) -> tuple[float, float, float]:
    """Cosines, weighted by rarity, of headline words and of names and numbers; the weight in common."""
    sides = [a.marks.heads, b.marks.heads, a.marks.facts, b.marks.facts]
    weights = np.split(rarity(np.concatenate(sides)), np.cumsum([len(side) for side in sides])[:-1])
    heads, first = _cosine(sides[0], sides[1], weights[0], weights[1])
    facts, second = _cosine(sides[2], sides[3], weights[2], weights[3])
    return heads, facts, first + second


def _cosine(a: Hashes, b: Hashes, of_a: Weights, of_b: Weights) -> tuple[float, float]:
    _, common, _ = np.intersect1d(a, b, assume_unique=True, return_indices=True)
    if not len(common):
        return 0.0, 0.0
    shared = of_a[common]
    norm = math.sqrt(float((of_a**2).sum()) * float((of_b**2).sum()))
    return (min(1.0, float((shared**2).sum()) / norm) if norm else 0.0), float(shared.sum())
