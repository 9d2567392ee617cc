"""A process that puts articles into stories, compares, indexes and asks the rules, until it is killed."""

from __future__ import annotations

import logging
import sys
import time
from pathlib import Path


def main(index: str) -> None:
    from diembao.bootstrap import set_up

    set_up()
    from classifiers.signals.detector import SignalDetector
    from pipeline.alert.step import AlertStep
    from pipeline.index.step import IndexStep
    from pipeline.signals.context import ContextSource
    from pipeline.signals.step import SignalStep
    from pipeline.stories.related import RelatedCoverage
    from pipeline.stories.step import StoryStep
    from provinces.gazetteer import load_gazetteer
    from provinces.loader import load_province
    from search.config import SearchConfig
    from search.service import open_engine

    logging.disable(logging.CRITICAL)
    engine = open_engine(SearchConfig(folder=Path(index)))
    # A reprint has what was compared before compared again, and rules wait for that.
    signals = SignalStep(
        SignalDetector(load_gazetteer()), ContextSource(load_province("demo"), RelatedCoverage(engine))
    )
    steps = [StoryStep(), signals, IndexStep(engine), AlertStep(engine)]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        if not sum(step.run(16) for step in steps):
            time.sleep(0.02)


if __name__ == "__main__":
    main(*sys.argv[1:])
