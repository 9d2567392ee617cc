"""The cue phrases of ``cues.toml`` as patterns over lower-case text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from classifiers.figures.concepts import word_pattern

FILE = Path(__file__).with_name("cues.toml")


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The phrases of one list."""
    return tuple(_table()[name])


@cache
def cue(name: str) -> re.Pattern[str]:
    """One list as a pattern of whole words."""
    return word_pattern(phrases(name))


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
