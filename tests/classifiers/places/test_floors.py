"""Measured floors: they name the digest of what they were measured on, and only rise."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from classifiers.evaluation.places import (
    PassageScores,
    Report,
    digest,
    evaluate_places,
    read_passages,
    score_passages,
)
from classifiers.places import PlaceTagger

HERE = Path(__file__).parent
OWN = HERE / "own_cases.jsonl"
FLOORS: dict[str, Any] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


def hold(scores: PassageScores, floors: dict[str, Any]) -> None:
    assert scores.span_code >= floors["span_code"], scores.errors
    assert scores.province_now >= floors["province_now"], scores.errors
    assert scores.about[2] >= floors["about"], scores.errors


def test_our_own_passages(tagger: PlaceTagger) -> None:
    floors = FLOORS["own_cases"]
    assert digest(OWN) == floors["sha256"], "the passages changed: measure the floors again"
    cases = read_passages(OWN)
    assert len(cases) >= 60
    for case in cases:
        for entry in case["expected"]:
            assert case["text"][entry["start"] :].startswith(entry["span"])
    hold(score_passages(cases, tagger), floors)


@pytest.fixture(scope="module")
def report(shared_data: Path) -> Report:
    return evaluate_places(shared_data)


@pytest.mark.corpus
@pytest.mark.timeout(300)
def test_the_corpora_are_those_that_were_measured(report: Report) -> None:
    assert report.digests == FLOORS["sha256"]


@pytest.mark.corpus
@pytest.mark.timeout(300)
def test_labelled_passages(report: Report) -> None:
    hold(report.passages, FLOORS["passages"])
    assert abs(report.halves[0] - report.halves[1]) <= FLOORS["passages"]["gap_of_halves"]
    assert report.passages_about[2] >= FLOORS["passages"]["about_cross_validated"]


@pytest.mark.corpus
@pytest.mark.timeout(300)
def test_what_labelled_articles_are_about_by_nested_cross_validation(report: Report) -> None:
    assert report.repeated.mean("gold") >= FLOORS["articles"]["about_nested"], report.text()
    assert min(report.repeated.scores["gold"]) >= FLOORS["articles"]["about_nested_worst_split"]
