"""S2 on made-up cases of writers who did not know its rules: counted first, learnt from since."""

from __future__ import annotations

from pathlib import Path

from classifiers.evaluation.signals import read_cases, score_cases
from classifiers.signals import SignalDetector
from provinces.gazetteer import Gazetteer

CASES = Path(__file__).with_name("headline_cases.jsonl")
LEAST_RIGHT = 66
"""Of 82; the floor only rises."""


def test_headlines_of_other_writers_keep_their_floor(gazetteer: Gazetteer) -> None:
    scores = score_cases(read_cases(CASES), SignalDetector(gazetteer, {"S2"}))
    tally = scores.tallies["S2"]
    assert tally.right >= LEAST_RIGHT, scores.errors
    assert tally.wrong == 0, scores.errors
