"""What is asked of the index to rank a query."""

from __future__ import annotations

from search.query import parse
from search.query.tree import And, Near, Node, Term
from search.ranking import plan


def fields(query: str) -> set[tuple[str, str]]:
    planned = plan(parse(query))
    return {(scorer.field, " ".join(scorer.words)) for scorer in (*planned.required, *planned.optional)}


def test_words_without_marks_are_looked_for_in_folded_form_only() -> None:
    assert fields("lu") == {("words", "lu"), ("title", "lu")}


def test_words_with_marks_are_looked_for_in_both_forms() -> None:
    assert fields("lũ") == {("words", "lu"), ("title", "lu"), ("words_exact", "lũ"), ("title_exact", "lũ")}


def test_words_side_by_side_are_neighbours() -> None:
    def neighbours(query: str) -> list[str]:
        return [" ".join(scorer.words) for scorer in plan(parse(query)).neighbours]

    assert neighbours("lu quet lon") == ["lu quet", "quet lon"]
    assert neighbours('"lu quet" lon') == ["lu quet lon"]
    assert neighbours("lu OR quet") == neighbours("lu -quet") == neighbours("tieude:lu quet") == []


def test_what_does_not_rank_is_required_without_a_score() -> None:
    planned = plan(parse("lu báo:a -bao"))
    assert [scorer.words for scorer in planned.required] == [("lu",)]
    assert planned.rest is not None
    assert planned.typed is None
    assert plan(parse("lu")).rest is None


def test_near_is_checked_apart_and_its_sides_are_required() -> None:
    planned = plan(parse("lu NEAR/3 quet báo:a"))
    assert [scorer.words for scorer in planned.required] == [("lu",), ("quet",)]
    assert planned.near == And((Near(*_sides(planned.near), 3),))
    assert planned.rest is not None
    assert plan(parse("lu quet")).near is None


def _sides(near: Node | None) -> tuple[Term, Term]:
    assert isinstance(near, And)
    (only,) = near.parts
    assert isinstance(only, Near)
    return only.left, only.right
