"""Check settings, database, index, free disk, channels and sources; say what to mend."""

from __future__ import annotations

import argparse
import sys

from diembao.bootstrap import set_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose profile is checked."""
    parser.add_argument("--province", metavar="P", help="province profile (default: DIEMBAO_PROVINCE)")


def run(args: argparse.Namespace) -> int:
    """Print every check; exit 1 when any is bad."""
    config = set_up(args.province)
    from django.utils import translation

    from diembao.checks import all_checks

    bad = 0
    with translation.override("en"):  # the engine's messages too: they are translated for the pages
        for check in all_checks(config):
            bad += not check.good
            sys.stdout.write(f"{'ok ' if check.good else 'BAD'} {check.name}: {check.message}\n")
    return 1 if bad else 0
