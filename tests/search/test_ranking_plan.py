"""What is asked of the index to rank a query."""

from __future__ import annotations

from search.query import parse
from search.ranking import has_pairs, plan


def fields(query: str, neighbours: bool = True) -> set[tuple[str, str]]:
    planned = plan(parse(query), neighbours=neighbours)
    return {(scorer.field, " ".join(scorer.words)) for scorer in (*planned.required, *planned.optional)}


def test_words_without_marks_are_looked_for_in_folded_form_only() -> None:
    assert fields("lu") == {("words", "lu"), ("title", "lu")}


def test_words_with_marks_are_looked_for_in_both_forms() -> None:
    assert fields("lũ") == {("words", "lu"), ("title", "lu"), ("words_exact", "lũ"), ("title_exact", "lũ")}


def test_neighbours_count_where_the_engine_looks_at_them() -> None:
    pair = ("words", "lu quet")
    assert has_pairs(parse("lu quet"))
    assert pair in fields("lu quet")
    assert pair not in fields("lu quet", neighbours=False)
    assert not has_pairs(parse("lu OR quet"))
    assert not has_pairs(parse("lu -quet"))


def test_what_does_not_rank_is_required_without_a_score() -> None:
    planned = plan(parse("lu báo:a -bao"), neighbours=True)
    assert [scorer.words for scorer in planned.required] == [("lu",)]
    assert planned.rest is not None
    assert planned.typed is None
    assert plan(parse("lu"), neighbours=True).rest is None
