"""Pages: complete, without repetition, and steady while articles come in."""

from __future__ import annotations

import pytest

from search.port import CursorError, SearchRequest, Sort
from search.query import parse
from tests.search.contract.conftest import Filled
from tests.search.makers import Store, all_pages, document


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_hold_every_match_once(filled: Filled, sort: Sort) -> None:
    engine = filled(*(document(number, "lũ " * (number % 5 + 1)) for number in range(1, 54)))
    numbers = all_pages(engine, "lũ", 10, sort)
    assert sorted(numbers) == list(range(1, 54))
    whole = engine.search(SearchRequest(parse("lũ"), sort=sort, size=53))
    assert [hit.id for hit in whole.hits] == numbers
    assert whole.next_cursor is None


@pytest.mark.parametrize("size", [1, 4, 7, 10, 11])
def test_pages_go_on_from_what_is_written_as_typed_to_the_rest(filled: Filled, size: int) -> None:
    texts = [
        "mã tùy " * (number % 4 + 1) if number % 2 else "ma túy " * (number % 3 + 1) for number in range(20)
    ]
    engine = filled(*(document(number, text) for number, text in enumerate(texts)))
    whole = engine.search(SearchRequest(parse("ma túy"), size=50))
    numbers = all_pages(engine, "ma túy", size, Sort.RELEVANCE)
    assert numbers == [hit.id for hit in whole.hits]
    assert [number % 2 for number in numbers] == [0] * 10 + [1] * 10


@pytest.mark.parametrize("apart", [1, 6, 40])
def test_pages_of_near_are_complete_wherever_places_are_compared(
    filled: Filled, monkeypatch: pytest.MonkeyPatch, apart: int
) -> None:
    """Every ``apart``-th article has the words near each other; the others have them further away."""
    for engine in ("embedded", "elastic"):
        monkeypatch.setattr(f"search.{engine}.best.CANDIDATES", 8)
    texts = {
        number: ("ma túy " if number % 3 else "mã tùy ")
        if number % apart == 0
        else "ma " + "x " * (number % 7 + 3) + "túy"
        for number in range(60)
    }
    engine = filled(*(document(number, text) for number, text in texts.items()))
    near = [number for number in texts if number % apart == 0]
    numbers = all_pages(engine, "ma NEAR/2 túy", 3, Sort.RELEVANCE)
    assert sorted(numbers) == near
    whole = engine.search(SearchRequest(parse("ma NEAR/2 túy"), size=60))
    assert numbers == [hit.id for hit in whole.hits]
    assert whole.total == len(near)


@pytest.mark.parametrize("sort", list(Sort))
def test_additions_neither_repeat_nor_skip(filled: Filled, store: Store, sort: Sort) -> None:
    engine = filled(*(document(number, "lũ " * (number % 5 + 1)) for number in range(100, 130)))
    seen: list[int] = []
    cursor = None
    for turn in range(10):
        request = SearchRequest(parse("lũ"), sort=sort, size=7, cursor=cursor)
        result = engine.search(request)
        seen += [hit.id for hit in result.hits]
        cursor = result.next_cursor
        if cursor is None:
            break
        engine.index(
            store.keep([document(turn, "lũ lũ lũ lũ"), document(200 + turn, "lũ"), document(300, "đê")])
        )
    assert len(seen) == len(set(seen))
    assert set(range(100, 130)) <= set(seen)


@pytest.mark.parametrize("cursor", ["", "x", "!!", "eyJ", "W10", "bnVsbA", "eyJzb3J0IjoibmV3ZXN0In0"])
def test_a_cursor_of_another_hand_is_refused(filled: Filled, cursor: str) -> None:
    engine = filled(document(1, "lũ"))
    request = SearchRequest(parse("lũ"), sort=Sort.NEWEST, cursor=cursor)
    if cursor:
        with pytest.raises(CursorError):
            engine.search(request)
    else:
        assert engine.search(request).total == 1


def test_a_cursor_of_another_order_is_refused(filled: Filled) -> None:
    engine = filled(*(document(number, "lũ") for number in range(3)))
    newest = engine.search(SearchRequest(parse("lũ"), sort=Sort.NEWEST, size=1))
    with pytest.raises(CursorError):
        engine.search(SearchRequest(parse("lũ"), sort=Sort.OLDEST, size=1, cursor=newest.next_cursor))
