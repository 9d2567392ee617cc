"""Scores of findings; the model card in docs/signals says how they were fitted and what they are worth."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

WEIGHTS_FILE = Path(__file__).parent / "weights.json"


@cache
def _weights() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return loaded


@cache
def score(rule: str) -> float:
    """Probability that a finding of the rule ("S2.count") is right, from judged findings.

    Raises KeyError for a rule without judgements: a new rule has to be measured first.
    """
    fixed: dict[str, float] = _weights()["fixed"]
    if rule in fixed:
        return fixed[rule]
    counts: dict[str, int] = _weights()["judged"][rule]
    # Laplace's rule of succession: a rule judged right three times out of three is no certainty.
    return round((counts["right"] + 1) / (counts["right"] + counts["wrong"] + 2), 4)


def logistic(rule: str, features: Sequence[float]) -> float:
    """Probability that a finding of the rule with these features is right, by its fitted model.

    Raises KeyError for a rule without a model, ValueError for another number of features than it has.
    """
    model = _weights()["models"][rule]
    if len(features) != len(model["weights"]):
        raise ValueError(f"{rule} takes {len(model['weights'])} features, not {len(features)}; fit it anew")
    value = model["intercept"] + sum(w * f for w, f in zip(model["weights"], features, strict=True))
    return round(1.0 / (1.0 + math.exp(-value)), 4)
