"""Calibrated scores of the rules; the model card in docs/signals says how they were fitted."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

WEIGHTS_FILE = Path(__file__).parent / "weights.json"


@cache
def _weights() -> dict[str, dict[str, float]]:
    loaded: dict[str, dict[str, float]] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["rules"]
    return loaded


def score(rule: str) -> float:
    """Probability that a finding of the rule ("S2.count") is right, from judged findings.

    Raises KeyError for a rule without weights: a new rule has to be measured first.
    """
    return _weights()[rule]["score"]
