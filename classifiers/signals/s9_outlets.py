"""S9: two outlets give different numbers for the same thing at the same time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from classifiers.signals.calibration import CUTS, logistic
from classifiers.signals.events import Overlap
from classifiers.signals.number_pairs import (
    OF_WHICH,
    Stated,
    comparable,
    features,
    likeness,
    rounds_to,
    same_time,
    same_unit,
)
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading
from classifiers.signals.records import Evidence, EvidenceKind, RelatedArticle, SignalContext, SignalFinding
from classifiers.signals.wording import word_set

INNOCENT = (
    "Số liệu có thể được cập nhật giữa hai lần đưa tin.",
    "Hai bài có thể tính trên phạm vi hoặc cách tính khác nhau.",
    "Một bên có thể làm tròn số.",
)
WINDOW = timedelta(days=7)
"""How far apart two reports may be published to be compared."""
NEXT_DAY = timedelta(days=1)
"""How far apart reports of one event may be when one of them names no day."""
MIN_LIKENESS = 3
"""Content words around two numbers that must be the same for both to count the same thing."""
MAX_NUMBERS = 80
"""Numbers compared of one article; a table of statistics has more and is no news."""

_SEVERAL = re.compile(r"\b(?:hai|ba|bốn|năm|[2-9]|liên tiếp|loạt|nhiều) vụ\b|\bliên tiếp\b")
_DAY = re.compile(r"(?<![\d/.])(\d{1,2})[/.\-](\d{1,2})(?!\d|\.\d|/\d{1,3}\b)")
_NO_COUNTS = word_set(
    """
    tuổi giờ phút giây năm tháng ngày tuần lần điểm độ phiên giải của tại là và trong đến về được cho có bàn
    set trận quý đời bậc chỗ chiều yen euro bảng ounce cấp tập số
    """
)


@dataclass(frozen=True)
class OutletsDisagree:
    """Detector of S9. Needs parallel coverage."""

    signal: str = "S9"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """Numbers of the target that parallel coverage gives otherwise, at most one per number."""
        if context.published is None:
            return []
        found: list[SignalFinding] = []
        for pair in pairs(target, context):
            chance = logistic("S9.number", pair.features)
            if chance < CUTS["S9.number"]:
                continue
            finding = _finding(target, context, pair, chance)
            if not any(finding.span == known.span for known in found):
                found.append(finding)
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
    for related in context.related:
        gap = abs(context.published - related.published)
        if gap > WINDOW:
            continue
        other = context.reading_of(related)
        shared = context.overlap_of(target, related)
        if not shared.same_news or not _same_days(target, other, shared, gap):
            continue
        if bool(_SEVERAL.search(target.title.text)) != bool(_SEVERAL.search(other.title.text)):
            continue
        later = context.published >= related.published
        for ours, theirs in _rivals(target, other):
            if comparable(ours, theirs, target.whole, other.whole, gap, later):
                yield Pair(ours, theirs, related, features(ours, theirs, shared))


def _rivals(target: Reading, other: Reading) -> Iterator[tuple[Stated, Stated]]:
    """Each number of the target with the other side's likeliest one, where neither has both."""
    theirs = [Stated(s, q) for s, q in other.quantities if _counts(q)][:MAX_NUMBERS]
    ours = [Stated(s, q) for s, q in target.quantities if _counts(q)][:MAX_NUMBERS]
    for mine in ours:
        quantity = mine.quantity
        if OF_WHICH.search(mine.ahead):
            continue
        rivals = [r for r in theirs if same_unit(quantity, r.quantity) and not OF_WHICH.search(r.ahead)]
        if not rivals or any(_agree(quantity, r.quantity) for r in rivals):
            continue
        ranked = sorted(((likeness(mine, r), r) for r in rivals), key=lambda item: -item[0])
        alike, rival = ranked[0]
        if alike < MIN_LIKENESS + (not same_time(mine, rival)):
            continue
        if any(count >= alike and r.quantity.value != rival.quantity.value for count, r in ranked[1:]):
            continue
        # The target has the other side's number, too: for an earlier hour, a part, another place.
        if any(same_unit(m.quantity, rival.quantity) and _agree(m.quantity, rival.quantity) for m in ours):
            continue
        yield mine, rival


def _finding(target: Reading, context: SignalContext, pair: Pair, chance: float) -> SignalFinding:
    other = context.reading_of(pair.related)
    return SignalFinding(
        "S9",
        "number",
        target.span(pair.ours.sentence, *pair.ours.clause()),
        Evidence(
            EvidenceKind.ARTICLE,
            other.span(pair.theirs.sentence, *pair.theirs.clause()).text,
            (pair.related.id,),
            pair.related.outlet,
            pair.related.published.isoformat(),
        ),
        chance,
        INNOCENT,
    )


def _agree(one: Quantity, other: Quantity) -> bool:
    return one.agrees(other) or rounds_to(one, other)


def _same_days(target: Reading, other: Reading, shared: Overlap, gap: timedelta) -> bool:
    """Whether both name a day in common: what has no date in common may be two events of one kind."""
    mine, theirs = _days(target), _days(other)
    if mine and theirs:
        return bool(mine & theirs)
    return shared.same_event and gap <= NEXT_DAY


def _days(reading: Reading) -> set[tuple[int, int]]:
    return {(int(day), int(month)) for day, month in _DAY.findall(reading.whole) if int(month) < 13}


def _counts(quantity: Quantity) -> bool:
    if quantity.value < 2 or "lượng" in quantity.unit[1:3] or "ounce" in quantity.unit[1:3]:
        return False
    return quantity.percent or (bool(quantity.unit) and quantity.unit[0] not in _NO_COUNTS)
