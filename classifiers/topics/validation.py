"""Cross-validation of the topic model: balanced folds and the scores that are reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifiers.topics.features import Floats

Bools = npt.NDArray[np.bool_]
COMMON = 10  # a topic with fewer labelled articles does not count in macro-F1


@dataclass(frozen=True, slots=True)
class Scores:
    """Quality of predicted topics.

    micro    F1 over all decisions
    macro    mean F1 over topics with at least COMMON labelled articles
    none     share of articles without topic that were given none
    topics   per topic: (right, wrong, missed)
    """

    micro: float
    macro: float
    none: float
    topics: tuple[tuple[int, int, int], ...]


def f1(right: float, wrong: float, missed: float) -> float:
    """F1; 0 when nothing was there and nothing was said."""
    return float(2 * right / (2 * right + wrong + missed)) if right else 0.0


def score(said: Bools, true: Bools) -> Scores:
    """Compare two (articles, topics) matrices."""
    right, wrong, missed = ((a & b).sum(axis=0) for a, b in ((said, true), (said, ~true), (~said, true)))
    per = [f1(*counts) for counts in zip(right, wrong, missed, strict=True)]
    common = true.sum(axis=0) >= COMMON
    empty = ~true.any(axis=1)
    return Scores(
        f1(right.sum(), wrong.sum(), missed.sum()),
        float(np.mean(np.array(per)[common])) if common.any() else 0.0,
        float((~said[empty].any(axis=1)).mean()) if empty.any() else 1.0,
        tuple((int(r), int(w), int(m)) for r, w, m in zip(right, wrong, missed, strict=True)),
    )


def mean(all_scores: list[Scores]) -> Scores:
    """Mean over repetitions; counts are those of the first."""
    return Scores(
        float(np.mean([s.micro for s in all_scores])),
        float(np.mean([s.macro for s in all_scores])),
        float(np.mean([s.none for s in all_scores])),
        all_scores[0].topics,
    )


def folds(labels: Bools, seed: int, parts: int) -> npt.NDArray[np.int64]:
    """A fold number per article; each article's rarest topic is spread evenly over the folds."""
    order = np.random.default_rng(seed).permutation(len(labels))
    counts = labels.sum(axis=0)
    rarest = [
        min((int(counts[t]), int(t)) for t in np.flatnonzero(row))[1] if row.any() else -1 for row in labels
    ]
    fold = np.zeros(len(labels), dtype=np.int64)
    turn = 0
    for topic in sorted(set(rarest)):
        for article in order:
            if rarest[article] == topic:
                fold[article] = turn % parts
                turn += 1
    return fold


def out_of_fold(
    labels: Bools, seed: int, parts: int, fit_and_score: Callable[[Bools, Bools], Floats]
) -> Iterator[tuple[Bools, Floats]]:
    """For each fold: the mask of held-out articles and their scores from a model fitted on the others."""
    fold = folds(labels, seed, parts)
    for part in range(parts):
        held = fold == part
        yield held, fit_and_score(~held, held)
