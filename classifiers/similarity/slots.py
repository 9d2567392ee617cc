"""The articles of an index by slot: small whole numbers in the order of adding, kept in growing arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FIRST = 1_024


class Slots:
    """``ids``, ``times`` (POSIX seconds), ``sizes`` (of the sketch) and ``alive``, each indexed by slot."""

    def __init__(self) -> None:
        self.count = 0
        self.ids = np.zeros(_FIRST, dtype=np.int64)
        self.times = np.zeros(_FIRST, dtype=np.float64)
        self.sizes = np.ones(_FIRST, dtype=np.int64)
        self.alive = np.zeros(_FIRST, dtype=bool)
        self._slot_of: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._slot_of)

    def __contains__(self, id: int) -> bool:
        return id in self._slot_of

    def take(self, id: int, time: float, size: int) -> int:
        """A new slot for the article; the one that it had before is dead."""
        if self.count == len(self.ids):
            self._grow()
        self.discard(id)
        slot = self.count
        self.count += 1
        self.ids[slot], self.times[slot], self.sizes[slot], self.alive[slot] = id, time, max(1, size), True
        self._slot_of[id] = slot
        return slot

    def discard(self, id: int) -> None:
        """The article's slot is dead; one that is not there is no error."""
        slot = self._slot_of.pop(id, None)
        if slot is not None:
            self.alive[slot] = False

    def compact(self, oldest: float, most: int) -> NDArray[np.int64]:
        """Number the living anew: the newest ``most`` of those not before ``oldest``.

        Returns the new slot of each old one, -1 for those that are gone.
        """
        stay = np.flatnonzero(self.alive[: self.count] & (self.times[: self.count] >= oldest))
        if len(stay) > most:
            stay = np.sort(stay[np.lexsort((stay, self.times[stay]))[-most:]])
        moved = np.full(self.count, -1, dtype=np.int64)
        moved[stay] = np.arange(len(stay))
        for name in ("ids", "times", "sizes", "alive"):
            values = getattr(self, name)
            values[: len(stay)] = values[stay]
        self.alive[len(stay) :] = False
        self.count = len(stay)
        self._slot_of = {id: slot for slot, id in enumerate(self.ids[: self.count].tolist())}
        return moved

    def _grow(self) -> None:
        for name in ("ids", "times", "sizes", "alive"):
            values = getattr(self, name)
            setattr(self, name, np.concatenate([values, np.zeros_like(values)]))
