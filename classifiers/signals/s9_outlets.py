"""S9: two outlets give different numbers for the same thing at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from operator import eq

from classifiers.signals.calibration import CUTS, logistic
from classifiers.signals.number_pairs import (
    OF_WHICH,
    comparable,
    features,
    likeness,
    rounds_to,
    same_time,
    same_unit,
)
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence
from classifiers.signals.records import RelatedArticle, SignalContext, SignalFinding, overlapping
from classifiers.signals.report_numbers import every_number_in, numbers_in
from classifiers.signals.same_news import NEXT_DAY, elsewhere, parallel
from classifiers.signals.stated import Stated
from classifiers.signals.thing_pairs import Reports, ThingPair, adds_up, thing_pairs
from classifiers.signals.things import Thing, opposed, things_of

INNOCENT = (
    "Số liệu có thể được cập nhật giữa hai lần đưa tin.",
    "Hai bài có thể tính trên phạm vi hoặc cách tính khác nhau.",
    "Một bên có thể làm tròn số.",
)
WINDOW = timedelta(days=7)
"""How far apart two reports may be published to be compared."""
PARALLEL = timedelta(hours=30)
"""How far apart two reports may be in which a thing may be told in any words."""
MIN_LIKENESS = 3
"""Content words around two numbers that must be the same for both to count the same thing."""
CLEARLY = 0.05
"""By how much the likeliest number must be likelier than the next one."""
PLAIN = 10
"""From here on a number is hardly the same by chance, whatever unit is named with it."""
MUCH_TEXT = 0.6
"""Of "same text" in the features, from which two reports are taken for tellings of one release."""


@dataclass(frozen=True)
class OutletsDisagree:
    """Detector of S9. Needs parallel coverage."""

    signal: str = "S9"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """Numbers of the target that parallel coverage gives otherwise, at most one per number."""
        if context.published is None:
            return []
        found: list[SignalFinding] = []
        seen: set[tuple[Sentence, str, Sentence]] = set()
        in_words = ((pair.related, pair) for pair in pairs(target, context))
        for rule, same_place, beside in (
            ("number", eq, in_words),
            ("thing", overlapping, things(target, context)),
        ):
            for related, pair in beside:
                chance = logistic(f"S9.{rule}", pair.features)
                if chance < CUTS[f"S9.{rule}"]:
                    continue
                # One sentence of theirs against one of ours is one finding, whatever numbers they hold.
                places = (pair.ours.sentence, related.id, pair.theirs.sentence)
                finding = _finding(target, context, related, pair, rule, chance)
                if places not in seen and not any(same_place(finding.span, known.span) for known in found):
                    found.append(finding)
                seen.add(places)
        return found[:3]


@dataclass(frozen=True, slots=True)
class Pair:
    """A number of the target and the one that another report has in its place."""

    ours: Stated
    theirs: Stated
    related: RelatedArticle
    features: tuple[float, ...]


def pairs(target: Reading, context: SignalContext) -> Iterator[Pair]:
    """Numbers that may count the same thing and differ, in the order of the related articles."""
    assert context.published is not None
    ours = None
    for related, other, shared, gap in parallel(target, context, WINDOW):
        later = context.published >= related.published
        ours = ours or numbers_in(target)
        numbers = Numbers(ours, numbers_in(other))
        counted = Counted(numbers)
        for mine in numbers.ours:
            beside = [
                Pair(mine, rival, related, features(mine, rival, shared, numbers.alone(mine, rival)))
                for rival in numbers.rivals(mine)
                if comparable(mine, rival, target.whole, other.whole, gap, later)
            ]
            near = [pair for pair in beside if _alike_enough(pair, gap)]
            best = _likeliest([pair for pair in near if counted.may_be_same(pair)])
            if best is not None:
                yield best


def things(target: Reading, context: SignalContext) -> Iterator[tuple[RelatedArticle, ThingPair]]:
    """Numbers that count the same thing in whatever words and differ, in the order of the related ones."""
    assert context.published is not None
    ours = None
    for related, other, shared, gap in parallel(target, context, PARALLEL):
        if elsewhere(target, other):
            continue
        ours = ours or things_of(every_number_in(target))
        reports = Reports(target.whole, other.whole, shared, gap, context.published >= related.published)
        for pair in thing_pairs(ours, things_of(every_number_in(other)), reports):
            yield related, pair


def _likeliest(beside: list[Pair]) -> Pair | None:
    """The pair that most likely counts the same; None when another number of theirs may do as well."""
    ranked = sorted(beside, key=lambda pair: -_chance(pair))
    if not ranked:
        return None
    value = ranked[0].theirs.quantity.value
    others = (pair for pair in ranked if pair.theirs.quantity.value != value)
    second = next(others, None)
    if second is not None and _chance(second) > _chance(ranked[0]) - CLEARLY:
        return None
    return ranked[0]


def _chance(pair: Pair) -> float:
    return logistic("S9.number", pair.features)


def _alike_enough(pair: Pair, gap: timedelta) -> bool:
    """Words in common around both. Of the only two that find no match in texts of the same day which have
    much in common, one is enough.
    """
    alike = likeness(pair.ours, pair.theirs)
    if alike >= MIN_LIKENESS + (not same_time(pair.ours, pair.theirs)):
        return True
    _, _, text, _, slip, _, alone = pair.features
    same = bool(alone) and text >= MUCH_TEXT and gap <= NEXT_DAY
    return same and (alike >= MIN_LIKENESS or (alike >= 1 and bool(slip)))


@dataclass(frozen=True, slots=True)
class Numbers:
    """What both reports count. A headline counts only where its own report does not say so again."""

    ours: tuple[Stated, ...]
    theirs: tuple[Stated, ...]

    def rivals(self, mine: Stated) -> list[Stated]:
        """The numbers of theirs that a number of ours may stand against: where neither side has both."""
        if _of_which(mine):
            return []
        same = [r for r in self.theirs if same_unit(mine.quantity, r.quantity)]
        if any(_agree(mine.quantity, r.quantity) for r in same):
            return []
        same = [r for r in same if not _of_which(r)]
        # Where we have the other side's number, too, ours is of an earlier hour, a part, another place.
        own = [m.quantity for m in self.ours if same_unit(m.quantity, mine.quantity)]
        return [r for r in same if not any(_agree(q, r.quantity) for q in own)]

    def alone(self, mine: Stated, rival: Stated) -> bool:
        """Whether they are the only two of their unit that find no match on the other side."""
        return (
            _unmatched(mine, self.ours, self.theirs) <= 1 and _unmatched(rival, self.theirs, self.ours) <= 1
        )


class Counted:
    """What the numbers of two reports count, worked out when it is first asked for."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers

    @cached_property
    def _things(self) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
        return things_of(self._numbers.ours), things_of(self._numbers.theirs)

    @cached_property
    def _of(self) -> dict[Stated, Thing]:
        return {stated: thing for side in self._things for thing in side for stated in thing.stated}

    def may_be_same(self, pair: Pair) -> bool:
        """Whether both sides are not of other things, nor is one the sum of the other side's parts."""
        mine, rival = self._of[pair.ours], self._of[pair.theirs]
        ours, theirs = self._things
        return not opposed(mine, rival) and not adds_up(mine, theirs) and not adds_up(rival, ours)


