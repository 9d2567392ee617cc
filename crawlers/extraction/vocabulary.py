"""The rules that are data: words of element names and of whole lines, from ``rules/*.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, list[str]]]:
    folder = resources.files("crawlers.extraction") / "rules"
    return {
        name: tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("names", "lines")
    }


@lru_cache(maxsize=64)
def name_pattern(kind: str) -> re.Pattern[str]:
    """Matches whole words anywhere in an element's names; ``kind`` is a key of ``names.toml``."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_words()['names'][kind])})(?!\w)")


@lru_cache(maxsize=64)
def alternatives(kind: str) -> str:
    """The expressions of a key of ``lines.toml`` as one group, to be built into a pattern."""
    return f"(?:{'|'.join(_words()['lines'][kind])})"


@lru_cache(maxsize=64)
def line_pattern(template: str) -> re.Pattern[str]:
    """``template`` with each ``{kind}`` replaced by its alternatives."""
    filled = re.sub(r"\{([a-z_]+)\}", lambda m: alternatives(m.group(1)), template)
    return re.compile(filled, re.IGNORECASE)
