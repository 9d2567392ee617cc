"""The linear models of slots, as they were fitted: see docs/signals/slots.md for data and limits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from classifiers.signals.headline.candidate import Candidate
from classifiers.signals.headline.slots.claims import (
    CAUSE_FEATURES,
    CERTAINTY_FEATURES,
    NEGATED_FEATURES,
    SCOPE_FEATURES,
    causes,
    certainty,
    negated,
    scope,
)
from classifiers.signals.headline.slots.names import NAME_FEATURES, names
from classifiers.signals.headline.slots.numbers import NUMBER_FEATURES, numbers
from classifiers.signals.headline.slots.slot import COMMON, Slot
from classifiers.signals.headline.slots.words import OPPOSITE_FEATURES, ROLE_FEATURES, opposites, roles
from classifiers.signals.reading import Reading

WEIGHTS_FILE = Path(__file__).parent / "weights.json"
FINDERS: dict[str, tuple[Callable[[Reading], Iterator[Slot]], tuple[str, ...]]] = {
    "number": (numbers, COMMON + NUMBER_FEATURES),
    "opposite": (opposites, COMMON + OPPOSITE_FEATURES),
    "scope": (scope, COMMON + SCOPE_FEATURES),
    "role": (roles, COMMON + ROLE_FEATURES),
    "name": (names, COMMON + NAME_FEATURES),
    "cause": (causes, COMMON + CAUSE_FEATURES),
    "certainty": (certainty, COMMON + CERTAINTY_FEATURES),
    "negated": (negated, COMMON + NEGATED_FEATURES),
}
"""How slots of each kind are found, and what their features are called, in their order."""


@cache
def _weights() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["kinds"]
    return loaded


def margin(slot: Slot) -> float:
    """How far a slot lies above its kind's cut, in log-odds; below 0 it is no finding.

    Raises ValueError when the weights were fitted on other features.
    """
    model = _weights()[slot.kind]
    if len(model["weights"]) != len(slot.features):
        raise ValueError(
            f"slots of kind {slot.kind} have {len(slot.features)} features, {WEIGHTS_FILE.name} weighs "
            f"{len(model['weights'])}; fit it anew"
        )
    value = sum(w * f for w, f in zip(model["weights"], slot.features, strict=True))
    return float(model["intercept"] + value - model["cut"])


def filled_otherwise(target: Reading) -> Candidate | None:
    """The first slot of the title that lies above its cut."""
    for finder, _ in FINDERS.values():
        for slot in finder(target):
            if margin(slot) >= 0:
                return Candidate(
                    f"slot-{slot.kind}", slot.start, slot.end, slot.sentence, 0, len(slot.sentence.text)
                )
    return None
