"""What a step of the pipeline is: something that picks up the rows that await it."""

from __future__ import annotations

from typing import Protocol


class Step(Protocol):
    """One step. Idempotent; may be killed at any moment and continues from the rows."""

    name: str

    def run(self, limit: int) -> int:
        """Handle up to ``limit`` waiting rows; returns how many it took, 0 when none waits."""
