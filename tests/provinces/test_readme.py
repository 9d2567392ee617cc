"""The page that explains the format names every key and kind that the loader knows."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from provinces.records import Agency, Landmark, LandmarkKind, Outlet, OutletKind, Predecessor, Scope

TEXT = Path("provinces/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("record", [Outlet, Agency, Landmark, Predecessor])
def test_every_field_is_explained(record: type) -> None:
    assert [field.name for field in fields(record) if f"`{field.name}`" not in TEXT] == []


@pytest.mark.parametrize("kinds", [LandmarkKind, OutletKind, Scope])
def test_every_kind_is_listed(kinds: type[LandmarkKind | OutletKind | Scope]) -> None:
    assert [str(kind) for kind in kinds if f"`{kind}`" not in TEXT] == []
