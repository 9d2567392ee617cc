"""Words of several syllables: worked out by underthesea, kept as marks, joined when indexed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from search.elastic.segmented import word_scorers
from search.query import parse
from search.text.normal import folded_runs, forms
from search.text.segments import marks, segmented

PARTS = ("Mưa lớn ở Hà Nội", "", "Chủ tịch Ủy ban nhân dân nói: “Sạt lở đất”.\n\nCá nhân nộp thuế")
RUNS = [folded_runs(part) for part in PARTS]


def test_syllables_of_one_word_are_joined() -> None:
    title, lead, text = segmented(RUNS, marks(PARTS))
    assert title == "ha_noi"
    assert lead == ""
    assert text.split()[:2] == ["chu_tich", "uy_ban_nhan_dan"]
    assert "ca_nhan" in text.split()


def test_there_is_a_mark_for_every_run_of_characters() -> None:
    assert [len(part) for part in marks(PARTS).split("/")] == [len(part.split()) for part in PARTS]


def test_without_marks_or_with_those_of_another_text_no_syllables_are_joined() -> None:
    for kept in ("", "0", "01/0/1", "0" * 5 + "//" + "1" * 99):
        assert segmented(RUNS, kept) == ["", "", ""]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=3, max_size=3))
def test_joined_words_stand_in_the_text_in_this_order(parts: list[str]) -> None:
    kept = marks(parts)
    for part, joined in zip(parts, segmented([*map(folded_runs, parts)], kept), strict=True):
        rest = iter(forms(part)[1])
        assert all(syllable in rest for syllable in joined.replace("_", " ").split())


def test_syllables_in_a_row_in_a_query_are_looked_up_as_words() -> None:
    assert _words('sở giáo dục "hà tĩnh"') == {
        "so_giao", "giao_duc", "duc_ha", "ha_tinh",
        "so_giao_duc", "giao_duc_ha", "duc_ha_tinh", "so_giao_duc_ha", "giao_duc_ha_tinh",
    }  # fmt: skip


def test_no_word_runs_across_what_parts_a_query() -> None:
    assert _words("giáo OR dục") == set()
    assert _words("giáo -dục") == set()
    assert _words("giáo tiêuđề:dục") == set()
    assert _words("lũ") == set()


def _words(query: str) -> set[str]:
    return {scorer.words[0] for scorer in word_scorers(parse(query))}
