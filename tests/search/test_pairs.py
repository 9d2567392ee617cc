"""Frequent pairs of words have terms of their own; nobody may notice from what is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.embedded import EmbeddedEngine
from search.port import SearchEngine
from search.query import parse
from search.text import pairs
from search.text.normal import fold
from tests.search.elastic_engine import SharedElastic
from tests.search.makers import TODAY, Store, document, found
from tests.search.oracle import matches

WORDS = ["công", "an", "tỉnh", "hà", "nội", "bệnh", "viện", "cong", "quắm", "–"]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
phrases = st.lists(st.sampled_from(WORDS[:8]), min_size=1, max_size=4, unique=True)


@pytest.fixture(scope="module", params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchEngine]:
    if request.param == "elastic":
        shared = SharedElastic(request.getfixturevalue("elasticsearch_url"))
        yield shared.engine
        shared.remove()
        return
    made = EmbeddedEngine(tmp_path_factory.mktemp("pairs"), Store())
    yield made
    made.close()


def _as_query(one: list[str], other: list[str], distance: int) -> str:
    quoted = [f'"{" ".join(words)}"' for words in (one, other)]
    return f"{quoted[0]} NEAR/{distance} {quoted[1]}" if distance else quoted[0]


@settings(max_examples=15, deadline=None)
@given(
    parts=st.lists(st.tuples(texts, texts, texts), min_size=20, max_size=40),
    asked=st.lists(st.tuples(phrases, phrases, st.integers(0, 6)), min_size=30, max_size=30),
)
def test_phrases_and_near_of_frequent_pairs_match_what_they_say(
    engine: SearchEngine, parts: list[tuple[str, str, str]], asked: list[tuple[list[str], list[str], int]]
) -> None:
    documents = [document(n, title, text, lead=lead) for n, (title, lead, text) in enumerate(parts)]
    engine.rebuild(documents)
    for one, other, distance in asked:
        if fold(" ".join(one)) == fold(" ".join(other)):
            continue
        query = parse(_as_query(one, other, distance), today=TODAY)
        expected = [made.id for made in documents if matches(query.root, made)]
        assert list(engine.scan(query)) == expected, query.text


def test_a_phrase_of_frequent_pairs_is_covered_by_the_fewest() -> None:
    assert pairs.placed(("cong", "an")) == [(0, "cong_an")]
    assert pairs.placed(("cong", "an", "tinh")) == [(0, "cong_an"), (1, "an_tinh")]
    assert pairs.placed(("benh", "vien", "ha", "noi")) == [(0, "benh_vien"), (2, "ha_noi")]


def test_a_phrase_with_any_other_pair_is_left_to_the_words() -> None:
    assert pairs.placed(("cong", "quam")) == []
    assert pairs.placed(("cong", "an", "quam")) == []
    assert pairs.placed(("cong",)) == []


def test_pairs_stand_at_the_places_of_their_words() -> None:
    assert pairs.of_text("cong an quam") == "cong_an _ _"
    assert pairs.of_text("mot") == "_"
    assert pairs.of_text("") == ""
    assert pairs.with_gaps([(0, "benh_vien"), (2, "ha_noi")]) == "benh_vien _ ha_noi"


def test_a_pair_of_rarer_words_weighs_more() -> None:
    assert pairs.usual_weight(("benh", "vien")) > pairs.usual_weight(("cong", "an")) > 0


def test_a_frequent_pair_written_as_typed_comes_first(engine: SearchEngine) -> None:
    engine.rebuild([document(1, "x", "cổng ăn tỉnh"), document(2, "x", "công an tỉnh và ba chữ nữa")])
    for query in (
        '"công an"',
        '"công an tỉnh"',
        "công an",
        '"công an" NEAR/5 tỉnh',
        '("công an" OR lũ) tỉnh',
    ):
        assert found(engine, query) == [2, 1], query


def test_where_too_many_match_only_frequent_pairs_are_looked_at_as_neighbours(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart, together = "{1} xin {0} và {1}", "{0} {1} xin và thêm"  # more of the words, or side by side
    for words in (("mèo", "quắm"), ("công", "an")):
        texts = [form.format(*words) for form in (apart, together)]
        engine.rebuild([document(at, "x", text) for at, text in enumerate(texts)])
        query = " ".join(words)
        assert found(engine, query) == [1, 0]
        with monkeypatch.context() as patch:
            patch.setattr("search.elastic.compile.PLACES_UP_TO", 0)
            patch.setattr("search.embedded.compile._PLACES_UP_TO", 0)
            assert found(engine, query) == ([1, 0] if words == ("công", "an") else [0, 1])


def test_the_list_of_pairs_is_folded_and_of_two_words() -> None:
    lines = Path(pairs.__file__).with_name("frequent_pairs.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")][1:]
    assert len(rows) > 1000
    for first, second, *held in rows:
        assert fold(f"{first} {second}") == f"{first} {second}"
        assert int(held[2]) <= min(int(held[0]), int(held[1]))
