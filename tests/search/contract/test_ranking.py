"""Which matches come first."""

from __future__ import annotations

import pytest

from search.port import Sort
from tests.search.contract.conftest import Filled
from tests.search.makers import document, found


@pytest.mark.parametrize(
    ("query", "exact", "other"),
    [
        ("má", "Bà má nuôi quân", "Chuyện ma ma ma ma ma"),
        ("ma túy", "Bắt vụ ma túy lớn", "Mã tùy chọn, mã tùy chọn, mã tùy chọn"),
        ("đà nẵng", "Bão tới Đà Nẵng", "Da nang da nang da nang"),
        ('"lở đất"', "Cảnh báo lở đất", "Lo dat, lo đạt, lọ đất"),
        ("hoà bình", "Thủy điện Hòa Bình", "Hoa binh hoa binh"),
        ("lũ NEAR/3 quét", "Lũ và quét", "Lu quet lu quet lu quet"),
    ],
)
def test_what_was_typed_with_marks_comes_before_what_matches_without(
    filled: Filled, query: str, exact: str, other: str
) -> None:
    engine = filled(document(1, "x", exact), document(2, other, other), document(3, other))
    ids = found(engine, query)
    assert ids[0] == 1
    assert set(ids) == {1, 2, 3}


def test_a_match_in_the_title_comes_before_one_in_the_text(filled: Filled) -> None:
    engine = filled(
        document(1, "Chuyện xã Nậm Khao", "tin về đê điều ở đây"), document(2, "Đê điều", "tin ở đây")
    )
    assert found(engine, "đê điều") == [2, 1]
    assert found(engine, "de dieu") == [2, 1]


def test_words_that_stand_together_come_before_scattered_ones(filled: Filled) -> None:
    # Each word once on both sides: deleted documents of other tests still count in a shard's statistics.
    scattered = "lũ về làng, người dân mượn máy quét bùn và sửa nhà"
    engine = filled(
        document(1, "x", "tin về lũ quét ở xã, người dân dọn bùn và sửa nhà"), document(2, "x", scattered)
    )
    assert found(engine, "lũ quét") == [1, 2]
    assert found(engine, "lu quet") == [1, 2]


def test_newest_and_oldest_first(filled: Filled) -> None:
    engine = filled(*(document(number, "lũ") for number in (3, 1, 2)))
    assert found(engine, "lũ", sort=Sort.NEWEST) == [3, 2, 1]
    assert found(engine, "lũ", sort=Sort.OLDEST) == [1, 2, 3]


def test_articles_of_one_minute_are_ordered_by_id(filled: Filled) -> None:
    same = document(1, "lũ").published_at
    engine = filled(*(document(number, "lũ", published_at=same) for number in (12, 10, 11)))
    assert found(engine, "lũ", sort=Sort.NEWEST) == [12, 11, 10]


def test_without_words_the_newest_come_first(filled: Filled) -> None:
    engine = filled(*(document(number, "lũ") for number in range(1, 4)))
    assert found(engine, "") == [3, 2, 1]
    assert found(engine, "-bão") == [3, 2, 1]
    assert found(engine, "báo:bao-lam-giang") == [3, 2, 1]
