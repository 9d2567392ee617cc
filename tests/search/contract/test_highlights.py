"""What is marked in a hit: offsets into the stored text."""

from __future__ import annotations

import pytest

from search.port import SearchRequest
from search.query import parse
from tests.search.contract.conftest import Filled
from tests.search.makers import document, page

TEXT = "Mưa lớn ở Hoà Bình. Nước lũ lên nhanh; lũ quét ở Nậm Khao, lu quet chua dut. 99,5% hộ có điện."


def marked(engine_page: tuple, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in engine_page[0].highlights["text"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("hòa bình", ["Hoà Bình"]),
        ("hoa binh", ["Hoà Bình"]),
        ("lũ", ["lũ", "lũ"]),
        ("lu", ["lũ", "lũ", "lu"]),
        ('"lũ quét"', ["lũ quét"]),
        ('"lu quet"', ["lũ quét", "lu quet"]),
        ("lũ -bão", ["lũ", "lũ"]),
        ("99,5%", ["99,5"]),
        ("nước NEAR/3 nhanh", ["Nước", "nhanh"]),
        ("bão OR mưa", ["Mưa"]),
    ],
)
def test_marks_are_where_the_words_stand(filled: Filled, query: str, expected: list[str]) -> None:
    engine = filled(document(1, "Tin", TEXT))
    assert marked(page(engine, query)) == expected


def test_a_title_term_marks_the_title_only(filled: Filled) -> None:
    hit = page(filled(document(1, "Lũ về", "lũ ở đây")), "tiêuđề:lũ")[0]
    assert dict(hit.highlights) == {"title": ((0, 2),)}


def test_the_snippet_shows_the_passage_with_most_finds(filled: Filled) -> None:
    text = "Câu mở đầu. " * 40 + "Cầu Nậm Khao sập vì lũ, cầu tạm đang làm. " + "Câu kết. " * 40
    hit = page(filled(document(1, "Tin", text)), "cầu lũ")[0]
    assert hit.snippet is not None
    assert hit.snippet.text == text[hit.snippet.start : hit.snippet.end]
    assert "Cầu Nậm Khao sập vì lũ" in hit.snippet.text
    assert [hit.snippet.text[s:e] for s, e in hit.snippet.highlights] == ["Cầu", "lũ", "cầu"]


def test_without_finds_the_snippet_is_the_beginning(filled: Filled) -> None:
    hit = page(filled(document(1, "Tin", "Câu đầu tiên.", lead="Lời dẫn.")), "")[0]
    assert hit.snippet is not None
    assert (hit.snippet.text, hit.snippet.highlights) == ("Lời dẫn.", ())


def test_an_article_that_left_the_archive_has_no_highlights(filled: Filled, store: object) -> None:
    engine = filled(document(1, "Lũ"))
    store.texts.clear()  # type: ignore[attr-defined]
    assert dict(page(engine, "lũ")[0].highlights) == {}


def test_highlights_can_be_left_out(filled: Filled) -> None:
    result = filled(document(1, "Lũ")).search(SearchRequest(parse("lũ"), highlight=False))
    assert (dict(result.hits[0].highlights), result.hits[0].snippet) == ({}, None)
