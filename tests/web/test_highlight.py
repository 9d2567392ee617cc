"""Marks are cut by offset and every piece is escaped: nothing that an outlet writes becomes markup."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.highlight import Mark, changed_words, marked, paragraphs

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt; & </mark>", "a\u0301\n<b>"]
)
MARKS = st.lists(
    st.builds(
        Mark, st.integers(-5, 70), st.integers(-5, 70), st.sampled_from(["hit", "topic", "signal", "place"])
    ),
    max_size=6,
)
OWN_TAGS = re.compile(r'</?mark(?: class="[a-z ]+")?>')


@given(TEXTS, MARKS)
def test_without_our_own_tags_the_text_is_exactly_what_it_was(text: str, marks: list[Mark]) -> None:
    bare = OWN_TAGS.sub("", marked(text, marks))
    assert "<" not in bare
    assert unescape_only(bare) == text


def unescape_only(text: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


@given(TEXTS, TEXTS)
def test_a_comparison_loses_and_adds_nothing(before: str, after: str) -> None:
    left, right = changed_words(before, after)
    assert unescape_only(re.sub(r"</?del>", "", left)) == before
    assert unescape_only(re.sub(r"</?ins>", "", right)) == after


def test_a_mark_covers_exactly_its_characters() -> None:
    assert marked("Đèo Sơn Vàng sạt lở", [Mark(13, 19)]) == ('Đèo Sơn Vàng <mark class="hit">sạt lở</mark>')


def test_overlapping_marks_name_both_kinds_where_they_overlap() -> None:
    html = marked("abcdef", [Mark(0, 4, "hit"), Mark(2, 6, "topic")])
    assert html == (
        '<mark class="hit">ab</mark><mark class="hit topic">cd</mark><mark class="topic">ef</mark>'
    )


@pytest.mark.parametrize("mark", [Mark(-1, 3), Mark(2, 2), Mark(3, 1), Mark(0, 99), Mark(50, 60)])
def test_a_mark_that_does_not_fit_the_text_is_left_out(mark: Mark) -> None:
    assert marked("sạt lở", [mark]) == "sạt lở"


def test_a_mark_over_two_paragraphs_is_closed_in_each() -> None:
    assert paragraphs("một hai\n\nba bốn", [Mark(4, 11)]) == [
        'một <mark class="hit">hai</mark>',
        '<mark class="hit">ba</mark> bốn',
    ]


def test_only_the_number_that_changed_is_marked() -> None:
    left, right = changed_words("Khoảng 1.500 m³ đất", "Khoảng 2.300 m³ đất")
    assert (left, right) == ("Khoảng <del>1.500</del> m³ đất", "Khoảng <ins>2.300</ins> m³ đất")


def test_a_very_long_change_is_marked_as_a_whole() -> None:
    left, right = changed_words("từ " * 2000, "ngữ <b>" * 2000)
    assert left.startswith("<del>từ ") and right.count("<ins>") == 1
    assert "<b>" not in unescape(right).replace("ngữ <b>", "")
