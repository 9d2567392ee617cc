"""How queries are read: structure, dates, lookalike signs, and errors that say where."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query import QuerySyntaxError, parse
from search.query.tree import And, Days, Everything, Has, Near, Node, Not, Or, Term
from tests.search.makers import TODAY


def read(query: str) -> Node:
    return parse(query, today=TODAY).root


def word(text: str, *, title: bool = False) -> Term:
    parts = tuple(text.split())
    return Term(parts, parts, title_only=title)


A, B, C, D = (word(letter) for letter in "abcd")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("(a OR b)c", And((Or((A, B)), C))),
        ("-a", Not(A)),
        ("NOT a b", And((Not(A), B))),
        ("a -(b c)", And((A, Not(And((B, C)))))),
        ("a OR -b", Or((A, Not(B)))),
        ('"a b"', word("a b")),
        ("a-b", word("a b")),
        ("a NEAR b", Near(A, B, 10)),
        ('a NEAR/3 "b c" d', And((Near(A, word("b c"), 3), D))),
        ("tiêuđề:(a OR b) c", And((Or((word("a", title=True), word("b", title=True))), C))),
        ("báo:(a OR b)", Or((Has("outlet", "a"), Has("outlet", "b")))),
        ("-báo:a", Not(Has("outlet", "a"))),
        ("loại:đài loại:địaphương", And((Has("kind", "broadcaster"), Has("scope", "local")))),
        ("tín hiệu:có", Has("signal", "")),
        ("", Everything()),
        ("   ", Everything()),
    ],
)
def test_structure(query: str, expected: Node) -> None:
    assert read(query) == expected


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("họp 8:30", ["họp", "8 30"]),
        ("https://bao.example/a?b=1", ["https bao example a b 1"]),
        ("Hà Nội: mưa", ["hà", "nội", "mưa"]),
        ("Nóng: lũ về", ["nóng", "lũ", "về"]),
        ("a – b & c", ["a", "b", "c"]),
        ("a - b", ["a", "b"]),
        ("and or not near", ["and", "or", "not", "near"]),
        ("24/7 COVID-19", ["24 7", "covid 19"]),
        ("a* b? c~2 [d] {e} ^f \\g !h", ["a", "b", "c 2", "d", "e", "f", "g", "h"]),
    ],
)
def test_signs_within_words_are_no_syntax(query: str, words: list[str]) -> None:
    root = read(query)
    parts = root.parts if isinstance(root, And) else (root,)
    assert [" ".join(part.exact) for part in parts if isinstance(part, Term)] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“a b” −c", '"a b" -c'),
        ("«a b»", '"a b"'),
        ("báo：a", "báo:a"),
        ("（a OR b）", "(a OR b)"),
        ("BÁO:A", "báo:a"),
        ("chủ đề:y-te", "topic:yte"),
        (unicodedata.normalize("NFD", "chủđề:y-tế “đê điều” –lũ"), 'chủđề:y-tế "đê điều" -lũ'),
        ("hoà thuý uỷ", "hòa thúy ủy"),
    ],
)
def test_ways_to_write_the_same(one: str, other: str) -> None:
    assert read(one) == read(other)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026-11-03", date(2026, 11, 3), date(2026, 11, 3)),
        ("3/11/2026", date(2026, 11, 3), date(2026, 11, 3)),
        ("03.11.2026", date(2026, 11, 3), date(2026, 11, 3)),
        ("3/11", date(2026, 11, 3), date(2026, 11, 3)),
        ("31/12", date(2025, 12, 31), date(2026, 12, 31)),
        ("2/2026", date(2026, 2, 1), date(2026, 2, 28)),
        ("12/2025", date(2025, 12, 1), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("hôm nay", TODAY, TODAY),
        ("hôm qua", date(2026, 11, 24), date(2026, 11, 24)),
        ('"7 ngày"', date(2026, 11, 19), date(2026, 11, 19)),
        ("7 ngày", date(2026, 11, 19), date(2026, 11, 19)),
        ("7ngày", date(2026, 11, 19), date(2026, 11, 19)),
        ("2 tuần", date(2026, 11, 12), date(2026, 11, 12)),
        ("1 tháng", date(2026, 10, 27), date(2026, 10, 27)),
        ("7d", date(2026, 11, 19), date(2026, 11, 19)),
    ],
)
def test_dates(value: str, first: date, last: date) -> None:
    assert read(f"từ:{value}") == Days(first, None)
    assert read(f"to:{value}") == Days(None, last)


@pytest.mark.parametrize(
    ("query", "start", "end", "says"),
    [
        ('lũ "sạt lở', 3, 4, "ngoặc kép"),
        ("lũ (sạt", 3, 4, "Thiếu dấu )"),
        ("lũ) sạt", 2, 3, "không có dấu ("),
        ("lũ OR", 3, 5, "vế bên phải"),
        ("OR lũ", 0, 2, "vế bên trái"),
        ("lũ AND OR sạt", 7, 9, "vế bên trái"),
        ("(lũ OR) sạt", 4, 6, "vế bên phải"),
        ("()", 0, 2, "không có gì"),
        ("foo:bar", 0, 4, "Không có trường"),
        ("từ:abc", 3, 6, "không phải là ngày"),
        ("từ:31/2/2026", 3, 12, "không phải là ngày"),
        ("từ:", 0, 3, "giá trị"),
        ("báo:%", 4, 5, "không có chữ"),
        ("loại:tivi", 5, 9, "Không có loại"),
        ("a NEAR", 2, 6, "vế bên phải"),
        ("a NEAR/0 b", 2, 8, "từ 1 đến"),
        ("a NEAR/99 b", 2, 9, "từ 1 đến"),
        ("a NEAR (b c)", 2, 6, "NEAR"),
        ("a NEAR b NEAR c", 9, 13, "hai vế"),
        ("má NEAR ma", 0, 10, "giống nhau"),
        ("báo:(a NEAR b)", 7, 11, "NEAR"),
        ("tiêuđề:(báo:a)", 8, 12, "trường khác"),
        ("NOT", 0, 3, "loại bỏ"),
        ("NOT -a", 0, 3, "loại bỏ"),
        ('""', 0, 2, "không có từ nào"),
        ("!!!", 0, 3, "Không có từ nào"),
        ("(" * 30 + "a" + ")" * 30, 20, 21, "lồng nhau"),
        ("a " * 600, 1000, 1200, "hơn 500"),
        ("a" * 9000, 8000, 9000, "dài quá"),
    ],
)
def test_errors_say_where_and_what_to_do(query: str, start: int, end: int, says: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        read(query)
    assert (caught.value.start, caught.value.end) == (start, end)
    assert says in caught.value.message


def test_places_of_errors_are_those_of_the_typed_text() -> None:
    decomposed = unicodedata.normalize("NFD", "đường sắt từ:xyz")
    with pytest.raises(QuerySyntaxError) as caught:
        read(decomposed)
    assert decomposed[caught.value.start : caught.value.end] == "xyz"


@pytest.mark.parametrize(
    ("query", "expected"), [("lu lut", False), ("lũ lut", True), ("đa", True), ("báo:tuoitre lu", False)]
)
def test_knows_whether_words_were_typed_with_marks(query: str, expected: bool) -> None:
    assert parse(query).with_marks is expected


PIECES = [
    "lũ",
    "a",
    '"',
    "“",
    "(",
    ")",
    " ",
    " OR ",
    " AND ",
    "NOT ",
    "-",
    "−",
    "NEAR/3 ",
    "NEAR",
    "báo:",
    "từ:",
]
PIECES += [
    "đến:",
    "7 ngày",
    "hôm nay",
    "31/2",
    ":",
    "//",
    "\\",
    "*",
    "~",
    "^",
    "[",
    "}",
    "\u0301",
    "\x00",
    "８",
    "x:y",
]


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=40)))
def test_any_text_is_understood_or_refused_with_a_place(query: str) -> None:
    try:
        parsed = parse(query, today=TODAY)
    except QuerySyntaxError as error:
        assert 0 <= error.start <= error.end <= len(query)
        assert error.message
    else:
        assert parsed.text == query