def _of_which(stated: Stated) -> bool:
    """Whether it is a part of the number before; the dead among the injured are a number of their own."""
    return bool(OF_WHICH.search(stated.ahead)) and not any(stated.fate())


def _unmatched(one: Stated, own: tuple[Stated, ...], others: tuple[Stated, ...]) -> int:
    """How many numbers of its unit a report has for which the other gives none that agrees."""
    values = {o.quantity.value for o in others if o.quantity.value >= PLAIN}
    return len(
        {
            each.quantity.value
            for each in own
            if same_unit(each.quantity, one.quantity)
            and each.fate() == one.fate()
            and each.quantity.value not in values
            and not any(
                same_unit(each.quantity, o.quantity) and _agree(each.quantity, o.quantity) for o in others
            )
        }
    )


def _finding(
    target: Reading,
    context: SignalContext,
    related: RelatedArticle,
    pair: Pair | ThingPair,
    rule: str,
    chance: float,
) -> SignalFinding:
    other = context.reading_of(related)
    return SignalFinding(
        "S9",
        rule,
        target.span(pair.ours.sentence, *pair.ours.clause()),
        related.says(other.span(pair.theirs.sentence, *pair.theirs.clause()).text),
        chance,
        INNOCENT,
    )


def _agree(one: Quantity, other: Quantity) -> bool:
    return one.agrees(other) or rounds_to(one, other)
