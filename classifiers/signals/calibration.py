"""Scores of findings, as ``classifiers.signals.fit`` fitted them; docs/signals/scores.md says what they are
worth."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

CUTS = {"S9.number": 0.5, "S9.thing": 0.65}
"""Below it a pair of S9 is no finding: it is likelier that both count different things."""
WEIGHTS_FILE = Path(__file__).parent / "weights.json"


@cache
def _weights() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return loaded


def score(rule: str) -> float:
    """Probability that a finding of the rule ("S2.count") is right, from judged findings.

    Raises KeyError for a rule without judgements: a new rule has to be measured first.
    """
    weights = _weights()
    found: float = weights["fixed"][rule] if rule in weights["fixed"] else weights["rules"][rule]["score"]
    return found


@cache
def floor(signal: str) -> float:
    """The lowest score that a finding of the signal ("S2") can have: a lower threshold keeps nothing more.

    Raises KeyError for a signal without rules.
    """
    weights = _weights()
    rules = [rule for rule in (*weights["fixed"], *weights["rules"]) if rule.partition(".")[0] == signal]
    lowest = [score(rule) for rule in rules]
    for rule, model in weights["models"].items():
        if rule.partition(".")[0] == signal:
            lowest.append(max(logistic(rule, [0.0] * len(model["weights"])), CUTS.get(rule, 0.0)))
    if not lowest:
        raise KeyError(signal)
    return min(lowest)


def logistic(rule: str, features: Sequence[float]) -> float:
    """Probability that a finding of the rule with these features is right, by its fitted model.

    Raises KeyError for a rule without a model, ValueError for another number of features than it has.
    """
    model = _weights()["models"][rule]
    if len(features) != len(model["weights"]):
        raise ValueError(f"{rule} takes {len(model['weights'])} features, not {len(features)}; fit it anew")
    value = model["intercept"] + sum(w * f for w, f in zip(model["weights"], features, strict=True))
    return round(1.0 / (1.0 + math.exp(-value)), 4)
