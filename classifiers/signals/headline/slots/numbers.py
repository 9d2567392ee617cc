"""Slots of numbers: one of the title that the text does not have, and one it has instead."""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.signals.headline.candidate import clause
from classifiers.signals.headline.counts import (
    LABEL,
    LIMIT,
    PER,
    ahead,
    countable,
    outcome_of,
    same_thing,
    supported,
)
from classifiers.signals.headline.slots.slot import Place, Slot, best_place
from classifiers.signals.reading import Reading

NUMBER_FEATURES = ("label", "same unit", "percent", "ratio")
MOST = 4


def numbers(target: Reading) -> Iterator[Slot]:
    """Five dead in the title, two in the text."""
    title = target.title.text
    if (
        "thương vong" in title or "con giáp" in title
    ):  # dead and injured together, which the text gives one by one
        return
    for ours in target.title_quantities:
        if (
            PER.match(title[ours.end :])
            or not countable(ours)
            or supported(ours, target)
            or "độ" in ours.unit[:1]
        ):
            continue
        outcome = outcome_of(title, ours)
        rivals: dict[float, list[Place]] = {}
        units: dict[float, tuple[str, ...]] = {}
        for sentence, theirs in target.quantities:
            if theirs.percent != ours.percent or theirs.agrees(ours):
                continue
            if LIMIT.search(sentence.text[max(0, theirs.start - 24) : theirs.start]):
                continue
            if outcome is not None and not outcome.search(ahead(sentence.text, theirs)):
                continue
            if ours.percent or same_thing(ours, theirs):
                rivals.setdefault(theirs.value, []).append(Place(sentence, theirs.start, theirs.end))
                units[theirs.value] = theirs.unit
        if not rivals:
            continue
        looked = [
            (value, *best_place(target, ours.start, ours.end, places[:MOST], len(rivals), len(places)))
            for value, places in rivals.items()
        ]
        value, place, features = max(looked, key=lambda f: f[2][0] + f[2][1] + 0.3 * f[2][3] + 0.2 * f[2][7])
        more = (
            float(bool(LABEL.match(title)) and ours.start < title.find(":")),
            float(units[value][:2] == ours.unit[:2]),
            float(ours.percent),
            min(value, ours.value) / max(value, ours.value, 1e-9),
        )
        _, end = clause(title, ours.start, ours.end)
        begin, stop = clause(place.sentence.text, place.start, place.end)
        yield Slot("number", ours.start, end, place.sentence, begin, stop, features + more)
