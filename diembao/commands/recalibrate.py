"""Show what each threshold of the signals would keep and lose by people's decisions; save with --save."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from diembao.bootstrap import migrate, set_up
from diembao.errors import CommandError

if TYPE_CHECKING:
    from cases.calibration import Point, TradeOff

SHOWN = 12  # rows of a signal's table


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
    parser.add_argument("--save", action="store_true", help="put the proposed thresholds in force")


def run(args: argparse.Namespace) -> int:
    """Print a table per signal; with --save write the proposals as settings."""
    set_up()
    migrate()
    from cases.calibration import trade_offs
    from cases.precision import decided_findings
    from cases.signals import SIGNALS, in_force

    if args.signal and args.signal not in SIGNALS:
        raise CommandError(f'no signal "{args.signal}"; choose from {", ".join(SIGNALS)}', bad_input=True)
    rows = [row for row in decided_findings() if args.signal in (None, row.signal)]
    offers = trade_offs(rows, target=args.target, least=args.least)
    if not offers:
        sys.stdout.write("no decisions yet: nothing to recalibrate from\n")
        return 0
    settings = in_force()
    for offer in offers:
        sys.stdout.write("\n".join(_table(offer, settings[offer.signal].threshold)) + "\n\n")
    sys.stdout.write(
        "kept: findings at or above the threshold; low: lower end of the 95 % interval; lost: right "
        "findings below it;\nspared: wrong ones below it. Scores below the threshold in force were never "
        "shown, so nothing is known of them.\n"
    )
    if args.save:
        _save(offers)
    elif any(offer.proposal for offer in offers):
        sys.stdout.write("Nothing was saved; --save puts the proposals in force.\n")
    return 0


def _table(offer: TradeOff, now: float) -> Iterator[str]:
    yield f"{offer.signal}: threshold in force {now:.3f}; {offer.why}"
    yield "  threshold   kept  precision    low   lost  spared"
    for point in _thinned(offer.points, offer.proposal):
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


def _save(offers: Sequence[TradeOff]) -> None:
    from django.utils import timezone

    from cases.signals import change, in_force

    settings, saved = in_force(), []
    for offer in offers:
        point, now = offer.proposal, settings[offer.signal]
        if point is None or point.threshold == now.threshold:
            continue
        reason = (
            f"diembao recalibrate: {point.right}/{point.kept} đúng ở ngưỡng {point.threshold:.3f}, "
            f"bỏ mất {point.lost}"
        )
        change(
            offer.signal,
            enabled=now.enabled,
            threshold=point.threshold,
            by=None,
            now=timezone.now(),
            reason=reason,
        )
        saved.append(f"{offer.signal} from {point.threshold:.3f}")
    sys.stdout.write(f"Saved: {', '.join(saved)}\n" if saved else "Nothing to save.\n")
