"""Measured floors: they name the digest of what they were measured on, and only rise."""

from __future__ import annotations

import hashlib
import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

from classifiers.evaluation.similarity import CORPUS, Printed, Scores, evaluate_replay, pairs_of, score
from tests.classifiers.similarity.writing import text

FLOORS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))


def hold(scores: Scores, floors: dict[str, float]) -> None:
    precision, _recall, f1 = scores.stories
    assert precision >= floors["precision"], scores.text()
    assert f1 >= floors["f1"], scores.text()
    assert scores.candidates >= floors["candidates"], scores.text()


@pytest.mark.corpus
def test_the_corpus_is_the_one_that_was_measured(shared_data: Path) -> None:
    assert hashlib.sha256((shared_data / CORPUS).read_bytes()).hexdigest() == FLOORS["sha256"]


@pytest.mark.corpus
@pytest.mark.timeout(300)
def test_reprints_of_a_press_world(shared_data: Path, shared_tools: Path) -> None:
    hold(evaluate_replay(shared_data, shared_tools / "press_replay.py"), FLOORS["small"])


@pytest.mark.corpus
@pytest.mark.timeout(600)
def test_reprints_of_a_larger_world(shared_data: Path, shared_tools: Path) -> None:
    scores = evaluate_replay(shared_data, shared_tools / "press_replay.py", seed=11, limit=4_000)
    hold(scores, FLOORS["large"])


def test_harder_reprints_of_our_own_texts() -> None:
    rng = random.Random(3)
    articles: list[Printed] = []
    for number in range(60):
        body = text(number, 24)
        articles.append(Printed(f"Tin số {number} về đê sông Lam", "", body, number * 100.0))
        parts = body.split("\n")
        cut = "\n".join(parts[: max(2, round(len(parts) * rng.uniform(0.3, 0.6)))])
        copy = cut.replace(" lượt", "7 lượt", 1) + f"\nTheo Báo Số {number}"
        title = rng.choice([f"Nóng: {articles[-1].title}", "Chuyện bên sông"])
        articles.append(Printed(title, "", copy, number * 100.0 + 5, origin=len(articles) - 1))
    scores = score(articles)
    assert scores.links[1] >= FLOORS["shortened"]["recall"], scores.text()
    assert scores.links[0] == 1.0, scores.wrong


def test_scores_count_what_was_said_and_not_known() -> None:
    body = text(1)
    scores = score(
        [Printed("Tựa", "", body, 0.0), Printed("Tựa", "", body, 1.0), Printed("X", "", text(2), 2.0)]
    )
    assert scores.wrong == (("Tựa", "Tựa"),) and scores.links[0] == 0.0
    assert pairs_of([[3, 1, 2], [5]]) == {(1, 2), (1, 3), (2, 3)}
