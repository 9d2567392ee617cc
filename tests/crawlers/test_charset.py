"""The bytes are trusted before headers and tags."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.text.charset import decode

TEXT = "Thủ tướng yêu cầu đẩy nhanh tiến độ đường vành đai, hoàn thành trước 30/6."
META = '<meta charset="{}">'


def test_utf8_wins_over_a_wrong_header_and_a_wrong_tag() -> None:
    body = (META.format("windows-1258") + TEXT).encode()
    assert decode(body, "text/html; charset=iso-8859-1").endswith(TEXT)


def test_decomposed_text_is_composed() -> None:
    assert decode(unicodedata.normalize("NFD", TEXT).encode(), "") == TEXT


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "text/html; charset=utf-8") == TEXT


def test_a_declared_windows_1258_page_is_read_and_composed() -> None:
    # The code page writes tone marks as letters of their own: 0xCC is a combining grave.
    body = META.format("windows-1258").encode() + b"c\xcc t\xea\xcc d\xea\xec"
    assert decode(body, "text/html; charset=utf-8") == META.format("windows-1258") + "c\u0300 tề dế"


def test_the_header_counts_when_the_bytes_are_not_utf8_and_nothing_is_declared() -> None:
    assert decode("café à la crème".encode("cp1252"), "text/html; charset=iso-8859-1") == "café à la crème"


def test_a_tag_that_claims_utf8_for_other_bytes_is_not_believed() -> None:
    body = META.format("utf-8").encode() + "Café Đà".encode("cp1258", "ignore") * 3
    assert "\ufffd" not in decode(body, "text/html; charset=windows-1258")


def test_one_broken_byte_among_good_ones_is_forgiven() -> None:
    body = TEXT.encode() * 3 + b"\xff" + TEXT.encode() * 3
    assert decode(body, "text/html; charset=iso-8859-1") == TEXT * 3 + "\ufffd" + TEXT * 3


def test_a_text_cut_within_a_letter_is_still_utf8() -> None:
    assert decode("đường".encode()[:-3], "text/html; charset=iso-8859-1").startswith("đư")


def test_control_characters_are_gone() -> None:
    assert decode(b"a\x00b\x01c\td\n", "") == "abc\td\n"


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["", "text/html; charset=utf-16", "x; charset=hex", "charset=punycode"]),
)
def test_any_bytes_become_nfc_text(body: bytes, content_type: str) -> None:
    text = decode(body, content_type)
    assert unicodedata.is_normalized("NFC", text)
    assert "\x00" not in text
