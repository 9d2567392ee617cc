"""Figures of districts and communes: compared with claims that name that unit, and with no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classifiers.figures.binding import Bound
from classifiers.figures.places import Area, Scope, Whose
from classifiers.figures.reading import Read
from classifiers.figures.register import Entry
from classifiers.figures.units import LocalUnit, Tier, homes
from provinces.gazetteer.units import REFORM
from provinces.spelling import canonical, without_marks


def by_indicator(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that stand for their indicator: the province's, and local ones where it has none."""
    whole = {entry.indicator for entry in entries if entry.local is None}
    return [entry for entry in entries if entry.local is None or entry.indicator not in whole]


class LocalFigures:
    """The local entries of one province's register."""

    def __init__(self, entries: Sequence[Entry], area: Area) -> None:
        self._area = area
        self._entries: dict[tuple[str, LocalUnit], tuple[Entry, ...]] = {}
        for entry in entries:
            if entry.local is not None:
                key = (entry.indicator, entry.local)
                self._entries[key] = (*self._entries.get(key, ()), entry)

    def compared_with(self, bound: Bound, found: Whose, read: Read) -> tuple[Bound, Scope]:
        """The entries that a claim is to be compared with, and how its scope relates to theirs."""
        if not self._entries:
            return bound, found.scope
        unit = self._meant(found.unit, read) if found.scope is Scope.OTHER and found.unit else None
        own = self._entries.get((bound.indicator.name, unit)) if unit else None
        if own:
            scope = Scope.FORMER if found.former else Scope.SAME
            return replace(bound, indicator=replace(bound.indicator, entries=own)), scope
        is_local = bound.indicator.entries[0].local is not None
        return bound, Scope.OTHER if is_local else found.scope

    def _meant(self, unit: LocalUnit, read: Read) -> LocalUnit | None:
        """The unit of this province that is meant; None when it may be another one of that name."""
        if unit.tier is Tier.UNSAID:
            tiers = {named.tier for named in read.units() if named.name == unit.name}
            if len(tiers) > 1 or (not tiers and read.published >= REFORM):
                return None
            unit = replace(unit, tier=tiers.pop() if tiers else Tier.DISTRICT)
        own = {*self._area.names, *self._area.wholes}
        provinces = homes(unit)
        if provinces and provinces <= own:
            return unit
        named = without_marks(canonical(read.whole))
        others = provinces - own
        if any(without_marks(name).lower() in named for name in others):
            return None
        return unit if any(without_marks(name).lower() in named for name in own) else None
