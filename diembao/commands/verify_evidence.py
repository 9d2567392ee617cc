"""Read every stored raw page again and check it against the evidence chain."""

from __future__ import annotations

import argparse
import sys

from diembao.bootstrap import migrate, set_up
from diembao.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(args: argparse.Namespace) -> int:
    """Report; exit 1 when a record is altered, missing or out of place."""
    set_up()
    migrate()
    from django.conf import settings

    from archive.evidence import verify
    from archive.models import ChainTip

    with Progress("records") as progress:
        report = verify(settings.DIEMBAO_SNAPSHOTS, progress.show)
    sys.stdout.write(f"{report.checked} records checked, {len(report.problems)} problems\n")
    for problem in report.problems:
        sys.stdout.write(f"  #{problem.sequence} {problem.kind}: {problem.message}\n")
    if report.orphan_bytes or report.orphan_files:
        sys.stdout.write(
            f"{report.orphan_bytes} bytes and {len(report.orphan_files)} files belong to no record: "
            "left by a killed writer, harmless\n"
        )
    tip = ChainTip.objects.filter(pk=1).first()
    if tip is not None:
        sys.stdout.write(f"newest link: #{tip.sequence} {tip.chain}\n")
    return 0 if report.good else 1
