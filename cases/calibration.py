"""Thresholds from decisions: what each would have kept and lost, and which one to propose.

Raising takes a precision that reaches the target. Lowering shows people findings that nobody has judged,
so it takes more: the lower end of the interval must reach the target.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from cases.precision import Decided, wilson
from cases.signals import Setting
from classifiers.signals.calibration import floor

TARGET = 0.90
LEAST = 20  # decisions that a proposal needs
STEP = 0.05  # how far a threshold is lowered into scores that nobody has judged


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold would have done with the findings that people decided on.

    kept       findings at or above it        right  of these, how many had something to mend
    low        lower end of the precision's 95 % interval
    lost       right findings below it        spared  wrong ones below it
    """

    threshold: float
    kept: int
    right: int
    low: float
    lost: int
    spared: int

    @property
    def precision(self) -> float:
        """Right of kept."""
        return self.right / self.kept


@dataclass(frozen=True, slots=True)
class TradeOff:
    """All points of one signal, by rising threshold, and the proposal (None: leave it as it is).

    now  the threshold in force
    """

    signal: str
    now: float
    points: tuple[Point, ...]
    proposal: Point | None
    why: str  # Vietnamese, one line

    @property
    def lowers(self) -> bool:
        """Whether the proposal would show findings that the threshold in force drops."""
        return self.proposal is not None and self.proposal.threshold < self.now


def trade_offs(
    rows: Iterable[Decided],
    settings: Mapping[str, Setting],
    *,
    target: float = TARGET,
    least: int = LEAST,
) -> list[TradeOff]:
    """One per signal that was decided on, in the order of their numbers. ``settings``: those in force."""
    ordered = sorted(rows, key=lambda row: (len(row.signal), row.signal))
    return [
        _trade_off(signal, list(group), settings[signal].threshold, target, least)
        for signal, group in groupby(ordered, key=lambda row: row.signal)
    ]


def _trade_off(signal: str, rows: list[Decided], now: float, target: float, least: int) -> TradeOff:
    points = tuple(_points(rows))
    if len(rows) < least:
        why = _("mới có %(count)s kết luận, cần ít nhất %(least)s để đề xuất ngưỡng") % {
            "count": len(rows),
            "least": least,
        }
        return TradeOff(signal, now, points, None, why)
    proposal = _lower(signal, rows, points, now, target, least)
    if proposal is not None:
        if any(row.score < now for row in rows):
            why = _("ngưỡng thấp hơn mà cận dưới 95 %% của độ chính xác vẫn đạt %(target)s") % {
                "target": f"{target:.2f}"
            }
        else:
            why = _(
                "cận dưới 95 %% của độ chính xác đạt %(target)s: có thể hạ một bước; dưới ngưỡng "
                "đang dùng chưa có kết luận nào, hãy xem lại sau khi hạ"
            ) % {"target": f"{target:.2f}"}
        return TradeOff(signal, now, points, proposal, why)
    enough = [p for p in points if p.threshold >= now and p.precision >= target and p.kept >= least]
    if not enough:
        why = _("không ngưỡng nào còn giữ %(least)s dấu hiệu mà đạt độ chính xác %(target)s") % {
            "least": least,
            "target": f"{target:.2f}",
        }
        return TradeOff(
            signal,
            now,
            points,
            None,
            _("%(why)s; hãy xem lại từng trường hợp hoặc tắt dấu hiệu") % {"why": why},
        )
    # The lowest that is good enough: it loses the fewest right findings.
    proposal = min(enough, key=lambda point: point.threshold)
    why = _("ngưỡng thấp nhất đạt độ chính xác %(target)s trong các kết luận đã có") % {
        "target": f"{target:.2f}"
    }
    if proposal.kept == sum(row.score >= now for row in rows):
        return TradeOff(
            signal,
            now,
            points,
            None,
            _("giữ nguyên ngưỡng đang dùng: đã đạt %(target)s") % {"target": f"{target:.2f}"},
        )
    return TradeOff(signal, now, points, proposal, why)


def _lower(
    signal: str, rows: Sequence[Decided], points: Sequence[Point], now: float, target: float, least: int
) -> Point | None:
    """A threshold below the one in force that the decisions bear; None when they bear none."""
    lowest = floor(signal)
    if now <= lowest:
        return None
    below = [row for row in rows if row.score < now]
    if below:
        borne = [p for p in points if lowest <= p.threshold < now and p.low >= target and p.kept >= least]
        borne = [p for p in borne if _precise([r for r in below if r.score >= p.threshold], target)]
        return min(borne, key=lambda point: point.threshold, default=None)
    # Nobody has judged what lies below: a step, when all is right and what lies just above is, too.
    right = sum(row.right for row in rows)
    low = wilson(right, len(rows))[0]
    nearest = sorted(rows, key=lambda row: row.score)[:least]
    if low < target or not _precise(nearest, target):
        return None
    return Point(round(max(lowest, now - STEP), 4), len(rows), right, low, 0, 0)


def _precise(rows: Sequence[Decided], target: float) -> bool:
    return sum(row.right for row in rows) >= target * len(rows)


def _points(rows: Sequence[Decided]) -> list[Point]:
    """A point per score that occurs, rising: between two scores nothing changes."""
    right_in_all = sum(row.right for row in rows)
    points: list[Point] = []
    kept = right = 0
    falling = sorted(rows, key=lambda row: -row.score)
    for score, group in groupby(falling, key=lambda row: row.score):
        found = list(group)
        kept += len(found)
        right += sum(row.right for row in found)
        lost = right_in_all - right
        points.append(Point(score, kept, right, wilson(right, kept)[0], lost, len(rows) - kept - lost))
    return points[::-1]
