"""Cutting text into syllables."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.topics.tokens import normalise, syllables


def test_newer_and_older_tone_style_are_one_syllable() -> None:
    assert normalise("Hoà") == normalise("hòa") == "hòa"
    assert normalise("thuỷ") == "thủy"
    assert normalise("quý") == "quý"


def test_clause_boundaries_are_kept() -> None:
    assert syllables("Mưa to, gió lớn 80km/h.").joined == " mưa to | gió lớn km h | "


def test_nfd_text_gives_the_same_syllables_with_its_own_offsets() -> None:
    composed = "Sạt lở ở xã Đồng Thượng"
    decomposed = unicodedata.normalize("NFD", composed)
    cut = syllables(decomposed)
    assert cut.joined == syllables(composed).joined
    assert decomposed[cut.places[-1][1] : cut.places[-1][2]] == unicodedata.normalize("NFD", "Thượng")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_places_point_at_the_syllables(text: str) -> None:
    cut = syllables(text)
    for number, (offset, start, end) in enumerate(cut.places):
        assert cut.joined.startswith(normalise(text[start:end]) + " ", offset)
        assert cut.number_at(offset) == number
