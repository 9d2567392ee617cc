"""The boosted trees that weigh facets, as they were fitted: docs/signals/facets.md is the model card."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from classifiers.signals.headline.candidate import Candidate
from classifiers.signals.headline.facets.facet import Facet, facets
from classifiers.signals.reading import Reading

WEIGHTS_FILE = Path(__file__).parent / "weights.json"
RULE = "slot-opposite"
"""The rule that findings are counted under: both weigh a word of the title against its opposite."""


@cache
def _weights() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return loaded


SLACK = 0.6
"""Log-odds below the cut of the fit that still make a finding: on texts met later they were right."""


def margin(facet: Facet) -> float:
    """How far a facet lies above the cut, in log-odds; below 0 it is no finding.

    Raises ValueError when the trees were fitted on other features.
    """
    weights = _weights()
    if len(weights["features"]) != len(facet.features):
        raise ValueError(
            f"facets have {len(facet.features)} features, the trees of {WEIGHTS_FILE.name} know "
            f"{len(weights['features'])}; fit them anew"
        )
    states = tuple(float(facet.state == state) for state in weights["states"])
    values = facet.features + states
    total: float = weights["baseline"] - weights["cut"]
    for tree in weights["trees"]:
        node = tree[0]
        while len(node) > 1:
            feature, threshold, left, right = node
            node = tree[left if values[feature] <= threshold else right]
        total += node[0]
    return total


def contradicted(target: Reading) -> Candidate | None:
    """The claim of the title that lies highest above the cut, with the sentence against it."""
    best = max(((margin(facet), n, facet) for n, facet in enumerate(facets(target))), default=None)
    if best is None or best[0] < -SLACK:
        return None
    facet = best[2]
    return Candidate.whole(RULE, facet.start, facet.end, facet.sentence)
