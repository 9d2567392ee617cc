"""Figures of an article beside the register: findings, spans, bad input, the public shape."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.figures.areas import AreaError, area_of
from classifiers.figures.checker import FigureChecker
from classifiers.figures.predict import checker_of, predict_line
from classifiers.figures.register import load_register, read_register
from classifiers.figures.verdicts import Verdict
from classifiers.records import ArticleText

REGISTER = load_register(Path(__file__).with_name("own_register.csv"))
CHECKER = checker_of("LG", REGISTER)


def article(text: str, title: str = "Lam Giang", published: date = date(2026, 4, 20)) -> ArticleText:
    return ArticleText(title, "", text, published)


def verdicts(text: str, title: str = "Lam Giang", published: date = date(2026, 4, 20)) -> list[str]:
    return [found.verdict.value for found in CHECKER.check(article(text, title, published))]


def test_a_differing_figure_shows_both_sides() -> None:
    (found,) = CHECKER.check(article("Cả tỉnh Lam Giang chỉ có 2.913 trạm thu phát sóng."))
    assert found.verdict is Verdict.DIFFERS
    assert (found.register_value, found.stated_value) == ("3912", 2913)
    assert found.span.text.startswith("2.913 trạm")
    (finding,) = CHECKER.findings(article("Cả tỉnh Lam Giang chỉ có 2.913 trạm thu phát sóng."))
    assert (finding.label, finding.evidence["register_value"]) == ("S1", "3912")
    assert finding.evidence["source"]


def test_agreeing_figures_are_no_signal() -> None:
    assert CHECKER.findings(article("Lam Giang có 3.912 trạm BTS.")) == []


def test_praise_is_checked_like_criticism() -> None:
    assert verdicts("Nhờ chỉ đạo sáng suốt, Lam Giang dẫn đầu cả vùng với 5.912 trạm BTS.") == ["differs"]
    assert verdicts("Lam Giang trì trệ, sóng chập chờn, chỉ có 3.912 trạm BTS.") == ["agrees"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Lam Giang xuất khẩu 2.480 triệu USD năm 2025.", 2.48),
        ("Lam Giang rộng hơn 793 nghìn ha.", 7930),
        ("Năm 2025, khách đến Lam Giang từ 4 đến 4,5 triệu lượt khách.", [4_000_000, 4_500_000]),
        ("Lam Giang có 74/103 xã đạt chuẩn nông thôn mới.", "74/103"),
        ("Lam Giang có 2,97 giường bệnh trên 1.000 dân.", 29.7),
        ("Ba phần tư số hộ ở Lam Giang có internet cố định.", 75),
    ],
)
def test_stated_values_are_in_the_register_unit(text: str, value: object) -> None:
    (found,) = CHECKER.check(article(text))
    assert found.verdict is Verdict.AGREES
    assert found.stated_value == value


def test_scope_comes_before_period_and_value() -> None:
    assert verdicts("Năm 2019, xã Suối Lìm của Lam Giang có 12 trạm BTS.") == ["other-scope"]
    assert verdicts("Năm 2019, Lam Giang có 3.100 trạm BTS.") == ["other-period"]


def test_a_figure_out_of_all_proportion_is_not_compared() -> None:
    assert verdicts("Tai nạn giao thông ở Lam Giang làm chết 2 người năm 2025.") == []
    assert verdicts("Xuất khẩu của Lam Giang năm 2025 đạt 2,48 triệu USD.") == ["differs"]


def test_a_person_named_like_the_province_is_not_the_province() -> None:
    assert verdicts("Ông Trương Lam Giang cho biết cả nước có 3.000 trạm BTS.", title="Hội nghị") == [
        "other-scope"
    ]


def test_nfd_spans_are_as_given() -> None:
    text = unicodedata.normalize("NFD", "Lam Giang có gần 4.000 trạm thu phát sóng ở các xã.")
    (found,) = CHECKER.check(article(text))
    assert text[found.span.start : found.span.end] == found.span.text
    assert found.span.text.startswith(unicodedata.normalize("NFD", "gần 4.000 trạm"))


def test_a_repeated_number_gets_a_span_of_its_own() -> None:
    text = "Xã Suối Lìm ở Lam Giang có tỷ lệ hộ nghèo 21,3%, cả nước chỉ 1,3%."
    spans = [found.span.text for found in CHECKER.check(article(text))]
    assert len(spans) == 2
    assert all(text.count(span) == 1 for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01",
        "😀" * 500,
        "12 " * 5000,
        "省内有3912个基站。" * 50,
        "Lam Giang has 2913 BTS stations. " * 50,
        "%/-,." * 400,
    ],
    ids=["empty", "control", "emoji", "numbers", "chinese", "english", "punctuation"],
)
def test_odd_input_gives_no_comparison(text: str) -> None:
    found = CHECKER.check(article(text, title=""))
    assert [f for f in found if f.verdict is Verdict.AGREES] == []


def test_a_megabyte_is_read_up_to_its_limit() -> None:
    sentence = "Lam Giang có 2.913 trạm BTS và nhiều cột điện. "
    found = CHECKER.check(article(sentence * 22_000))
    assert len(found) > 100
    assert found[-1].span.end <= 60_000


PIECES = st.lists(
    st.sampled_from(
        [
            "Lam Giang",
            "có",
            "2.913",
            "trạm BTS",
            "hơn",
            "5,62%",
            "hộ nghèo",
            "năm 2025",
            ",",
            ".",
            "xã Suối Lìm",
            "tỷ đồng",
            "thu ngân sách",
            "\u0301",
            "\n",
            "74/103",
            "chưa",
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(title=PIECES | st.text(max_size=40), text=PIECES | st.text(max_size=200))
def test_spans_are_the_text(title: str, text: str) -> None:
    given_article = article(text, title)
    for found in CHECKER.check(given_article):
        part = given_article.part(found.span.field)
        assert part[found.span.start : found.span.end] == found.span.text != ""


def test_predict_line_has_the_public_shape() -> None:
    line = {
        "id": "x",
        "province": "LG",
        "published": "2026-04-20",
        "title": "",
        "text": "Lam Giang có 2.913 trạm BTS.",
    }
    out = predict_line(line, REGISTER)
    (finding,) = out["findings"]  # type: ignore[misc]
    assert out["id"] == "x"
    assert set(finding) == {
        "span", "start", "end", "field", "indicator", "verdict", "register_value", "stated_value",
    }  # fmt: skip
    assert predict_line({**line, "province": "XX"}, REGISTER)["findings"] == []


@pytest.mark.parametrize(("field", "value"), [("published", "hôm qua"), ("title", 5), ("text", ["a"])])
def test_predict_line_names_the_faulty_field(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=field):
        predict_line({"id": "x", "province": "LG", "text": "", field: value}, REGISTER)


def test_a_province_without_a_name_is_told() -> None:
    rows = "province_old,indicator,value,unit,as_of,valid_from\nQQ,trạm BTS,5,trạm,2025,2025-01-01"
    register = read_register(rows)
    with pytest.raises(AreaError, match="QQ"):
        area_of("QQ", register.of("QQ"))


def test_a_province_beginning_with_a_vietnamese_capital_is_named_by_the_scope() -> None:
    rows = (
        "province_old,indicator,value,unit,as_of,valid_from,scope\n"
        "ZZ,trạm BTS,5,trạm,2025,2025-01-01,tỉnh Đồng Tháp"
    )
    register = read_register(rows)
    assert area_of("ZZ", register.of("ZZ")).names == ("Đồng Tháp",)


def test_an_official_code_has_its_name() -> None:
    rows = "province_old,indicator,value,unit,as_of,valid_from\n42,trạm BTS,3100,trạm,2025,2025-01-01"
    register = read_register(rows)
    area = area_of("42", register.of("42"))
    assert area.names == ("Hà Tĩnh",)
    assert "Hương Khê" in area.parts
    checker = FigureChecker(register.of("42"), area)
    assert [
        f.verdict.value for f in checker.check(article("Hà Tĩnh có 3.100 trạm BTS năm 2025.", "Sóng"))
    ] == ["agrees"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("behind", ["a" * 58, "Hộinghịtrungươngthườngnghiêngnghiêngngả" * 3, "年度計画" * 20])
def test_words_run_together_behind_a_share_do_not_hold_it_up(behind: str) -> None:
    assert set(verdicts(f"Lam Giang còn 5,4% hộ nghèo {behind}.")) <= {"differs", "other-scope"}
