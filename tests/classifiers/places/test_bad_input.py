"""Whatever comes, spans match the text and the answer comes in bounded time."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.places import PlaceTagger
from classifiers.places.predict import predict_line, provinces_line
from classifiers.records import ArticleText
from provinces.gazetteer import load_gazetteer

TAGGER = PlaceTagger(load_gazetteer())
DAY = date(2025, 9, 1)
_WRITTEN = """
xã Kỳ Lợi,tỉnh,Hà Tĩnh,Hòa Bình,hoà bình,TP.HCM,Q.1,phường 5, cũ,(,), và ,ĐIỆN BIÊN PHỦ,đường ,İ,😀,-
https://a.vn/ha-noi-mua.html,H.,X,Nguyễn ,P.,thị xã,Bắc Ninh,0,., ,TX,Huyện ủy ,Phú Thọ,các xã ,中国
""".strip("\n")
PIECES = [*_WRITTEN.replace("\n", ",").split(","), ",", "\n", "\u00a0", "\u0323", "\u0301", "\x00"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.booleans())
def test_spans_always_match_the_text_as_given(text: str, decomposed: bool) -> None:
    text = unicodedata.normalize("NFD", text) if decomposed else text
    last = -1
    for mention in TAGGER.tag(text, DAY):
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() and mention.start > last
        last = mention.start
    article = ArticleText(text[:20], text[20:40], text, DAY)
    for where, mention in TAGGER.classify(article).mentions:
        assert article.part(where)[mention.start : mention.end] == mention.text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    assert all(text[m.start : m.end] == m.text for m in TAGGER.tag(text, DAY))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "😀🎉" * 50,
        "The minister met reporters in Paris on Monday and said no decision had been taken.",
        "外交部发言人表示，双方将继续合作。",
        "\x00\x01\x02\x7f",
        "123 456 789,5 2024",
        "a" * 10000,
    ],
)
def test_text_without_places_gives_none(text: str) -> None:
    assert TAGGER.tag(text, DAY) == []
    assert TAGGER.classify(ArticleText("", "", text, DAY)).about == ()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["xã ", "Hà Nội, ", "Phường 1 ", "a", "xã Tân Sơn, ", "ạ̣", "-ha-noi"])
def test_a_megabyte_is_read_in_bounded_time(piece: str) -> None:
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    assert all(text[m.start : m.end] == m.text for m in TAGGER.tag(text, DAY)[:50])


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"published": "2020-01-01", "text": "x"}, "id"),
        ({"id": "a", "text": "x"}, "published"),
        ({"id": "a", "published": "hôm qua", "text": "x"}, "published"),
        ({"id": "a", "published": "2020-01-01"}, "text"),
        ({"id": "a", "published": "2020-01-01", "text": 5}, "text"),
    ],
)
def test_a_bad_line_is_refused_by_the_name_of_its_field(line: dict[str, object], field: str) -> None:
    with pytest.raises(ValueError, match=rf"^{field}: "):
        predict_line(line, TAGGER)


def test_predict_gives_the_shape_of_the_contract() -> None:
    line = {
        "id": "a",
        "published": "2025-09-01T08:00:00+07:00",
        "text": "Xã Kỳ Hoa, tỉnh Hà Tĩnh vào mùa gặt.",
    }
    said = predict_line(line, TAGGER)
    assert said["about_provinces_now"] == ["Hà Tĩnh"]
    first = said["places"][0]
    assert (first["span"], first["start"], first["end"]) == ("Xã Kỳ Hoa", 0, 9)
    assert (first["code"], first["codes"], first["province_now"]) == ("18814", ["18814"], "Hà Tĩnh")


def test_provinces_are_named_as_of_the_day_of_publication() -> None:
    line: dict[str, object] = {"id": 1, "title": "Hòa Bình: Lũ về", "body": "Tỉnh Hòa Bình có lũ."}
    line["published"] = "2017-10-10"
    assert provinces_line(line, TAGGER)["about"] == [{"name": "Hòa Bình", "code": "17", "now": "Phú Thọ"}]
    with pytest.raises(ValueError, match=r"^body: "):
        provinces_line({"id": 1, "body": 3}, TAGGER)
