"""Sources of a province: check them."""

from __future__ import annotations

import argparse
import sys

from diembao import wiring
from diembao.config import current


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one action, and the province."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    summary = "Probe every source: status, freshness, robots.txt, redirects."
    check = actions.add_parser("check", help=summary, description=summary)
    check.add_argument("--province", metavar="P", help="province profile (default: DIEMBAO_PROVINCE)")
    check.add_argument(
        "--sources", metavar="FILE", help="outlets from this TOML file instead of the profile's"
    )
    check.add_argument("--allow-loopback", action="store_true", help="permit sources on 127.0.0.0/8")


def run(args: argparse.Namespace) -> int:
    """Print one line for each source; exit 1 when any cannot be read."""
    config = current()
    outlets = wiring.outlets(config, args.province, args.sources)
    from crawlers.probe import probe

    results = probe(outlets, wiring.fetch_settings(config, allow_loopback=args.allow_loopback))
    for result in results:
        sys.stdout.write(result.as_line() + "\n")
    failed = sum(1 for result in results if not result.good)
    sys.stdout.write(f"{len(results) - failed} of {len(results)} sources can be read\n")
    return 1 if failed else 0
