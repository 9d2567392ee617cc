"""Quality of ranking on judged searches, and that both engines answer them alike.

The floors are in relevance/floors.toml with the digest of the corpus they hold for; they only rise
(``python -m tests.search.raise_floors``).
"""

from __future__ import annotations

import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.elastic import ElasticEngine
from search.embedded import EmbeddedEngine
from search.port import SearchEngine, SearchRequest, Sort
from search.query import parse
from tests.search import judged as sets
from tests.search.elastic_engine import SharedElastic
from tests.search.makers import Store

pytestmark = pytest.mark.corpus

FLOORS = tomllib.loads((sets.HERE / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def names(shared_data: Path) -> list[str]:
    if sets.corpus_digest(shared_data) != FLOORS["corpus_sha256"]:
        pytest.fail("the corpus is another than the one the floors were measured on")
    return sets.corpus(shared_data)[1]


@pytest.fixture(scope="module")
def embedded(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("relevance"), Store())
    engine.index(sets.corpus(shared_data)[0])  # in one thread: equal scores keep their order
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def elastic(shared_data: Path, elasticsearch_url: str) -> Iterator[ElasticEngine]:
    shared = SharedElastic(elasticsearch_url)
    shared.engine.index(sets.corpus(shared_data)[0])
    yield shared.engine
    shared.remove()


def mean_ndcg(engine: SearchEngine, names: list[str]) -> float:
    found = {each.text: [names[number] for number in sets.top(engine, each.text)] for each in sets.judged()}
    return statistics.fmean(sets.ndcg(found[each.text], each.grades) for each in sets.judged())


def test_the_judged_set_is_large_enough_and_names_real_articles(names: list[str]) -> None:
    judged = sets.judged()
    assert len(judged) >= 60
    assert len({each.text for each in judged}) == len(judged)
    assert {name for each in judged for name in each.grades} <= set(names)


def test_embedded_ranking_is_no_worse_than_its_floor(embedded: EmbeddedEngine, names: list[str]) -> None:
    assert mean_ndcg(embedded, names) >= FLOORS["ndcg_at_10"]["embedded"]


@pytest.mark.elasticsearch
def test_elastic_ranking_is_no_worse_than_its_floor(elastic: ElasticEngine, names: list[str]) -> None:
    assert mean_ndcg(elastic, names) >= FLOORS["ndcg_at_10"]["elastic"]


@pytest.mark.elasticsearch
def test_elastic_ranking_by_words_of_several_syllables_is_no_worse_than_its_floor(
    shared_data: Path, elasticsearch_url: str, names: list[str]
) -> None:
    marked = sets.segments(shared_data)
    shared = SharedElastic(elasticsearch_url, lambda batch: {each.id: marked[each.id] for each in batch})
    try:
        shared.engine.index(sets.corpus(shared_data)[0])
        assert mean_ndcg(shared.engine, names) >= FLOORS["ndcg_at_10"]["elastic_segmented"]
    finally:
        shared.remove()


@pytest.mark.elasticsearch
def test_both_engines_find_the_same_articles(embedded: EmbeddedEngine, elastic: ElasticEngine) -> None:
    for each in sets.judged():
        parsed = parse(each.text)
        ours = list(embedded.scan(parsed))
        assert list(elastic.scan(parsed)) == ours, each.text
        assert embedded.count(parsed) == elastic.count(parsed) == len(ours)


@pytest.mark.elasticsearch
def test_both_engines_give_the_same_first_page(embedded: EmbeddedEngine, elastic: ElasticEngine) -> None:
    """Scores agree but for rounding, so articles of nearly equal score may change places at the edge."""
    for each in sets.judged():
        ours, theirs = sets.top(embedded, each.text), sets.top(elastic, each.text)
        assert len(ours) == len(theirs)
        assert len(set(ours) ^ set(theirs)) <= 2, each.text


def test_marks_and_tone_placement_find_the_same_articles(embedded: EmbeddedEngine) -> None:
    for one, other in (
        ("chạy thận Hòa Bình", "chạy thận Hoà Bình"),
        ("ma túy Hà Tĩnh", "ma tuý Hà Tĩnh"),
        ("vải thiều Lục Ngạn", "vai thieu luc ngan"),
        ('"đường Điện Biên Phủ"', "“duong dien bien phu”"),
    ):
        assert list(embedded.scan(parse(one))) == list(embedded.scan(parse(other)))


def test_newest_first_needs_no_ranking(embedded: EmbeddedEngine) -> None:
    result = embedded.search(SearchRequest(parse("lũ quét"), sort=Sort.NEWEST, highlight=False))
    ids = [hit.id for hit in result.hits]
    assert ids == sorted(ids, reverse=True)
