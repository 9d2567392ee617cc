"""How long to wait before the server is asked again."""

from __future__ import annotations

from random import SystemRandom

_CHANCE = SystemRandom()


def jittered(first_s: float, turn: int) -> float:
    """Seconds to wait after attempt ``turn``, counted from 0: doubling, spread by half."""
    # Callers that failed at once do not come back at once.
    return first_s * float(2**turn) * _CHANCE.uniform(0.5, 1.5)
