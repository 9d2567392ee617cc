"""How long to wait before the server is asked again."""

from __future__ import annotations

import random


def jittered(first_s: float, turn: int) -> float:
    """Seconds to wait after attempt ``turn``, counted from 0: doubling, spread by half."""
    # Chance only keeps callers from coming back all at once: it guards nothing, so S311 does not apply.
    spread: float = random.uniform(0.5, 1.5)  # noqa: S311
    return first_s * 2.0**turn * spread
