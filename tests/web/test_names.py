"""Officers read names, not codes; those of the profile's own units too."""

from __future__ import annotations

import pytest

from web.names import place_name


@pytest.mark.parametrize(
    ("code", "name"), [("42", "Tỉnh Hà Tĩnh"), ("LG011", "Xã Hạ Sậy"), ("LG", "Tỉnh Lam Giang")]
)
def test_a_unit_is_shown_by_its_full_name(code: str, name: str) -> None:
    assert place_name(code) == name


def test_a_code_that_nobody_knows_stays_a_code() -> None:
    assert place_name("ZZ9") == "ZZ9"
