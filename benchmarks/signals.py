"""Everything that is said of an article, on one core: places, topics, figures and signals, articles a second.

    make bench ARGS="signals [--articles 1000] [--data FOLDER] [--profile]"

Figures are compared with the register of one province and of all, signals with the related coverage that the
pipeline would bring. Rates are by CPU time: other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from classifiers.evaluation.stream import Stream
from classifiers.figures.register import Register, load_register
from classifiers.records import ArticleText
from classifiers.signals.detector import SignalDetector
from classifiers.signals.figures import check_all
from classifiers.signals.records import SignalContext
from pipeline.classify.classifiers import load_classifiers
from provinces.gazetteer import load_gazetteer

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
REGISTER = "register_all.csv"
IN_FORCE = date(2018, 3, 1)  # the corpus is of 2017; on this day most of the register's figures hold
WARM = 20


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed of places, topics, figures and signals together")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--profile", action="store_true", help="where the time goes, with all registers")
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    stream = Stream(args.data, most=args.articles)
    register = load_register(args.data / REGISTER)
    provinces = sorted({entry.province for entry in register})
    run = Whole(stream, register)
    print(f"{len(stream.articles)} real articles, {run.with_related()} with related coverage; one core")
    for name, which in (("one province's register", provinces[0]), ("all registers", "all")):
        print(f"\n{name} ({which if which != 'all' else ', '.join(provinces)})")
        parts = {
            "places + topics": lambda number: run.classify(number),
            "figures": lambda number, which=which: run.figures(number, which),
            "signals, article alone": lambda number: run.alone(number),
            "signals, related coverage": lambda number: run.signals(number),
            "all of them": lambda number, which=which: run.everything(number, which),
        }
        for part, work in parts.items():
            print(f"  {part:26} {run.rate(work):8.1f} articles/s")
    if args.profile:
        with profiled():
            for number in range(len(stream.articles)):
                run.everything(number, "all")


class Whole:
    """The classifiers of one worker, and the articles in order of time."""

    def __init__(self, stream: Stream, register: Register) -> None:
        self._stream = stream
        self._articles = [replace(each.article, published=IN_FORCE) for each in stream.articles]
        self._classifiers = load_classifiers(ROOT / "provinces" / "phu-tho")
        self._registers = {
            code: Register(tuple(register.of(code))) for code in {entry.province for entry in register}
        }
        self._registers["all"] = register
        self._detector = SignalDetector(load_gazetteer())

    def with_related(self) -> int:
        return sum(bool(self._stream.coverage.of(n)) for n in range(len(self._stream.articles)))

    def classify(self, number: int) -> None:
        self._classifiers.findings(self._articles[number])

    def figures(self, number: int, which: str) -> None:
        check_all(self._articles[number], self._registers[which])

    def alone(self, number: int) -> None:
        self._detector.detect(self._article(number))

    def signals(self, number: int) -> None:
        self._detector.detect(self._article(number), self._context(number))

    def everything(self, number: int, which: str) -> None:
        self.classify(number)
        self.figures(number, which)
        self.signals(number)

    def rate(self, work: Callable[[int], None]) -> float:
        """Articles a second of CPU time, after a few to warm up."""
        for number in range(min(WARM, len(self._articles))):
            work(number)
        begin = time.process_time()
        for number in range(len(self._articles)):
            work(number)
        return len(self._articles) / (time.process_time() - begin)

    def _article(self, number: int) -> ArticleText:
        return self._stream.articles[number].article

    def _context(self, number: int) -> SignalContext:
        return self._stream.context_of(number)


@contextmanager
def profiled() -> Iterator[None]:
    profile = cProfile.Profile()
    profile.enable()
    yield
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
