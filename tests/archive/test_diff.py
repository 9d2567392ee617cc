"""What changed between two versions, with spans that lie where they say, and what of it matters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.diff import Version, compare, is_material
from archive.sentences import split
from archive.textform import collapsed

PROPERTY = settings(max_examples=150, deadline=None)  # a busy machine is no failure
BASE = Version(
    "Thông xe cầu Lam Giang",
    "Cầu mới dài 420 m.",
    "Cầu do Sở Xây dựng làm chủ đầu tư. Kinh phí 310 tỷ đồng.\n"
    "Ông Nguyễn V. Hùng, UBND TP. Lam Giang, cho biết dự án không chậm tiến độ. Người dân phấn khởi.",
)

words = st.sampled_from(
    [
        *("Cầu", "cầu", "mới", "không", "310", "41,5", "Lam", "Giang", "TP.", "ông", "chưa", "V."),
        *("được", "tỉnh.", "rồi?", "Hết…", "“Vâng”", "bác", "bỏ\n", "\n\n"),
    ]
)
texts = st.lists(words, max_size=25).map(" ".join)
versions = st.builds(Version, texts, texts, texts)


def edited(old: str, new: str) -> Version:
    assert old in BASE.text
    return replace(BASE, text=BASE.text.replace(old, new))


@pytest.mark.parametrize(
    ("after", "kind", "material"),
    [
        (edited("310", "350"), "changed", ("numbers",)),
        (edited("Sở Xây dựng", "Sở Giao thông"), "changed", ("names",)),
        (edited("không chậm", "chậm"), "changed", ("negation",)),
        (edited("phấn khởi", "vui mừng"), "changed", ()),
        (edited(" Người dân phấn khởi.", ""), "removed", ()),
        (edited(" Kinh phí 310 tỷ đồng.", ""), "removed", ("numbers",)),
        (edited("khởi.", "khởi. Lễ có mặt ông Trần Bình."), "added", ("names",)),
        (replace(BASE, title="Chưa thông xe cầu Lam Giang"), "changed", ("negation", "headline")),
        (replace(BASE, title="Cầu Lam Giang đã thông xe"), "changed", ("headline",)),
        (replace(BASE, lead="Cầu mới dài 425 m."), "changed", ("numbers",)),
        (replace(BASE, lead=""), "removed", ("numbers",)),
    ],
)
def test_an_edit_is_one_change_of_its_kind(after: Version, kind: str, material: tuple[str, ...]) -> None:
    changes = compare(BASE, after)
    assert [change.kind for change in changes] == [kind]
    assert set(material) <= set(changes[0].material)
    assert is_material(changes) == bool(material)


def test_the_changed_sentence_is_shown_whole_on_both_sides() -> None:
    (change,) = compare(BASE, edited("310", "350"))
    assert (change.before, change.after) == ("Kinh phí 310 tỷ đồng.", "Kinh phí 350 tỷ đồng.")


def test_a_moved_paragraph_break_is_no_change() -> None:
    assert compare(BASE, replace(BASE, text=BASE.text.replace(". ", ".\n"))) == []


@PROPERTY
@given(versions)
def test_equal_texts_have_no_change(version: Version) -> None:
    assert compare(version, version) == []


@PROPERTY
@given(versions, versions)
def test_spans_match_the_texts_and_lie_in_order(before: Version, after: Version) -> None:
    for name in ("title", "lead", "text"):
        old, new = getattr(before, name), getattr(after, name)
        ends = (0, 0)
        for change in (change for change in compare(before, after) if change.field == name):
            assert old[slice(*change.before_span)] == change.before
            assert new[slice(*change.after_span)] == change.after
            assert change.before != change.after
            assert change.before_span[0] >= ends[0] and change.after_span[0] >= ends[1]
            ends = (change.before_span[1], change.after_span[1])


@PROPERTY
@given(versions, versions)
def test_applying_the_changes_to_the_old_text_gives_the_new(before: Version, after: Version) -> None:
    changes = compare(before, after)
    for name in ("title", "lead", "text"):
        old, new = getattr(before, name), getattr(after, name)
        result, at = [], 0
        for change in (change for change in changes if change.field == name):
            start, end = change.before_span
            result += [old[at:start], " ", change.after, " "]
            at = end
        result.append(old[at:])
        assert collapsed("".join(result)) == collapsed(new)


@PROPERTY
@given(versions, versions)
def test_turning_the_versions_round_turns_the_kinds_round(before: Version, after: Version) -> None:
    assert bool(compare(before, after)) == bool(compare(after, before))
    assert is_material(compare(before, after)) == is_material(compare(after, before))


def test_turned_round_a_change_matters_as_much_where_sentences_run_into_one() -> None:
    two = Version("", "", "Cầu tỉnh. Cầu Cầu Cầu Cầu Cầu")
    one = Version("", "", "Cầu tỉnh. cầu Cầu Cầu Cầu Cầu")
    assert is_material(compare(two, one)) == is_material(compare(one, two))


@PROPERTY
@given(texts)
def test_sentences_cover_all_but_white_space(text: str) -> None:
    at = 0
    for sentence in split(text):
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
        assert text[at : sentence.start].strip() == ""
        at = sentence.end
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ông Hùng ở TP. Lam Giang. Ông nói.", ["Ông Hùng ở TP. Lam Giang.", "Ông nói."]),
        ("Bà Lê T. Hoa phát biểu! Hết.", ["Bà Lê T. Hoa phát biểu!", "Hết."]),
        ("Giá 1.250 đồng. Tăng 3.5 điểm.", ["Giá 1.250 đồng.", "Tăng 3.5 điểm."]),
        ("“Tôi không biết.” Ông đáp.", ["“Tôi không biết.”", "Ông đáp."]),
        ("Các ông GS. Nam, TS. Bình... cùng dự. Xong", ["Các ông GS. Nam, TS. Bình... cùng dự.", "Xong"]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("", []),
    ],
)
def test_abbreviations_initials_and_numbers_end_no_sentence(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split(text)] == expected


def test_two_long_texts_without_anything_in_common_are_compared_in_bounded_work() -> None:
    old = Version("t", "", " ".join(f"Câu cũ số {i}." for i in range(3000)))
    new = Version("t", "", " ".join(f"Điều mới thứ {i}." for i in range(3000)))
    assert len(compare(old, new)) == 6000
