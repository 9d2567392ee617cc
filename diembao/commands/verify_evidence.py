"""Read every stored raw page again and check it against the evidence chain."""

from __future__ import annotations

import argparse
import sys

from diembao.bootstrap import set_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(args: argparse.Namespace) -> int:
    """Report; exit 1 when a record is altered, missing or out of place."""
    set_up()
    from django.conf import settings

    from archive.evidence import verify

    report = verify(settings.DIEMBAO_SNAPSHOTS)
    sys.stdout.write(report.as_text() + "\n")
    return 0 if report.sound else 1
