"""The judged findings and pairs that scores are fitted on. No texts: ids, features, labels."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FINDINGS = "judged_findings.jsonl"
PAIRS = "judged_pairs.jsonl"
THINGS = "judged_things.jsonl"
FIGURES = "judged_figures.jsonl"


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding as a person, or the label of its case, judged it.

    rule      "S2.count"
    source    a set of ``sets.toml``
    case      id of the case or the article
    group     what must not be split between fitting and trying: the event, else the case
    features  of rules with a model, else ()
    """

    rule: str
    source: str
    case: str
    group: str
    right: bool
    features: tuple[float, ...] = ()

    @property
    def seen(self) -> bool:
        """Whether the rules were written with its text at hand."""
        return bool(sets()[self.source]["seen"])

    @property
    def altered(self) -> bool:
        """Whether a number was changed so that it differs: right without anybody judging it."""
        return bool(sets()[self.source].get("altered", False))


@cache
def sets() -> dict[str, dict[str, Any]]:
    """What each set is, by name."""
    return tomllib.loads((HERE / "sets.toml").read_text(encoding="utf-8"))


def judged_findings() -> list[Judged]:
    """Findings of rules without a model."""
    return [Judged(r["rule"], r["set"], r["case"], r["case"], r["right"]) for r in _rows(FINDINGS)]


def judged_pairs() -> list[Judged]:
    """Pairs of numbers that S9 may compare, below its cut too."""
    return [
        Judged("S9.number", r["set"], r["case"], r["event"], r["right"], tuple(r["features"]))
        for r in _rows(PAIRS)
    ]


def judged_things() -> list[Judged]:
    """Numbers that count the same thing by what it is, below the cut too."""
    return [
        Judged("S9.thing", r["set"], r["case"], r["event"], r["right"], tuple(r["features"]))
        for r in _rows(THINGS)
    ]


def judged_figures() -> list[Judged]:
    """Figures that the checker of S1 found to differ."""
    return [
        Judged("S1.figure", r["set"], r["case"], r["case"], r["right"], tuple(r["features"]))
        for r in _rows(FIGURES)
    ]


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
