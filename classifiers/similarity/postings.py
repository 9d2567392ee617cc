"""Where each hash occurs: one sorted array for the many, a dictionary for the latest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SLOT = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Found:
    """``slots[i]`` holds key number ``keys[i]``; ``counts``: how many slots hold each key, found or not."""

    slots: NDArray[np.int64]
    keys: NDArray[np.int64]
    counts: NDArray[np.int64]


class Postings:
    """Pairs of (hash, slot), eight bytes each. ``settle`` moves the latest into the array."""

    def __init__(self) -> None:
        self._base = np.empty(0, dtype=np.uint64)  # hash << 32 | slot, sorted
        self._latest: dict[int, list[int]] = {}

    def add(self, slot: int, keys: NDArray[np.uint32]) -> None:
        """``slot`` holds ``keys``."""
        for key in keys.tolist():
            self._latest.setdefault(key, []).append(slot)

    def add_many(self, slots: NDArray[np.int64], keys: NDArray[np.uint32]) -> None:
        """Pairs in bulk, straight into the array."""
        pairs = keys.astype(np.uint64) << _SLOT | slots.astype(np.uint64)
        self._base = np.sort(np.concatenate([self._base, pairs]))

    def find(self, keys: NDArray[np.uint32], most: int) -> Found:
        """Who holds ``keys``. A key that more than ``most`` hold tells nothing: only its count is given."""
        low = keys.astype(np.uint64) << _SLOT
        start = np.searchsorted(self._base, low)
        counts = np.searchsorted(self._base, low | _LOW, side="right") - start
        latest = [self._latest.get(key, ()) for key in keys.tolist()]
        total = counts + np.fromiter(map(len, latest), dtype=np.int64, count=len(latest))
        telling = total <= most
        taken = np.where(telling, counts, 0)
        number = np.repeat(np.arange(len(keys)), taken)
        within = np.arange(len(number)) - np.repeat(np.cumsum(taken) - taken, taken)
        slots = (self._base[np.repeat(start, taken) + within] & _LOW).astype(np.int64)
        late = [(slot, k) for k, held in enumerate(latest) if held and telling[k] for slot in held]
        if late:
            pairs = np.array(late, dtype=np.int64)
            slots, number = np.concatenate([slots, pairs[:, 0]]), np.concatenate([number, pairs[:, 1]])
        return Found(slots, number, total)

    def counts(self, keys: NDArray[np.uint32]) -> NDArray[np.int64]:
        """How many slots hold each key."""
        low = keys.astype(np.uint64) << _SLOT
        counts = np.searchsorted(self._base, low | _LOW, side="right") - np.searchsorted(self._base, low)
        late = (len(self._latest.get(key, ())) for key in keys.tolist())
        return counts + np.fromiter(late, dtype=np.int64, count=len(keys))

    def settle(self, moved: NDArray[np.int64]) -> None:
        """Number the slots anew, ``moved[old]`` being the new one or -1 for those that go."""
        held = sum(map(len, self._latest.values()))
        keys = np.fromiter(
            (key for key, slots in self._latest.items() for _ in slots), dtype=np.uint64, count=held
        )
        latest = np.fromiter(
            (slot for slots in self._latest.values() for slot in slots), dtype=np.uint64, count=held
        )
        pairs = np.concatenate([self._base, keys << _SLOT | latest])
        new = moved[(pairs & _LOW).astype(np.int64)]
        stays = new >= 0
        self._base = np.sort((pairs[stays] & ~_LOW) | new[stays].astype(np.uint64))
        self._latest = {}
