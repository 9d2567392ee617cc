"""Working days that were swapped by announcement, as dated data (``national/workdays.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provinces.toml_table import read_table

_FILE = Path(__file__).resolve().parent / "national" / "workdays.toml"


@dataclass(frozen=True, slots=True)
class Swap:
    """``rest`` was a working day and is free; ``work`` was free and is worked instead."""

    rest: date
    work: date
    document: str


def load_swaps(file: Path = _FILE) -> tuple[Swap, ...]:
    """Every swap of the file. Raises ``ProfileError``."""
    root = read_table(file)
    root.allow("swap")
    swaps: list[Swap] = []
    for table in root.tables("swap"):
        table.allow("rest", "work", "document", "source")
        rest, work = table.day("rest", required=True), table.day("work", required=True)
        assert rest is not None and work is not None
        if rest == work:
            table.fail("work", "is the same day as rest; correct one of them")
        table.text("source")
        swaps.append(Swap(rest, work, table.text("document")))
    return tuple(swaps)
