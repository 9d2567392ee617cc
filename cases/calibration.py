"""Thresholds from decisions: what each would have kept and lost, and which one to propose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from cases.precision import Decided, wilson

TARGET = 0.90
LEAST = 20  # decisions that a proposal needs


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
    """All points of one signal, by rising threshold, and the proposal (None: leave it as it is)."""

    signal: str
    points: tuple[Point, ...]
    proposal: Point | None
    why: str  # Vietnamese, one line


def trade_offs(rows: Iterable[Decided], *, target: float = TARGET, least: int = LEAST) -> list[TradeOff]:
    """One per signal that was decided on, in the order of their numbers."""
    ordered = sorted(rows, key=lambda row: (len(row.signal), row.signal))
    return [
        _trade_off(signal, list(group), target, least)
        for signal, group in groupby(ordered, key=lambda row: row.signal)
    ]


def _trade_off(signal: str, rows: list[Decided], target: float, least: int) -> TradeOff:
    points = tuple(_points(rows))
    if len(rows) < least:
        why = f"mới có {len(rows)} kết luận, cần ít nhất {least} để đề xuất ngưỡng"
        return TradeOff(signal, points, None, why)
    enough = [point for point in points if point.precision >= target and point.kept >= least]
    if not enough:
        why = f"không ngưỡng nào còn giữ {least} dấu hiệu mà đạt độ chính xác {target:.2f}"
        return TradeOff(signal, points, None, f"{why}; hãy xem lại từng trường hợp hoặc tắt dấu hiệu")
    # The lowest that is good enough: it loses the fewest right findings.
    proposal = min(enough, key=lambda point: point.threshold)
    return TradeOff(
        signal,
        points,
        proposal,
        f"ngưỡng thấp nhất đạt độ chính xác {target:.2f} trong các kết luận đã có",
    )


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
