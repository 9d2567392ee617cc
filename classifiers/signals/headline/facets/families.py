"""Families of states that exclude each other, with the words that news use for them (``families.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

FAMILIES_FILE = Path(__file__).parent / "families.toml"


@dataclass(frozen=True)
class Family:
    """States of one matter. ``words``: by state, alternatives of a pattern; ``against``: by state, the states
    that speak against it; ``also``: by state, others that bear it out; ``loosely``: those that may;
    ``now``: states of today, which a promise does not speak against.
    """

    name: str
    words: Mapping[str, list[str]]
    against: Mapping[str, list[str]]
    also: Mapping[str, list[str]] = field(default_factory=dict)
    loosely: Mapping[str, list[str]] = field(default_factory=dict)
    now: list[str] = field(default_factory=list)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All words; the group that matched is the state."""
        return re.compile(
            "|".join(rf"(?P<{state}>\b(?:{'|'.join(words)})\b)" for state, words in self.words.items())
        )


FAMILIES = tuple(
    Family(**family) for family in tomllib.loads(FAMILIES_FILE.read_text(encoding="utf-8"))["family"]
)
