"""What the tests of this room share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _whole_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not cut a batch short."""
    monkeypatch.setattr("pipeline.step.SLICE_S", 600.0)
