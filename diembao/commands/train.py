"""Fit the topic weights again, from the gold set and officers' corrections."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from diembao.bootstrap import migrate, set_up
from diembao.errors import CommandError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to fit, from what."""
    actions = parser.add_subparsers(dest="action", metavar="MODEL", required=True)
    summary = "Fit the topic weights; refuses to get worse on the gold set."
    topics = actions.add_parser("topics", help=summary, description=summary)
    topics.add_argument("--gold", required=True, metavar="FILE", help="labelled articles (JSON lines)")
    topics.add_argument(
        "--corpus", required=True, metavar="FILE", help="their texts (JSON lines, may be .gz)"
    )
    topics.add_argument(
        "--out", metavar="DIR", help="folder for the weights (default: models/topics in DIEMBAO_DATA)"
    )
    topics.add_argument(
        "--allow-worse", action="store_true", help="save weights that score lower than before"
    )


def run(args: argparse.Namespace) -> int:
    """Fit, report before and after; exit 1 when the new weights are refused."""
    config = set_up()
    migrate()
    from archive.corrections import topic_corrections
    from classifiers.topics.corpus import CorpusError
    from classifiers.topics.lexicon import LexiconError
    from classifiers.topics.train import CorrectionError, train

    out = Path(args.out) if args.out else config.data / "models" / "topics"
    out.mkdir(parents=True, exist_ok=True)
    try:
        report = train(
            Path(args.gold), Path(args.corpus), topic_corrections(), out, allow_worse=args.allow_worse
        )
    except (CorpusError, CorrectionError, LexiconError, OSError) as error:
        raise CommandError(str(error), bad_input=True) from error
    sys.stdout.write(report.message + "\n")
    if report.saved:
        sys.stdout.write(f"{out}: used from the next start; then run diembao reclassify\n")
    return 0 if report.saved else 1
