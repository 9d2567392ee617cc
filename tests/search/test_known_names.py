"""A name that nothing can carry is told with its place and with names that exist."""

from __future__ import annotations

from search.query import parse
from search.query.known import unknown_names
from search.query.values import outlet_keys, topic_keys

KNOWN = {
    "outlet": dict.fromkeys(outlet_keys("bao-lam-giang", "Báo Lam Giang"), "Báo Lam Giang"),
    "topic": dict.fromkeys(topic_keys("Thiên tai, thời tiết"), "Thiên tai, thời tiết"),
}


def test_names_that_exist_are_not_told_in_any_spelling() -> None:
    query = parse('báo:"Lam Giang" OR báo:bao-lam-giang chủđề:"thoi tiet" nơi:"Nơi nào đó" loại:báo')
    assert unknown_names(query, KNOWN) == []


def test_an_unknown_name_is_told_where_it_stands_with_what_is_like_it() -> None:
    text = 'lũ -báo:"Lam Gianh" (chủđề:"thiên tại" OR chủđề:vũtrụ)'
    outlet, unheard = unknown_names(parse(text), KNOWN)
    assert (outlet.field, text[outlet.start : outlet.end]) == ("outlet", '"Lam Gianh"')
    assert outlet.suggestions == ("Báo Lam Giang",)
    assert (unheard.field, unheard.typed, unheard.suggestions) == ("topic", "vũtrụ", ())
