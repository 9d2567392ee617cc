"""Calibrated scores of the rules; the model card in docs/signals says how they were judged."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

WEIGHTS_FILE = Path(__file__).parent / "weights.json"


@cache
def _scores() -> dict[str, float]:
    loaded = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    # Laplace's rule of succession: a rule judged right three times out of three is no certainty.
    judged = {
        rule: (counts["right"] + 1) / (counts["right"] + counts["wrong"] + 2)
        for rule, counts in loaded["judged"].items()
    }
    return {**judged, **loaded["fixed"]}


def score(rule: str) -> float:
    """Probability that a finding of the rule ("S2.count") is right, from judged findings.

    Raises KeyError for a rule without judgements: a new rule has to be measured first.
    """
    return round(_scores()[rule], 4)
