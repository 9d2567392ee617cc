"""What a word is, and its two forms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.values import outlet_keys, place_key
from search.text.normal import cut, fold, forms, joined_forms, one_tone_style, word_forms


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *(
            pair.split()
            for pair in ("hoà hòa", "hoạ họa", "khoẻ khỏe", "thuý thúy", "uỷ ủy", "luỹ lũy", "toà tòa")
        ),
        *(
            pair.split()
            for pair in ("hòan hoàn", "tòan toàn", "hùynh huỳnh", "qúy quý", "hoè hòe", "loá lóa")
        ),
        *(
            (same, same)
            for same in [
                "quý",
                "quỳ",
                "hoàn",
                "huỳnh",
                "hoài",
                "thuở",
                "ngoèo",
                "y",
                "lý",
                "lí",
                "của",
                "mía",
                "giá",
                "tuần",
                "đóa",
            ]
        ),
    ],
)
def test_one_tone_style(written: str, expected: str) -> None:
    assert one_tone_style(written) == expected
    assert one_tone_style(expected) == expected


def test_every_vietnamese_letter_folds_to_ascii() -> None:
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    for vowel in vowels:
        for tone in tones:
            for letter in {
                unicodedata.normalize("NFC", vowel + tone),
                unicodedata.normalize("NFC", vowel + tone).upper(),
            }:
                assert fold(letter) == unicodedata.normalize("NFD", vowel)[0].replace("ơ", "o").replace(
                    "ư", "u"
                )
    assert fold("Đđ") == "dd"


def test_forms_of_a_sentence() -> None:
    exact, folded = forms("Uỷ ban xã Hoà Bình: 99,5% số hộ—đã_có điện.")
    assert exact == ["ủy", "ban", "xã", "hòa", "bình", "99", "5", "số", "hộ", "đã", "có", "điện"]
    assert folded == ["uy", "ban", "xa", "hoa", "binh", "99", "5", "so", "ho", "da", "co", "dien"]


def test_invisible_signs_within_a_word_do_not_cut_it() -> None:
    assert forms("đư\u00adờng sắ\u200bt")[0] == ["đường", "sắt"]


@given(st.text(max_size=60))
def test_cutting_loses_nothing_and_agrees_with_forms(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    parts = cut(text)
    assert "".join(parts) == text
    pairs = [word_forms(raw) for raw in parts[1::2]]
    exact, folded = forms(text)
    assert [pair[0] for pair in pairs] == exact
    assert [pair[1] for pair in pairs] == folded
    assert not any(c.isspace() for word in (*exact, *folded) for c in word)


@given(st.text(max_size=60))
def test_the_fast_path_gives_the_same_words(text: str) -> None:
    exact, runs = joined_forms(text)
    words = [[word for word in joined.split(" ") if word] for joined in (exact, " ".join(runs))]
    assert words == list(forms(text))


@given(st.text(max_size=40))
def test_decomposed_text_has_the_same_words(text: str) -> None:
    assert forms(unicodedata.normalize("NFD", text)) == forms(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tỉnh Hà Tĩnh", "hatinh"),
        ("Hà Tĩnh", "hatinh"),
        ("Quận 1", "quan1"),
        ("thị xã Kỳ Anh", "kyanh"),
        ("Xã", "xa"),
        ("42", "42"),
    ],
)
def test_a_place_may_be_named_with_or_without_its_unit(name: str, expected: str) -> None:
    assert place_key(name) == expected


def test_an_outlet_may_be_named_in_three_ways() -> None:
    assert outlet_keys("ha-tinh", "Báo Hà Tĩnh") == ("hatinh", "baohatinh")
    assert outlet_keys("tt", "Báo Tuổi Trẻ") == ("tt", "baotuoitre", "tuoitre")
