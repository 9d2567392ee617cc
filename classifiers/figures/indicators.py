"""The indicators of a register: what they count, in what kind of figure, and how articles may word them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classifiers.figures.concepts import WORD, Concept, Concepts, plain
from classifiers.figures.numbers.quantity import Kind
from classifiers.figures.register import Entry

NOUNS = tomllib.loads(Path(__file__).with_name("nouns.toml").read_text(encoding="utf-8"))
BASES = frozenset(NOUNS["bases"])
_SYNONYMS: dict[str, list[str]] = NOUNS["synonyms"]


@dataclass(frozen=True)
class Indicator:
    """One indicator of a province with all its entries, and what an article must word to mean it."""

    name: str
    kind: Kind
    entries: tuple[Entry, ...]
    wordings: tuple[tuple[Concept, ...], ...]
    heads: frozenset[str]
    per: float
    per_head: bool
    broad: bool
    of_the_economy: bool  # its growth: "Lam Giang tăng trưởng 8,74%" means it
    vocabulary: frozenset[str]  # every word of its names, unit, scope and wordings

    def is_worded_in(self, text: str, worded: dict[str, bool]) -> bool:
        """Whether a lower-case text words all concepts of the indicator somewhere.

        ``worded``: what is known of this text already, by the concept's id; added to.
        """
        if (self.broad and "người" in text) or (self.of_the_economy and "tăng trưởng" in text):
            return True
        return any(all(concept.is_in(text, worded) for concept in wording) for wording in self.wordings)

    def is_named_in(self, text: str, *, weak: bool = False) -> bool:
        """Whether a lower-case text words any of its concepts; ``weak``: one that tells little will do."""
        return any(
            concept.words.search(text)
            for wording in self.wordings
            for concept in wording
            if weak or not concept.weak
        )


def indicators_of(entries: Sequence[Entry], concepts: Concepts) -> list[Indicator]:
    """Group a province's entries by indicator."""
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.indicator, []).append(entry)
    return [_indicator(name, tuple(rows), concepts) for name, rows in grouped.items()]


def nouns_of(entries: Sequence[Entry]) -> frozenset[str]:
    """First words of everything the register counts."""
    words = set(BASES)
    for entry in entries:
        words |= _heads(entry)
    return frozenset(words)


def _indicator(name: str, rows: tuple[Entry, ...], concepts: Concepts) -> Indicator:
    unit = plain(rows[-1].unit)
    wordings = [concepts.of_name(name)]
    for alias in dict.fromkeys(alias for row in rows for alias in row.aliases):
        wordings.append(concepts.of_name(alias))
    heads = frozenset().union(*(_heads(row) for row in rows))
    rate = re.search(r"/\s*([\d.]+)\s*(?:dân|người|hộ)", unit)
    ids = {concept.id for concept in wordings[0]}
    return Indicator(
        name,
        _kind(unit, rows[-1]),
        rows,
        tuple(wording for wording in dict.fromkeys(wordings) if wording),
        heads,
        float(rate.group(1).replace(".", "")) if rate else 0.0,
        "/người" in unit,
        "dan-so" in ids,
        {"grdp", "tang-truong"} <= ids,
        _vocabulary(rows, wordings) | heads,
    )


def _vocabulary(rows: Sequence[Entry], wordings: Sequence[tuple[Concept, ...]]) -> frozenset[str]:
    texts = [t for row in rows for t in (row.indicator, row.unit, row.scope, *row.aliases)]
    texts += [p[0] for wording in wordings for concept in wording for p in concept.phrases if len(p) == 1]
    return frozenset(word for text in texts for word in WORD.findall(plain(text)))


def _kind(unit: str, row: Entry) -> Kind:
    if "usd" in unit:
        return Kind.USD
    if "đồng" in unit:
        return Kind.VND
    if unit.startswith(("km²", "km2", "ha")):
        return Kind.AREA
    if unit.startswith("%"):
        return Kind.PERCENT
    if row.is_ratio:
        return Kind.RANK if "xếp hạng" in plain(row.indicator) or "tỉnh" in unit else Kind.RATIO
    return Kind.COUNT


def _heads(entry: Entry) -> set[str]:
    """First words that may follow the number: from the unit and the names, with their synonyms."""
    words = set()
    for text in (entry.unit.split("/")[0].replace("%", " "), entry.indicator, *entry.aliases):
        pieces = WORD.findall(plain(text))
        words.update(pieces[:1])
    shared = entry.is_ratio or "%" in entry.unit  # of these the base may follow the figure too
    for piece in WORD.findall(plain(entry.indicator)) if shared else ():
        if piece in ("hộ", "xã", "huyện", "trường", "dân", "người"):
            words.add(piece)
    for word in tuple(words):
        words.update(_SYNONYMS.get(word, ()))
    return words
