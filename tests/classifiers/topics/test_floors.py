"""The topics stay as good as they were."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import classifiers.topics
from classifiers.evaluation.topics import evaluate_topics, shipped_agreement
from classifiers.topics.tagger import TopicTagger

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))


@pytest.mark.corpus
def test_cross_validation_keeps_its_floors(shared_data: Path) -> None:
    report = evaluate_topics(shared_data, repetitions=1)
    assert report.digests == FLOORS["corpus"], "another corpus: measure anew and write new floors"
    floors = FLOORS["cross_validation"]
    assert report.scores.micro >= floors["micro"], report.text()
    assert report.scores.macro >= floors["macro"], report.text()
    assert report.scores.none >= floors["none"], report.text()


@pytest.mark.corpus
def test_the_shipped_weights_are_whole(shared_data: Path) -> None:
    assert shipped_agreement(shared_data).micro >= FLOORS["shipped"]["micro"]


def test_the_shipped_weights_are_small_and_say_what_they_were_fitted_on() -> None:
    weights = Path(classifiers.topics.__file__).with_name("weights.npz")
    assert weights.stat().st_size <= FLOORS["size"]["weights_bytes_at_most"]
    about = TopicTagger.load().weights.about
    assert about["gold"].startswith(FLOORS["corpus"]["gold_dev.jsonl"])
    assert about["corpus"].startswith(FLOORS["corpus"]["press_dev.jsonl.gz"])
