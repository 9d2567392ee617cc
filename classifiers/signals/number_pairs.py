"""Two numbers of two reports: whether they count the same thing, at the same time, in the same place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from classifiers.signals.events import Overlap
from classifiers.signals.headline.counts import PEOPLE
from classifiers.signals.quantities import Quantity
from classifiers.signals.reach import AT_ODDS, EARLIER, FROM, PHASE
from classifiers.signals.reading import words_of
from classifiers.signals.stated import Stated
from classifiers.signals.wording import STOP, word_set

AT_ONCE = timedelta(hours=3)
"""Within this time a growing number has hardly grown, when no report says as of when it counts."""
FEW_FIGURES = 3
SAME_DAY = 0.5
NEXT_WORDS = 4
FATE_WORDS = 2
FEATURES = (
    "shared words",
    "words ahead",
    "same text",
    "same time",
    "alike digits",
    "ratio",
    "only one",
)
"""What ``features`` gives, in its order."""
_BOTH_MAY_SAY = frozenset({"đầu tiên"})
"""Parts that there is only one of: two reports of the first shipment speak of the same."""
OF_WHICH = re.compile(r"\btrong đó,?(?: có)?[^,.;]{0,8}\Z|\btrong (?:tổng )?số(?: (?:hơn|gần))? \Z")
_TOGETHER = re.compile(r"\bthương vong\b")
MEASURES = word_set("đồng usd m m2 m3 mét km ha hecta kg tấn tạ g gam gram mm cm lít mw lượt")
_NO_KIND = STOP | word_set("chết tử thiệt bị thương mất bỏng trọng tử nặng nhẹ nhập phải đi cấp")
"""Words behind a unit that do not say what kind it is."""
GROWING = word_set(
    """
    người nạn ca nhà hộ con công học bệnh cháu em trẻ đối xe ha điểm trường hành khách du ngôi căn nghi
    """
)


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether both count in the same unit."""
    if one.percent or other.percent:
        return one.percent == other.percent
    if one.unit[0] != other.unit[0]:
        return False
    # "Con trâu" and "con đường", "công nhân" and "công trình" begin alike; "nhà ở xã" says no more than
    # "nhà", and the dead are told from the injured by their fate.
    seconds = [unit[1] for unit in (one.unit, other.unit) if len(unit) > 1 and unit[1] not in _NO_KIND]
    return one.unit[0] in MEASURES or len(seconds) < 2 or seconds[0] == seconds[1]


def rounds_to(one: Quantity, other: Quantity) -> bool:
    """Whether one is the other, rounded: 9.920 and 9.920,8."""
    coarse, fine = sorted((one.value, other.value), key=lambda value: len(f"{value:.10g}".rstrip("0")))
    digits = len(f"{coarse:.0f}".rstrip("0"))
    unit = 10.0 ** (len(f"{coarse:.0f}") - digits) if coarse == int(coarse) else 10.0 ** -_decimals(coarse)
    return abs(coarse - fine) < unit and digits >= 2


def comparable(
    ours: Stated, theirs: Stated, our_text: str, their_text: str, gap: timedelta, later: bool
) -> bool:
    """Whether nothing speaks against both counting the same thing in the same place at the same time.

    The texts are the whole reports, lowered; ``gap``: time between them; ``later``: ours is the later one.
    """
    if any(check(ours, theirs) for check in (*AT_ODDS, *_AT_ODDS_IN_WORDS)):
        return False
    if ours.of_a_part(their_text) != theirs.of_a_part(our_text):
        return False
    return _of_one_moment(ours, theirs, gap, later)


def _other_parts(ours: Stated, theirs: Stated) -> bool:
    """Whether either is one of several, but for the first of them."""
    parts, other_parts = ours.part_of(), theirs.part_of()
    return parts != other_parts or bool(parts - _BOTH_MAY_SAY)


def _of_an_earlier_time(ours: Stated, theirs: Stated) -> bool:
    return any(EARLIER.search(side.around) or FROM.search(side.ahead) for side in (ours, theirs))


def _other_names(ours: Stated, theirs: Stated) -> bool:
    """Whether the clause of each has names that the other side does not have."""
    mine, other = ours.names(), theirs.names()
    if not mine or not other or _in_common(mine, other):
        return False
    return not _named_in(mine, theirs) and not _named_in(other, ours)


def _other_phases(ours: Stated, theirs: Stated) -> bool:
    return PHASE.findall(ours.ahead) != PHASE.findall(theirs.ahead)


