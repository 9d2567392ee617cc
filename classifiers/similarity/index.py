"""The recent articles, held in memory to be asked which of them a new one resembles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from classifiers.similarity.postings import Postings
from classifiers.similarity.signature import Signature
from classifiers.similarity.slots import Slots

WINDOW = timedelta(days=30)
MOST = 100_000
LATEST = 2_048  # articles added before the arrays are built anew
TEXT_CANDIDATES = 16
EVENT_CANDIDATES = 8
LEAST_SHARED = 0.3  # of the shorter sketch: half of what makes a suggestion
LEAST_EVENT = 0.16  # of the weight of one's marks
COMMON_TEXT = 400  # a shingle in more articles than this is a stock phrase
COMMON_SHARE = 0.01  # a mark in a larger share of the articles tells no event ...
FEW, MOST_COMMON = 50, 400  # ... but one in no more than these does, and one in more than those never


@dataclass(frozen=True, slots=True)
class Candidate:
    """``text``: estimated share of the shorter text that both print; ``event``: share of the asker's marks,
    weighted by rarity, that both bear. Each 0..1."""

    id: int
    text: float
    event: float


class SimilarityIndex:
    """At most ``most`` articles of the last ``window``, about 1.5 kB each. Not safe to share by threads.

    The window is counted back from the newest time that was added. Older articles are dropped now and
    then, not at once: ask with ``since`` where it matters.
    """

    def __init__(self, window: timedelta = WINDOW, most: int = MOST):
        self._window, self._most = window.total_seconds(), most
        self._text, self._event = Postings(), Postings()
        self._slots = Slots()
        self._waiting = 0
        self._newest = float("-inf")

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, id: int) -> bool:
        return id in self._slots

    def add(self, id: int, signature: Signature, time: datetime) -> None:
        """Insert or replace the article ``id``. ``time``: aware, when it was published or seen."""
        slot = self._take(id, signature, time)
        self._text.add(slot, signature.sketch)
        self._event.add(slot, signature.marks)
        self._waiting += 1
        if self._waiting >= LATEST:
            self._settle()

    def fill(self, articles: Iterable[tuple[int, Signature, datetime]]) -> None:
        """``add`` for many at once."""
        slots, text, event = [], [], []
        for id, signature, time in articles:
            slots.append(self._take(id, signature, time))
            text.append(signature.sketch)
            event.append(signature.marks)
        if slots:
            self._text.add_many(*_pairs(slots, text))
            self._event.add_many(*_pairs(slots, event))
            self._settle()

    def discard(self, id: int) -> None:
        """Forget an article; one that is not there is no error."""
        self._slots.discard(id)

    def candidates(self, signature: Signature, since: datetime | None = None) -> list[Candidate]:
        """Articles worth comparing, likeliest first; at most 24. Deterministic."""
        start = since.timestamp() if since else float("-inf")
        text = self._shared_text(signature)
        event = self._shared_event(signature)
        near = self._best(text, TEXT_CANDIDATES, LEAST_SHARED, start)
        told = self._best(event, EVENT_CANDIDATES, LEAST_EVENT, start)
        ids = self._slots.ids
        return [
            Candidate(int(ids[slot]), float(text[slot]), float(event[slot]))
            for slot in dict.fromkeys([*near, *told])
        ]

    def rarity(self, marks: NDArray[np.uint32]) -> NDArray[np.float64]:
        """The weight of each mark: the logarithm of how many articles there are for one that bears it."""
        return self._weights(self._event.counts(marks))

    def _take(self, id: int, signature: Signature, time: datetime) -> int:
        seconds = time.timestamp()
        self._newest = max(self._newest, seconds)
        return self._slots.take(id, seconds, len(signature.sketch))

    def _weights(self, counts: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.log((len(self._slots) + 10) / (counts + 1.0)).clip(0.0)

    def _shared_text(self, signature: Signature) -> NDArray[np.float64]:
        """By slot: the share of the shorter sketch that both have."""
        found = self._text.find(signature.sketch, COMMON_TEXT)
        counts = np.bincount(found.slots, minlength=self._slots.count)
        several = np.flatnonzero(counts > 1)
        shorter = np.minimum(self._slots.sizes[several], len(signature.sketch))
        scores = np.zeros(len(counts))
        scores[several] = (counts[several] / shorter).clip(max=1.0)
        return scores

    def _shared_event(self, signature: Signature) -> NDArray[np.float64]:
        """By slot: the weight of the marks that both bear, as a share of this one's."""
        most = min(MOST_COMMON, max(FEW, int(COMMON_SHARE * len(self._slots))))
        found = self._event.find(signature.marks, most)
        weights = self._weights(found.counts)
        total = float(weights.sum()) or 1.0
        shares = np.bincount(found.slots, weights[found.keys] / total, minlength=self._slots.count)
        return shares.astype(np.float64)

    def _best(self, scores: NDArray[np.float64], most: int, least: float, since: float) -> list[int]:
        good = np.flatnonzero(scores >= least)
        good = good[self._slots.alive[good] & (self._slots.times[good] >= since)]
        order = np.lexsort((self._slots.ids[good], -scores[good]))[:most]
        return [int(slot) for slot in good[order]]

    def _settle(self) -> None:
        """Build the arrays anew without what is replaced, forgotten, too old, or too much."""
        self._waiting = 0
        moved = self._slots.compact(self._newest - self._window, self._most)
        self._text.settle(moved)
        self._event.settle(moved)


def _pairs(slots: list[int], keys: list[NDArray[np.uint32]]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    return np.repeat(np.array(slots, dtype=np.int64), [len(each) for each in keys]), np.concatenate(keys)
