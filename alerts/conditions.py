"""The conditions of a rule on what was found in an article, beside its saved search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from search.port import Document

NEVER_ALONE = frozenset({"S5", "S6"})
"""Accusation without attribution, and wording: lawful or weak by themselves, they cause no alert."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Any of the values of one name, and all of the names; empty names ask nothing.

    signals     "S1" ... "S10", or "*" for any that may stand alone
    topics      topic ids                places   unit codes (a unit holds for all below it)
    about       province codes           kinds    newspaper, broadcaster, magazine, portal, aggregator
    scopes      local, national          min_size  articles that the story must have at least
    """

    signals: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    min_size: int = 1

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Conditions:
        """Raises ``ValueError`` for what is no stored form of conditions."""
        names = ("signals", "topics", "places", "about", "kinds", "scopes")
        unknown = set(stored) - {*names, "min_size"}
        if unknown:
            raise ValueError(f"unknown conditions: {', '.join(sorted(unknown))}")
        values = {name: tuple(str(value) for value in stored.get(name, ())) for name in names}
        return cls(**values, min_size=int(stored.get("min_size", 1)))

    def as_json(self) -> dict[str, Any]:
        """The stored form, without what asks nothing."""
        stored = {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }
        return {name: value for name, value in stored.items() if value not in ([], 1)}

    @property
    def empty(self) -> bool:
        """Whether every article fits."""
        return not (self.signals or self.topics or self.places or self.about or self.kinds or self.scopes)

    def matched_signals(self, document: Document) -> tuple[str, ...]:
        """The signals of an article that this rule asks for, none if only S5 and S6 are among them."""
        wanted = document.signals if "*" in self.signals else set(self.signals) & set(document.signals)
        found = tuple(signal for signal in document.signals if signal in wanted)
        return () if set(found) <= NEVER_ALONE else found

    def hold(self, document: Document) -> bool:
        """Whether an article fits, the size of its story left aside."""
        if self.signals and not self.matched_signals(document):
            return False
        pairs = (
            (self.topics, document.topics),
            (self.places, document.places),
            (self.about, document.about),
            (self.kinds, (document.outlet_kind,)),
            (self.scopes, (document.scope,)),
        )
        return all(not wanted or set(wanted) & set(have) for wanted, have in pairs)