def _of_one_moment(ours: Stated, theirs: Stated, gap: timedelta, later: bool) -> bool:
    """Whether the later number cannot be what became of the earlier one."""
    (clocks, days), (their_clocks, their_days) = ours.as_of(), theirs.as_of()
    if clocks & their_clocks:
        return True
    toll = any(ours.fate()) and ours.quantity.unit[0] in PEOPLE
    moved_on = toll and gap > AT_ONCE and not ours.up_to() & theirs.up_to()
    if moved_on and not ours.fate()[0]:
        return False
    if days & their_days and not moved_on:
        return True
    return not _may_have_grown(ours.quantity, theirs.quantity, gap, later)


def same_time(ours: Stated, theirs: Stated) -> bool:
    """Whether both sentences name the same hour or day themselves."""
    (clocks, days), (their_clocks, their_days) = ours.as_of(), theirs.as_of()
    return bool(clocks & their_clocks or days & their_days)


def _moment(ours: Stated, theirs: Stated) -> float:
    """1 where both sentences count up to the same hour, ``SAME_DAY`` where they only name the same day."""
    (clocks, _), (their_clocks, _) = ours.as_of(), theirs.as_of()
    if clocks & their_clocks:
        return 1.0
    return SAME_DAY if same_time(ours, theirs) else 0.0


def likeness(ours: Stated, theirs: Stated) -> int:
    """How many content words around both numbers are the same; the unit itself does not count.

    What befell those who are counted says what is counted, in whatever words: "chết", "thiệt mạng".
    """
    alike = len(ours.near & theirs.near)
    return alike + FATE_WORDS if any(ours.fate()) and ours.fate() == theirs.fate() else alike


def features(ours: Stated, theirs: Stated, shared: Overlap, alone: bool) -> tuple[float, ...]:
    """What speaks for both counting the same, each 0..1: see ``weights.json`` for what each weighs.

    ``alone``: neither report has another number of that unit for which the other gives none that agrees.
    """
    return (
        min(likeness(ours, theirs), 8) / 8,
        _same_words(words_of(ours.ahead)[-NEXT_WORDS:], words_of(theirs.ahead)[-NEXT_WORDS:]),
        min(1.0, 2 * shared.wording),
        _moment(ours, theirs),
        float(alike(ours.quantity.value, theirs.quantity.value)),
        min(ours.quantity.value, theirs.quantity.value) / max(ours.quantity.value, theirs.quantity.value),
        float(alone),
    )


def _same_words(one: list[str], other: list[str]) -> float:
    shorter = min(len(one), len(other))
    return len(set(one) & set(other)) / shorter if shorter else 0.0


def alike(one: float, other: float) -> bool:
    """Whether the figures look like slips of each other: the same digits, one more, or one changed."""
    a, b = _digits(one), _digits(other)
    if sorted(a) == sorted(b):
        return True
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1 and len(a) > 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) - len(shorter) == 1 and (longer[1:] == shorter or longer[:-1] == shorter)


def _digits(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.10g}"


def _decimals(value: float) -> int:
    return len(f"{value:.10g}".partition(".")[2])


def _in_common(mine: Iterable[str], other: Iterable[str]) -> bool:
    """Whether any name of the one is a name of the other, or a part of it."""
    theirs = list(other)
    return any(name in other_name or other_name in name for name in mine for other_name in theirs)


def _named_in(names: Iterable[str], side: Stated) -> bool:
    """Whether the sentence names any of them, and is no list of places with a number each."""
    if side.figures > FEW_FIGURES:
        return False
    return any(name in side.sentence.text for name in names)


def _other_fate(ours: Stated, theirs: Stated) -> bool:
    """Whether something else befell those counted; dead and injured may be counted together."""
    mine, other = ours.fate(), theirs.fate()
    together = [bool(_TOGETHER.search(side.behind[:40])) for side in (ours, theirs)]
    if any(together):
        return not all(together)
    if ours.quantity.unit and ours.quantity.unit[0] in PEOPLE:
        return mine != other
    return any(mine) and any(other) and mine != other


_AT_ODDS_IN_WORDS = (_other_parts, _other_fate, _of_an_earlier_time, _other_names, _other_phases)
"""What speaks against two numbers that are told in the same words, beside what speaks against any."""


def grows(quantity: Quantity) -> bool:
    """Whether what it counts may become more from report to report."""
    return bool(quantity.unit) and quantity.unit[0] in GROWING


def _may_have_grown(ours: Quantity, theirs: Quantity, gap: timedelta, later: bool) -> bool:
    """A toll that rises from report to report is news, not a contradiction."""
    if not grows(ours):
        return False
    last, first = (ours.value, theirs.value) if later else (theirs.value, ours.value)
    return last > first and (gap > AT_ONCE or last < 1.5 * first)
