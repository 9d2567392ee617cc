"""The list of states that exclude each other, one line each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAIRS_FILE = Path(__file__).parent / "pairs.txt"
PARTS = 4
OWN = "@"
"""In place of what else bears a claim out: only its own word does."""


@dataclass(frozen=True, slots=True)
class Pair:
    """``claim``: how headlines tell a state; ``also``: how else a text bears it out, None when only by the
    claim's own word; ``against``: what the text says instead.
    """

    rule: str
    claim: re.Pattern[str]
    also: re.Pattern[str] | None
    against: re.Pattern[str]


def read_pairs(path: Path = PAIRS_FILE) -> tuple[Pair, ...]:
    """The lines of a file. Raises ValueError naming the line that has not four parts or a bad pattern."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.strip() for part in line.split(" ; ")]
        if len(parts) != PARTS:
            raise ValueError(f"{path.name}, line {number}: needs rule ; claim ; also ; against")
        rule, *words = parts
        try:
            claim, also, against = (re.compile(rf"\b(?:{alternatives})\b") for alternatives in words)
            found.append(Pair(rule, claim, None if words[1] == OWN else also, against))
        except re.error as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
    return tuple(found)


PAIRS = read_pairs()
