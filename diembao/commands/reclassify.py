"""Classify the whole archive again, after a model changed; resumable."""

from __future__ import annotations

import argparse
import sys

from diembao import wiring
from diembao.bootstrap import migrate, set_up
from diembao.progress import Progress

BATCH = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Start anew or go on."""
    parser.add_argument("--province", metavar="P", help="province profile (default: DIEMBAO_PROVINCE)")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--failed", action="store_true", help="only the articles that could not be classified or compared"
    )
    which.add_argument(
        "--resume", action="store_true", help="only what an interrupted run left, instead of everything"
    )


def run(args: argparse.Namespace) -> int:
    """Mark every article, then work through the marks; a killed run goes on with --resume."""
    config = set_up(args.province)
    migrate()
    from archive.failures import failed_articles
    from archive.findings import mark_for_classification
    from archive.models import Article
    from pipeline.classify.classifiers import load_classifiers
    from pipeline.classify.figures import RegisterFigures
    from pipeline.classify.step import ClassifyStep

    if args.failed:
        mark_for_classification(failed_articles("classify") | failed_articles("signals"))
    elif not args.resume:
        mark_for_classification()
    total = Article.objects.filter(needs_classify=True).count()
    profile = wiring.province(config, args.province)
    step = ClassifyStep(
        load_classifiers(profile.folder, config.data / "models"), figures=RegisterFigures(profile)
    )
    done = 0
    with Progress("articles") as progress:
        while took := step.run(BATCH):
            done += took
            progress.show(done, total)
    sys.stdout.write(f"{done} articles classified; diembao watch brings them into the index\n")
    if still := len(failed_articles("classify")):
        sys.stdout.write(f"{still} articles still fail; see the sources page for each error\n")
    return 1 if still and args.failed else 0
