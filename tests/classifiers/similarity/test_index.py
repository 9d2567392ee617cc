"""The index finds what resembles, forgets what is old or replaced, and stays within its bounds."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from classifiers.similarity import index as module
from classifiers.similarity.index import SimilarityIndex
from classifiers.similarity.postings import Postings
from classifiers.similarity.signature import signature
from tests.classifiers.similarity.writing import text

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
SIGNATURES = [signature(text(seed), f"Tựa {seed}") for seed in range(60)]


def found(index: SimilarityIndex, seed: int, **more: datetime) -> list[int]:
    return [candidate.id for candidate in index.candidates(SIGNATURES[seed], **more) if candidate.text > 0.5]


def test_a_copy_is_found_first_and_its_containment_is_told() -> None:
    index = SimilarityIndex()
    for number, made in enumerate(SIGNATURES):
        index.add(number, made, NOW)
    half = text(7).split("\n")[:5]
    best = index.candidates(signature("\n".join(half), "Tựa khác"))[0]
    assert best.id == 7 and best.text > 0.8


def test_filling_at_once_and_adding_one_by_one_find_the_same() -> None:
    one, other = SimilarityIndex(), SimilarityIndex()
    rows = [(number, made, NOW + timedelta(minutes=number)) for number, made in enumerate(SIGNATURES)]
    one.fill(rows)
    for row in rows:
        other.add(*row)
    for made in SIGNATURES[:20]:
        assert one.candidates(made) == other.candidates(made)


def test_the_order_of_adding_makes_no_difference() -> None:
    rows = [(number, made, NOW + timedelta(minutes=number)) for number, made in enumerate(SIGNATURES)]
    one, other = SimilarityIndex(), SimilarityIndex()
    one.fill(rows)
    other.fill(random.Random(4).sample(rows, len(rows)))
    for made in SIGNATURES[:20]:
        assert one.candidates(made) == other.candidates(made)


def test_arrays_built_anew_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LATEST", 7)
    index = SimilarityIndex()
    for number, made in enumerate(SIGNATURES):
        index.add(number, made, NOW)
    assert all(number in found(index, number) for number in range(len(SIGNATURES)))


def test_an_article_added_again_is_known_by_its_new_text_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LATEST", 3)
    index = SimilarityIndex()
    for seed in (1, 2, 3, 4, 5):
        index.add(9, SIGNATURES[seed], NOW)
        assert found(index, seed) == [9]
        assert found(index, seed - 1) == []
    assert len(index) == 1


def test_what_left_the_window_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LATEST", 1)
    index = SimilarityIndex(window=timedelta(days=30))
    index.add(1, SIGNATURES[1], NOW)
    index.add(2, SIGNATURES[2], NOW + timedelta(days=31))
    assert found(index, 1) == [] and len(index) == 1


def test_the_caller_may_ask_for_a_shorter_time() -> None:
    index = SimilarityIndex()
    index.add(1, SIGNATURES[1], NOW)
    assert found(index, 1, since=NOW) == [1]
    assert found(index, 1, since=NOW + timedelta(seconds=1)) == []


def test_never_more_are_held_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LATEST", 5)
    index = SimilarityIndex(most=20)
    for number, made in enumerate(SIGNATURES):
        index.add(number, made, NOW + timedelta(minutes=number))
    assert len(index) <= 25
    assert found(index, 59) == [59] and found(index, 0) == []


def test_a_forgotten_article_is_not_found() -> None:
    index = SimilarityIndex()
    index.add(1, SIGNATURES[1], NOW)
    index.discard(1)
    index.discard(1)
    assert found(index, 1) == [] and 1 not in index


def test_an_empty_index_and_an_empty_text_find_nothing() -> None:
    index = SimilarityIndex()
    assert index.candidates(SIGNATURES[1]) == []
    index.fill([])
    index.add(1, signature(""), NOW)
    assert index.candidates(signature("")) == []


def test_a_key_that_too_many_hold_is_counted_and_not_listed() -> None:
    postings = Postings()
    postings.add_many(np.arange(5), np.full(5, 8, dtype=np.uint32))
    postings.add(5, np.array([8, 9], dtype=np.uint32))
    found = postings.find(np.array([8, 9, 10], dtype=np.uint32), 5)
    assert found.counts.tolist() == [6, 1, 0]
    assert found.slots.tolist() == [5] and found.keys.tolist() == [1]
