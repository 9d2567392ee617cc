"""Numbers of two reports of one event that count the same thing and differ, by what each counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from classifiers.records import Field
from classifiers.signals.events import Overlap
from classifiers.signals.number_pairs import AT_ONCE, alike, grows, same_time
from classifiers.signals.reach import at_odds
from classifiers.signals.reading import words_of
from classifiers.signals.stated import Stated
from classifiers.signals.things import (
    PEOPLE,
    Thing,
    acts_that,
    background,
    in_common,
    may_be_same,
    of_one_sort,
)
from classifiers.signals.wording import content_words

LEAST = 2
"""What two numbers that stand alone for their kind must have in common at least (``things.in_common``)."""
UNNAMED = 3
"""The same for things that ``things.toml`` does not name."""
MUCH = 5
CLEARLY = 3
"""What they must have in common when others might do as well, and by how much more than those."""
PLAIN = 10
FAR = 0.12
"""Numbers further apart count different things, unless they look like slips of each other."""
FEATURES = (
    "shared words",
    "shared acts",
    "shared words of the sentences",
    "same text",
    "other numbers agree",
    "only one",
    "same time",
    "alike digits",
    "ratio",
    "soon after",
    "same toll",
)
"""What speaks for a pair, each 0..1, in the order of ``ThingPair.features``."""

TOLLS, LASTING, SHIFTING, GROWS, SETTLED = (
    acts_that(name) for name in ("toll", "lasting", "shifting", "growing", "settled")
)


@dataclass(frozen=True, slots=True)
class ThingPair:
    """A number of ours and theirs for the same thing; ``features`` as ``FEATURES`` names them."""

    ours: Stated
    theirs: Stated
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reports:
    """Two reports: their lowered texts, what they share, the time between them, and whether ours is later."""

    our_text: str
    their_text: str
    shared: Overlap
    gap: timedelta
    later: bool


def thing_pairs(ours: Sequence[Thing], theirs: Sequence[Thing], reports: Reports) -> Iterator[ThingPair]:
    """Pairs of numbers that differ, in the order of ours."""
    left = [one for one in ours if not _told(one, theirs) and not background(one)]
    right = [one for one in theirs if not _told(one, ours) and not background(one)]
    for mine in left:
        rivals = [rival for rival in right if may_be_same(mine, rival)]
        ranked = sorted(rivals, key=lambda rival: -in_common(mine, rival))
        if not ranked:
            continue
        best = ranked[0]
        others = [in_common(mine, rival) for rival in ranked[1:]]
        others += [in_common(one, best) for one in left if one is not mine and may_be_same(one, best)]
        common = in_common(mine, best)
        least = LEAST if mine.kind.name else UNNAMED
        if common < (MUCH if others else least) or (others and common < max(others) + CLEARLY):
            continue
        one, other = mine.quantity.value, best.quantity.value
        if min(one, other) < FAR * max(one, other) and not alike(one, other):
            continue
        places = _places(mine, best, reports)
        if places is None or _is_news(mine, best, *places, reports):
            continue
        agreeing = min(1 - len(left) / len(ours), 1 - len(right) / len(theirs))
        yield ThingPair(*places, _features(mine, best, places, reports, agreeing, not others))


def _told(one: Thing, others: Sequence[Thing]) -> bool:
    """Whether the others hold the same number, or two that make it together."""
    alike = [o for o in others if _alike(one, o)]
    if any(one.agrees(other) for other in alike):
        return True
    return adds_up(one, others)


def adds_up(one: Thing, others: Sequence[Thing]) -> bool:
    """Whether two numbers of the others make it together."""
    value = one.quantity.value
    values = {o.quantity.value for o in others if may_be_same(one, o) or of_one_sort(one, o)}
    sums = {a + b for a in values for b in values if a < b}
    return any(abs(a + b - value) < 1e-6 * value for a in values - sums for b in values - sums if a < b)


def _alike(one: Thing, other: Thing) -> bool:
    """Whether the same number of both is no mere chance."""
    if one.kind.name == other.kind.name == PEOPLE or not (one.kind.name and other.kind.name):
        return max(one.quantity.value, other.quantity.value) >= PLAIN or may_be_same(one, other)
    return one.kind.name == other.kind.name and one.kind.per == other.kind.per


def _places(mine: Thing, rival: Thing, reports: Reports) -> tuple[Stated, Stated] | None:
    """Where both say so in words that nothing speaks against, those with most words in common."""
    places = [
        (len(a.near & b.near), a, b)
        for a in _in_the_text(mine)
        for b in _in_the_text(rival)
        if not at_odds(a, b, reports.our_text, reports.their_text)
    ]
    if not places:
        return None
    _, ours, theirs = max(places, key=lambda place: place[0])
    return ours, theirs


def _in_the_text(thing: Thing) -> tuple[Stated, ...]:
    """Where it is stated; in the headline only where the text does not say so again."""
    return tuple(s for s in thing.stated if s.sentence.field != Field.TITLE) or thing.stated


def _features(
    mine: Thing,
    rival: Thing,
    places: tuple[Stated, Stated],
    reports: Reports,
    agreeing: float,
    alone: bool,
) -> tuple[float, ...]:
    ours, theirs = places
    one, other = mine.quantity.value, rival.quantity.value
    hours = reports.gap / timedelta(hours=1)
    return (
        _share(mine.words, rival.words),
        min(len(mine.acts & rival.acts), 2) / 2,
        _share(_content(ours), _content(theirs)),
        min(1.0, 2 * reports.shared.wording),
        max(0.0, agreeing),
        float(alone),
        float(same_time(ours, theirs)),
        float(alike(one, other)),
        min(one, other) / max(one, other),
        0.5 ** (hours / 12),
        float(bool(mine.acts & rival.acts & TOLLS)),
    )


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def _content(stated: Stated) -> frozenset[str]:
    return frozenset(content_words(words_of(stated.sentence.text)))


def _is_news(mine: Thing, rival: Thing, ours: Stated, theirs: Stated, reports: Reports) -> bool:
    """Whether the later number may be what became of the earlier one."""
    (clocks, days), (their_clocks, their_days) = ours.as_of(), theirs.as_of()
    if clocks & their_clocks or ours.up_to() & theirs.up_to():
        return False
    acts = mine.acts | rival.acts
    last, first = (mine, rival) if reports.later else (rival, mine)
    value, earlier = last.quantity.value, first.quantity.value
    if reports.gap <= AT_ONCE:
        toll = bool(acts & TOLLS) or (not acts and grows(mine.quantity))
        return toll and earlier < value < 1.5 * earlier
    dated = not (ours.up_to() ^ theirs.up_to()) and not any(side.preliminary for side in (ours, theirs))
    over = any(side.final for side in (ours, theirs))
    if ((days & their_days and dated) or over) and not acts & LASTING:
        return False
    if acts & SHIFTING and not acts & SETTLED:
        return True
    more = bool(acts & GROWS) or (not mine.acts and grows(mine.quantity))
    return more and value > earlier
