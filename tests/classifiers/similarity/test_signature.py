"""A signature depends on the words alone, and survives being stored."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.similarity.marks import names, numbers
from classifiers.similarity.signature import FEWEST, Signature, SignatureError, signature
from tests.classifiers.similarity.writing import text

SPACES = st.sampled_from([" ", "  ", "\n", "\t", " \n\n ", "\u00a0"])
WORDS = st.lists(
    st.sampled_from(
        ["xã", "Hòa", "Bình", "khánh", "thành", "cầu", "thủy", "điện", "1.200", "khỏe", "huyện", "được"]
    ),
    max_size=60,
)


def same(a: Signature, b: Signature) -> bool:
    return a.pack() == b.pack()


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_normal_form_makes_no_difference(words: list[str]) -> None:
    written = " ".join(words)
    decomposed = unicodedata.normalize("NFD", written)
    assert same(signature(written, written), signature(decomposed, decomposed))


@settings(max_examples=60, deadline=None)
@given(WORDS, st.data())
def test_white_space_makes_no_difference_to_the_sketch(words: list[str], data: st.DataObject) -> None:
    spaced = "".join(word + data.draw(SPACES) for word in words)
    assert np.array_equal(signature(" ".join(words)).sketch, signature(spaced).sketch)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_tone_style_makes_no_difference(words: list[str]) -> None:
    older = " ".join(words)
    newer = older.replace("òa", "oà").replace("ủy", "uỷ").replace("ỏe", "oẻ")
    assert same(signature(older, older), signature(newer, newer))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_has_a_signature_that_can_be_stored(body: str, title: str) -> None:
    made = signature(body, title)
    assert same(Signature.unpack(made.pack()), made)
    assert np.all(np.diff(made.sketch.astype(np.int64)) > 0)


def test_punctuation_case_and_invisible_characters_make_no_difference_to_the_sketch() -> None:
    body = text(1)
    changed = body.upper().replace(".", " …!”").replace("SẠT", "SẠ\u200bT")
    assert np.array_equal(signature(body).sketch, signature(changed).sketch)


def test_another_process_makes_the_same_signature() -> None:
    imported = "from classifiers.similarity.signature import signature"
    code = f"{imported}; print(signature('Thông xe cầu Lam Giang').pack().hex())"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == signature("Thông xe cầu Lam Giang").pack().hex()


def test_a_sketch_keeps_about_an_eighth_but_of_a_short_text_at_least_a_few() -> None:
    assert 60 < len(signature(text(2, 90)).sketch) < 240
    assert len(signature(text(3, 3)).sketch) == FEWEST
    assert len(signature("").sketch) == 0


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x63" + bytes(8), signature("một hai").pack()[:-1]])
def test_bytes_that_are_no_signature_are_told(data: bytes) -> None:
    with pytest.raises(SignatureError):
        Signature.unpack(data)


def test_names_are_runs_of_capitals_without_what_opens_a_sentence() -> None:
    found = names("Tại Hòa Bình, ông Nguyễn Văn Đức gặp Sở Y tế. Theo Báo Đồi Chè, Anh nói.")
    assert found == ["hòa bình", "nguyễn văn đức", "sở y", "báo đồi chè"]


def test_numbers_carry_what_they_count() -> None:
    assert numbers("Có 1.300 cây, 5 nhà, ngày 29/5") == {"1.300 cây", "29/5"}
