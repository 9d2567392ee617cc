"""The recent articles, held in memory to be asked which of them a new one resembles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from classifiers.similarity.postings import Found, Postings
from classifiers.similarity.signature import Signature

WINDOW = timedelta(days=30)
MOST = 100_000
LATEST = 2_048  # articles added before the arrays are built anew
TEXT_CANDIDATES = 16
EVENT_CANDIDATES = 8
LEAST_SHARED = 0.12  # of the shorter sketch
LEAST_EVENT = 0.12  # of the weight of one's marks
COMMON_TEXT = 400  # a shingle in more articles than this is a stock phrase
COMMON_SHARE = 0.01  # a mark in a larger share of the articles tells no event


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
        self._ids: list[int] = []  # by slot
        self._times: list[float] = []
        self._sizes: list[int] = []
        self._slots: dict[int, int] = {}
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
        self._slots.pop(id, None)

    def candidates(self, signature: Signature, since: datetime | None = None) -> list[Candidate]:
        """Articles worth comparing, likeliest first; at most 24. Deterministic."""
        text = self._shared_text(signature)
        event = self._shared_event(signature)
        start = since.timestamp() if since else float("-inf")
        near = self._best(text, TEXT_CANDIDATES, LEAST_SHARED, start)
        told = self._best(event, EVENT_CANDIDATES, LEAST_EVENT, start)
        chosen = dict.fromkeys([*near, *told])
        return [Candidate(self._ids[slot], text.get(slot, 0.0), event.get(slot, 0.0)) for slot in chosen]

    def rarity(self, marks: NDArray[np.uint32]) -> NDArray[np.float64]:
        """The weight of each mark: the logarithm of how many articles there are for one that bears it."""
        return self._weights(self._event.find(marks, 0))

    def _take(self, id: int, signature: Signature, time: datetime) -> int:
        slot = len(self._ids)
        self._ids.append(id)
        self._times.append(time.timestamp())
        self._sizes.append(max(1, len(signature.sketch)))
        self._slots[id] = slot
        self._newest = max(self._newest, self._times[-1])
        return slot

    def _weights(self, found: Found) -> NDArray[np.float64]:
        return np.log((len(self._slots) + 10) / (found.counts + 1.0)).clip(0.0)

    def _shared_text(self, signature: Signature) -> dict[int, float]:
        found = self._text.find(signature.sketch, COMMON_TEXT)
        slots, counts = np.unique(found.slots, return_counts=True)
        mine = max(1, len(signature.sketch))
        return {
            slot: min(1.0, count / min(mine, self._sizes[slot]))
            for slot, count in zip(slots.tolist(), counts.tolist(), strict=True)
            if count > 1 or self._sizes[slot] == 1
        }

    def _shared_event(self, signature: Signature) -> dict[int, float]:
        found = self._event.find(signature.marks, max(50, int(COMMON_SHARE * len(self._slots))))
        weights = self._weights(found)
        total = float(weights.sum())
        if not len(found.slots) or not total:
            return {}
        slots, which = np.unique(found.slots, return_inverse=True)
        shared = np.bincount(which, weights=weights[found.keys]) / total
        strong = shared >= LEAST_EVENT
        return dict(zip(slots[strong].tolist(), shared[strong].tolist(), strict=True))

    def _best(self, scores: dict[int, float], most: int, least: float, since: float) -> list[int]:
        good = [slot for slot, score in scores.items() if score >= least]
        good = [s for s in good if self._slots.get(self._ids[s]) == s and self._times[s] >= since]
        return sorted(good, key=lambda slot: (-scores[slot], self._ids[slot]))[:most]

    def _settle(self) -> None:
        """Build the arrays anew without what is replaced, forgotten, too old, or too much."""
        self._waiting = 0
        oldest = self._newest - self._window
        stay = [s for s, id in enumerate(self._ids) if self._slots.get(id) == s and self._times[s] >= oldest]
        if len(stay) > self._most:
            newest = sorted(stay, key=lambda slot: (self._times[slot], slot))[-self._most :]
            stay = sorted(newest)
        moved = np.full(len(self._ids), -1, dtype=np.int64)
        moved[stay] = np.arange(len(stay))
        self._text.settle(moved)
        self._event.settle(moved)
        self._ids = [self._ids[slot] for slot in stay]
        self._times = [self._times[slot] for slot in stay]
        self._sizes = [self._sizes[slot] for slot in stay]
        self._slots = {id: slot for slot, id in enumerate(self._ids)}


def _pairs(slots: list[int], keys: list[NDArray[np.uint32]]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    return np.repeat(np.array(slots, dtype=np.int64), [len(each) for each in keys]), np.concatenate(keys)
