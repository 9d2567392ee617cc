"""Times as people read them."""

from __future__ import annotations

import pytest

from archive.vietnam import read_aloud


@pytest.mark.parametrize(
    "kept, read",
    [
        ("2026-11-25T09:57:00+00:00", "16:57 25/11/2026"),
        ("2026-11-25T18:30:00Z", "01:30 26/11/2026"),
        ("2026-11-25T16:57:00", "16:57 25/11/2026"),
        ("2026-11-25", "25/11/2026"),
        ("2005-01-01/2025-02-28", "01/01/2005 – 28/02/2025"),
        ("2025-03-01/", "từ 01/03/2025"),
        ("/2025-02-28", "đến 28/02/2025"),
        ("/", ""),
        ("", ""),
        ("12/2025", "12/2025"),
        ("12/09/2026", "12/09/2026"),
        ("2025", "2025"),
        ("năm học 2025-2026", "năm học 2025-2026"),
        ("2026-13-40T99", "2026-13-40T99"),
        ("hôm qua", "hôm qua"),
    ],
)
def test_a_time_is_read_as_a_letter_writes_it(kept: str, read: str) -> None:
    assert read_aloud(kept) == read
