"""Totals, facets and timelines."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from search.port import FacetCount, SearchRequest
from search.query import parse
from tests.search.contract.conftest import Filled
from tests.search.makers import document


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“lũ quét” −bão", '"lũ quét" -bão'),
        ("lũ OR bão nhà", "lũ OR (bão nhà)"),
        ("lũ AND quét", "lũ quét"),
        ("NOT bão", "-bão"),
        ("báo：bao-lam-giang lũ", "báo:bao-lam-giang lũ"),
    ],
)
def test_ways_to_write_a_query_do_not_change_its_count(filled: Filled, one: str, other: str) -> None:
    texts = ["lũ quét", "lũ quét bão", "bão nhà", "lũ", "nhà"]
    engine = filled(*(document(number, text) for number, text in enumerate(texts)))
    assert engine.count(parse(one)) == engine.count(parse(other)) > 0


def test_facets_count_every_match_and_value(filled: Filled) -> None:
    engine = filled(
        document(1, "lũ", outlet="a", topics=("flood", "road"), places=("90", "90001")),
        document(2, "lũ", outlet="a", topics=("flood",), places=("90",)),
        document(3, "lũ", outlet="b", signals=("S1",)),
        document(4, "bão", outlet="c"),
    )
    result = engine.search(
        SearchRequest(
            parse("lũ"), size=1, facets=("outlet", "topic", "place", "signal", "kind", "scope", "about")
        )
    )
    assert result.total == 3
    assert result.facets["outlet"] == (FacetCount("a", 2), FacetCount("b", 1))
    assert result.facets["topic"] == (FacetCount("flood", 2), FacetCount("road", 1))
    assert result.facets["place"] == (FacetCount("90", 2), FacetCount("90001", 1))
    assert result.facets["signal"] == (FacetCount("S1", 1),)
    assert result.facets["kind"] == (FacetCount("newspaper", 3),)
    assert result.facets["about"] == ()


def test_a_facet_gives_no_more_values_than_asked_the_commonest_first(filled: Filled) -> None:
    documents = [document(n, "lũ", outlet=f"bao-{n % 7}") for n in range(30)]
    result = filled(*documents).search(SearchRequest(parse("lũ"), facets=("outlet",), facet_size=2))
    assert result.facets["outlet"] == (FacetCount("bao-0", 5), FacetCount("bao-1", 5))


def test_the_timeline_counts_days_of_viet_nam(filled: Filled) -> None:
    times = [
        datetime(2026, 11, 1, 16, 59, tzinfo=UTC),
        datetime(2026, 11, 1, 17, 0, tzinfo=UTC),
        datetime(2026, 11, 4, 3, 0, tzinfo=UTC),
        datetime(2026, 11, 4, 4, 0, tzinfo=UTC),
    ]
    engine = filled(*(document(n, "lũ", published_at=time) for n, time in enumerate(times)))
    result = engine.search(SearchRequest(parse("lũ"), timeline=True))
    assert result.timeline == ((date(2026, 11, 1), 1), (date(2026, 11, 2), 1), (date(2026, 11, 4), 2))


def test_an_export_is_complete(filled: Filled) -> None:
    documents = [document(number, "lũ" if number % 3 else "bão") for number in range(12_500)]
    engine = filled(*documents)
    expected = [number for number in range(12_500) if number % 3]
    assert list(engine.scan(parse("lũ"))) == expected
    assert engine.count(parse("lũ")) == len(expected)
    assert list(engine.ids()) == list(range(12_500))
    largest = engine.search(SearchRequest(parse(""), size=10_000, highlight=False))
    assert [hit.id for hit in largest.hits] == list(range(12_499, 2_499, -1))
