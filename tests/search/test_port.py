"""Requests that make no sense are the caller's mistake and are refused when made."""

from __future__ import annotations

import pytest

from search.port import SearchRequest
from search.query import parse


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"size": 0}, "1 to 10000 hits"),
        ({"size": 10_001}, "1 to 10000 hits"),
        ({"facet_size": 0}, "1 to 10000 values"),
        ({"facets": ("outlet", "author")}, "author"),
    ],
)
def test_requests_out_of_bounds(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        SearchRequest(parse("lũ"), **wrong)  # type: ignore[arg-type]
