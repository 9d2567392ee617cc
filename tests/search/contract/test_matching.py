"""What a query finds."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.embedded.batch import match_batch
from search.port import Filters, SearchEngine, SearchRequest
from search.query import parse
from tests.search.contract.conftest import Filled
from tests.search.makers import TODAY, Store, document, found
from tests.search.oracle import matches


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("duoc", "Dân được cấp nước"),
        ("da nang", "Đường về Đà Nẵng"),
        ("đà nẵng", "Duong ve Da Nang"),
        ("hoà bình", "Hòa Bình mưa lớn"),
        ("hòa bình", "Hoà Bình mưa lớn"),
        ("thuỷ lợi", "Công trình thủy lợi"),
        ("HÀ TĨNH", "Bão vào hà tĩnh"),
        (unicodedata.normalize("NFD", "đường sắt"), "Sửa đường sắt"),
        ("“lở đất”", "Cảnh báo lở đất"),
        ("99,5%", "Phủ sóng đạt 99,5% số xã"),
        ("8:30", "Họp lúc 8:30 sáng"),
        ("24/7", "Trực 24/7"),
        ("ubnd", "UBND xã Nậm Khao"),
    ],
)
def test_marks_tones_case_and_forms_do_not_hide_a_match(filled: Filled, query: str, title: str) -> None:
    engine = filled(document(1, title), document(2, "Chuyện khác hẳn"))
    assert found(engine, query) == [1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lũ quét", {1, 2, 3}),
        ('"lũ quét"', {1}),
        ('"quét lũ"', {2}),
        ("lũ -quét", {4}),
        ("lũ NOT quét", {4}),
        ("-lũ", {5}),
        ("sạt OR quét", {1, 2, 3, 5}),
        ("lũ quét OR sạt", {1, 2, 3, 5}),
        ("lũ (quét OR lớn)", {1, 2, 3, 4}),
        ("lũ NEAR/1 quét", {1, 2}),
        ("quét NEAR/2 lũ", {1, 2, 3}),
        ('"lũ về" NEAR/1 quét', {3}),
        ("-(quét OR lớn)", {5}),
        ("lu quets", set()),
    ],
)
def test_operators(filled: Filled, query: str, expected: set[int]) -> None:
    engine = filled(
        document(1, "Lũ quét ở Lam Giang"),
        document(2, "Dọn bùn", "Máy quét lũ bùn"),
        document(3, "Lũ về làng quét sạch"),
        document(4, "Lũ lớn"),
        document(5, "Sạt lở"),
    )
    assert set(found(engine, query)) == expected


def test_a_phrase_does_not_run_from_title_into_lead(filled: Filled) -> None:
    engine = filled(document(1, "Mưa lớn", "chữ khác", lead="gây ngập"), document(2, "Mưa lớn gây ngập"))
    assert found(engine, '"lớn gây"') == [2]


def test_whole_words_only(filled: Filled) -> None:
    engine = filled(document(1, "Xăng dầu"), document(2, "Xăngdầu"))
    assert found(engine, "xăng") == [1]


def test_title_field_looks_in_titles_only(filled: Filled) -> None:
    engine = filled(document(1, "Chuyện", "Có lũ"), document(2, "Lũ về"))
    assert found(engine, "tiêuđề:lũ") == [2]


def test_fields_in_vietnamese_and_english_with_and_without_marks(filled: Filled) -> None:
    engine = filled(
        document(1, "a", outlet="song-xanh", outlet_name="Báo Sông Xanh", topics=("y-te",), signals=("S1",)),
        document(2, "b", places=("90", "90012"), place_names=("Lam Giang", "Nậm Khao"), outlet_kind="portal"),
    )
    first = (
        'báo:song-xanh|bao:songxanh|outlet:"Sông Xanh"|báo:"Báo Sông Xanh"|chủđề:y-te|chude:y-te|topic:yte'
    )
    for query in f"{first}|tínhiệu:S1|signal:s1|tín hiệu:*|báo：song-xanh|BÁO:song-xanh".split("|"):
        assert found(engine, query) == [1], query
    second = 'nơi:90|noi:90012|place:"nam khao"|nơi:"xã Nậm Khao"|nơi:"tỉnh Lam Giang"|loại:cổng'
    for query in f"{second}|kind:portal|-tínhiệu:*".split("|"):
        assert found(engine, query) == [2], query
    assert set(found(engine, "báo:(song-xanh OR bao-lam-giang)")) == {1, 2}


def test_days_are_those_of_viet_nam(filled: Filled) -> None:
    late = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)  # 00:30 on the 25th in Việt Nam
    engine = filled(document(1, "a", published_at=late), document(2, "b", published_at=late.replace(hour=16)))
    assert found(engine, 'từ:"hôm nay"') == [1]
    assert found(engine, "đến:24/11/2026") == [2]
    assert found(engine, "từ:2026-11-24 đến:2026-11-25") == [1, 2]


def test_an_undated_article_counts_by_when_it_was_first_seen(filled: Filled) -> None:
    seen = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
    engine = filled(document(1, "a", published_at=None, first_seen_at=seen), document(2, "b"))
    assert found(engine, "từ:3/11/2026 đến:3/11/2026") == [1]


def test_filters_narrow_and_combine(filled: Filled) -> None:
    engine = filled(
        document(1, "lũ", outlet="a-bao", topics=("flood",), scope="national"),
        document(2, "lũ", outlet="b-bao", topics=("flood", "road"), about=("90",), gone=True, story="s1"),
        document(3, "lũ", outlet="c-bao", topics=("road",), signals=("S1", "S9")),
    )
    expectations: list[tuple[Filters, set[int]]] = [
        (Filters(outlets=("a-bao", "b-bao")), {1, 2}),
        (Filters(outlets=("a-bao", "b-bao"), topics=("road",)), {2}),
        (Filters(about=("90",)), {2}),
        (Filters(scopes=("national",)), {1}),
        (Filters(signals=("S9",)), {3}),
        (Filters(gone=True), {2}),
        (Filters(gone=False), {1, 3}),
        (Filters(story="s1"), {2}),
        (Filters(kinds=("portal",)), set()),
        (Filters(since=date(2026, 11, 21)), set()),
        (Filters(until=date(2026, 11, 20)), {1, 2, 3}),
        (Filters(since=date.min, until=date.max), {1, 2, 3}),
    ]
    for filters, expected in expectations:
        assert set(found(engine, "lũ", filters=filters)) == expected, filters


WORDS = ["lũ", "lu", "quét", "Hà", "ha", "nội", "sạt", "lở", "đá", "da", "hoà", "hòa", "8"]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


def _query(depth: int) -> st.SearchStrategy[str]:
    word = st.sampled_from(WORDS)
    phrase = st.lists(word, min_size=1, max_size=3).map(lambda parts: f'"{" ".join(parts)}"')
    near = st.tuples(
        st.sampled_from(["lũ", '"hà nội"', "sạt"]), st.integers(1, 4), st.sampled_from(["quét", "đá"])
    ).map(lambda parts: f"({parts[0]} NEAR/{parts[1]} {parts[2]})")
    title = word.map(lambda w: f"tiêuđề:{w}")
    leaf = st.one_of(word, phrase, near, title, st.sampled_from(["báo:mot", "chủđề:flood", "từ:20/11/2026"]))
    if depth == 0:
        return leaf
    inner = _query(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(inner, inner).map(lambda p: f"({p[0]}) ({p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"{p[0]} OR {p[1]}"),
        inner.map(lambda p: f"-({p})"),
    )


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    texts=st.lists(st.tuples(SENTENCES, SENTENCES, SENTENCES), min_size=1, max_size=6),
    queries=st.lists(_query(2), min_size=5, max_size=12),
)
def test_any_query_finds_what_the_slow_way_finds(
    engine: SearchEngine, store: Store, texts: list[tuple[str, str, str]], queries: list[str]
) -> None:
    engine.delete(list(engine.ids()))
    documents = [
        document(
            at, title, text, lead=lead, outlet=("mot", "hai")[at % 2], topics=("flood",) if at % 3 else ()
        )
        for at, (title, lead, text) in enumerate(texts)
    ]
    engine.index(store.keep(documents))
    for query in queries:
        parsed = parse(query, today=TODAY)
        expected = [d.id for d in documents if matches(parsed.root, d)]
        result = engine.search(SearchRequest(parsed))
        assert sorted(hit.id for hit in result.hits) == expected, query
        assert result.total == engine.count(parsed) == len(expected)
        assert list(engine.scan(parsed)) == expected
        assert engine.match({"rule": parsed}, [d.id for d in documents]) == {"rule": expected}
        assert match_batch({"rule": parsed}, documents) == {"rule": expected}
