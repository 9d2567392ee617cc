"""What an indicator's name is made of, and which words of an article say the same.

A name is cut into concepts by ``concepts.toml``; a word the file does not know is a concept of its own.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from provinces.spelling import canonical, lower_same_length

FILE = Path(__file__).with_name("concepts.toml")
GAP = "…"
WORD = re.compile(r"[^\W\d_]+")
_GAP_WORDS = r"(?:\w+[ ]){0,12}"


def plain(text: str) -> str:
    """Lower case, NFC, traditional tones, single spaces: the form everything is compared in."""
    return " ".join(lower_same_length(canonical(text)).split())


def word_pattern(phrases: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as whole words, the longest first; " … " stands for up to twelve words."""
    ordered = sorted({plain(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    options = "|".join(re.escape(phrase).replace(rf"{GAP}\ ", _GAP_WORDS) for phrase in ordered)
    return re.compile(rf"(?<!\w)(?:{options})(?!\w)")


@dataclass(frozen=True)
class Concept:
    """One concept: how articles word it, and what in the same clause makes it something else."""

    id: str
    words: re.Pattern[str]
    not_with: re.Pattern[str] | None
    weak: bool
    beside: bool  # must stand right beside the figure
    narrow: bool  # a total of which ``not_with`` is a part is another figure
    near: bool  # must stand in the clause itself, or shortly before
    names: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]  # each cut at its gaps

    def is_in(self, text: str, worded: dict[str, bool]) -> bool:
        """Whether a lower-case text words it anywhere; remembered in ``worded``."""
        known = worded.get(self.id)
        if known is None:
            # Most articles hold none of the phrases, and plain search is much faster than the pattern.
            held = any(all(part in text for part in phrase) for phrase in self.phrases)
            known = held and bool(self.words.search(text))
            worded[self.id] = known
        return known

    @property
    def weight(self) -> float:
        """How much it tells about the indicator."""
        return 0.4 if self.weak else 1.0


class Concepts:
    """The concepts of ``concepts.toml``."""

    def __init__(self, table: dict[str, object]) -> None:
        self._concepts: dict[str, Concept] = {}
        names: dict[str, str] = {}
        listed = table["concept"]
        assert isinstance(listed, dict)
        for ident, entry in listed.items():
            for name in entry.get("names", entry["words"]):
                names[plain(name)] = ident
            self._concepts[ident] = Concept(
                ident,
                word_pattern(entry["words"]),
                word_pattern(entry["not_with"]) if entry.get("not_with") else None,
                bool(entry.get("weak")),
                bool(entry.get("beside")),
                bool(entry.get("narrow")),
                bool(entry.get("near")),
                frozenset(plain(name) for name in entry.get("names", entry["words"])),
                tuple(tuple(part.strip() for part in plain(word).split(GAP)) for word in entry["words"]),
            )
        soft = table["soft"]
        assert isinstance(soft, list)
        self._names = names
        self._soft = frozenset(plain(word) for word in soft)
        self._cutter = re.compile(rf"{word_pattern([*names, *self._soft]).pattern}|\w+")

    def of_name(self, name: str) -> tuple[Concept, ...]:
        """The concepts that an article must word to mean the indicator called ``name``."""
        found: dict[str, Concept] = {}
        for match in self._cutter.finditer(plain(name)):
            piece = match.group()
            if piece in self._soft:
                continue
            ident = self._names.get(piece, piece)
            found[ident] = self._concepts.get(ident) or Concept(
                ident,
                word_pattern([piece]),
                None,
                False,
                False,
                False,
                False,
                frozenset([piece]),
                ((piece,),),
            )
        return tuple(found.values())


@cache
def load_concepts() -> Concepts:
    """The shipped concepts."""
    return Concepts(tomllib.loads(FILE.read_text(encoding="utf-8")))
