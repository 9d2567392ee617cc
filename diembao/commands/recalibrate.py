"""Show what each threshold of the signals would keep and lose by people's decisions; save with --save."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from diembao import wiring
from diembao.bootstrap import migrate, set_up
from diembao.config import Config
from diembao.errors import CommandError

if TYPE_CHECKING:
    from cases.calibration import Point, TradeOff
    from diembao.trial import Trial

SHOWN = 12  # rows of a signal's table
DAYS = 90  # over which findings gained and lost are counted


def _share(text: str) -> float:
    value = float(text)
    if not 0.5 <= value <= 1.0:
        raise ValueError
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 100_000:
        raise ValueError
    return value


_share.__name__, _count.__name__ = "share from 0.5 to 1", "whole number from 1"  # argparse shows these


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is good enough, and whether to keep it."""
    parser.add_argument(
        "--target", type=_share, default=0.90, metavar="P", help="wanted precision (default: 0.90)"
    )
    parser.add_argument(
        "--least", type=_count, default=20, metavar="N", help="decisions a proposal needs (default: 20)"
    )
    parser.add_argument("--signal", metavar="S", help="only this signal, S1 to S10")
    parser.add_argument(
        "--sample",
        type=_count,
        default=2000,
        metavar="N",
        help=f"recent articles of {DAYS} days compared again to count what a lower threshold would show "
        "(default: 2000)",
    )
    parser.add_argument("--province", metavar="P", help="province profile (default: DIEMBAO_PROVINCE)")
    parser.add_argument("--save", action="store_true", help="put the proposed thresholds in force")


def run(args: argparse.Namespace) -> int:
    """Print a table per signal; with --save write the proposals as settings."""
    config = set_up(args.province)
    migrate()
    from cases.calibration import trade_offs
    from cases.precision import decided_findings
    from cases.signals import SIGNALS, in_force

    if args.signal and args.signal not in SIGNALS:
        raise CommandError(f'no signal "{args.signal}"; choose from {", ".join(SIGNALS)}', bad_input=True)
    rows = [row for row in decided_findings() if args.signal in (None, row.signal)]
    settings = in_force()
    offers = trade_offs(rows, settings, target=args.target, least=args.least)
    if not offers:
        sys.stdout.write("no decisions yet: nothing to recalibrate from\n")
        return 0
    trial = _trial(config, args, [offer.signal for offer in offers if offer.lowers])
    effects = {offer.signal: _effect(offer, trial) for offer in offers if offer.proposal}
    for offer in offers:
        effect = effects.get(offer.signal)
        lines = [*_table(offer), effect.line()] if effect else [*_table(offer)]
        sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.write(
        "kept: findings at or above the threshold; low: lower end of the 95 % interval; lost: right "
        "findings below it;\nspared: wrong ones below it. Scores below the threshold in force are not shown, "
        "so that a threshold is lowered\nonly where the lower end reaches the target, a step at a time where "
        "nobody has judged what lies below.\n"
    )
    if args.save:
        _save(offers, effects)
    elif any(offer.proposal for offer in offers):
        sys.stdout.write("Nothing was saved; --save puts the proposals in force.\n")
    return 0


def _trial(config: Config, args: argparse.Namespace, signals: Sequence[str]) -> Trial | None:
    """Recent articles compared again, when some threshold may be lowered."""
    if not signals:
        return None
    from django.utils import timezone

    from diembao.trial import compare_again
    from search.service import open_engine

    profile = wiring.province(config, args.province)
    now = timezone.now()
    engine = open_engine(wiring.search_config(config))
    return compare_again(profile, engine, signals, now - timedelta(days=DAYS), now, args.sample)


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a proposal would have done to the findings of the last days. ``trial``: None when it raises."""

    point: Point
    gained: int
    lost: int
    trial: Trial | None

    def line(self) -> str:
        """For the terminal."""
        seen = f"gained {self.gained}, lost {self.lost} findings"
        if self.trial is not None:
            seen += f" (in {self.trial.tried} of {self.trial.articles} articles compared again"
            seen += f", {self.trial.failed} of them failed)" if self.trial.failed else ")"
        point = self.point
        return (
            f"  last {DAYS} days: {seen}; right of those decided on: {point.right} of {point.kept}, "
            f"at least {point.low:.3f} (95 %)"
        )

    def reason(self) -> str:
        """For the history of settings, in Vietnamese."""
        point = self.point
        seen = f"{DAYS} ngày qua: thêm {self.gained}, bớt {self.lost} dấu hiệu"
        if self.trial is not None:
            seen += f" (so lại {self.trial.tried}/{self.trial.articles} bài)"
        return (
            f"diembao recalibrate: {point.right}/{point.kept} đúng, cận dưới 95 %: {point.low:.3f}, "
            f"ở ngưỡng {point.threshold:.3f}, bỏ mất {point.lost}; {seen}"
        )


def _effect(offer: TradeOff, trial: Trial | None) -> _Effect:
    from django.utils import timezone

    from cases.signals import shown_between

    point = offer.proposal
    assert point is not None
    if trial is not None and offer.lowers:
        return _Effect(point, trial.between(offer.signal, point.threshold, offer.now), 0, trial)
    since = timezone.now() - timedelta(days=DAYS)
    return _Effect(point, 0, shown_between(offer.signal, offer.now, point.threshold, since), None)


def _table(offer: TradeOff) -> Iterator[str]:
    yield f"{offer.signal}: threshold in force {offer.now:.3f}; {offer.why}"
    yield "  threshold   kept  precision    low   lost  spared"
    points = list(offer.points)
    if offer.proposal is not None and offer.proposal not in points:  # a step into what nobody judged
        points.insert(0, offer.proposal)
    for point in _thinned(points, offer.proposal):
        mark = "  <- proposed" if point == offer.proposal else ""
        yield (
            f"  {point.threshold:9.3f}  {point.kept:5d}  {point.precision:9.3f}  {point.low:5.3f}"
            f"  {point.lost:5d}  {point.spared:6d}{mark}"
        )


def _thinned(points: Sequence[Point], proposal: Point | None) -> list[Point]:
    """Few enough to read, first, last and proposal among them."""
    step = max(1, -(-len(points) // SHOWN))
    keep = set(range(0, len(points), step)) | {len(points) - 1}
    return [point for place, point in enumerate(points) if place in keep or point == proposal]


def _save(offers: Sequence[TradeOff], effects: Mapping[str, _Effect]) -> None:
    from django.utils import timezone

    from cases.signals import change, in_force

    settings, saved = in_force(), []
    for offer in offers:
        point, now = offer.proposal, settings[offer.signal]
        if point is None or point.threshold == now.threshold:
            continue
        change(
            offer.signal,
            enabled=now.enabled,
            threshold=point.threshold,
            by=None,
            now=timezone.now(),
            reason=effects[offer.signal].reason(),
        )
        saved.append(f"{offer.signal} from {point.threshold:.3f}")
    sys.stdout.write(f"Saved: {', '.join(saved)}\n" if saved else "Nothing to save.\n")
