"""The conditions of a rule on what was found in an article, beside its saved search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
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
    scopes      local, national

    Of the story (``alerts.reach``):
    min_size     articles at least       min_outlets  outlets at least
    tiers        local, national, aggregator: all of them must have printed it
    growth_count articles, or more, within growth_hours (0: not asked)

    Of the topic and the province (``alerts.spikes``):
    spike_hours  more articles than usual within so many hours (0: not asked), spike_count at least
    """

    signals: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    min_size: int = 1
    min_outlets: int = 1
    tiers: tuple[str, ...] = ()
    growth_count: int = 0
    growth_hours: int = 0
    spike_hours: int = 0
    spike_count: int = 5

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Conditions:
        """Raises ``ValueError`` for what is no stored form of conditions."""
        known = {field.name: field.default for field in fields(cls)}
        unknown = set(stored) - set(known)
        if unknown:
            raise ValueError(f"unknown conditions: {', '.join(sorted(unknown))}")
        values: dict[str, Any] = {
            name: tuple(map(str, value)) if known[name] == () else int(value)
            for name, value in stored.items()
        }
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        """The stored form, without what asks nothing."""
        nothing = asdict(Conditions())
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != nothing[name]
        }

    @property
    def empty(self) -> bool:
        """Whether every article fits, the story and the rhythm left aside."""
        return not (self.signals or self.topics or self.places or self.about or self.kinds or self.scopes)

    @property
    def patient(self) -> bool:
        """Whether something is asked of the story that a later article of it may bring."""
        return bool(self.min_size > 1 or self.min_outlets > 1 or self.tiers or self.growth_hours)

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
