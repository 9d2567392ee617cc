"""Signals over real articles as the service runs them: in order of time, each beside its related coverage.

The corpus carries no times. Its ids were given out in order of publication, and most reports name a day of
their own, so the day of an article is read off the days that its neighbours by id name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from classifiers.evaluation.signals import criticism_ids, read_corpus
from classifiers.records import ArticleText
from classifiers.signals.detector import SignalDetector
from classifiers.signals.reading import Reading
from classifiers.signals.records import RelatedArticle, SignalContext, SignalFinding
from classifiers.similarity.compare import Kind, compare
from classifiers.similarity.facts import ArticleFacts, facts_of
from classifiers.similarity.index import SimilarityIndex
from classifiers.similarity.words import composed, syllables
from provinces.gazetteer import load_gazetteer

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
YEAR = 2017
NEIGHBOURS = 41  # articles whose days are looked at for the day of the one in their middle
LIMIT = 30  # related articles of one article, as in the pipeline
REMEMBERED = 12  # older articles with the rarest word pairs of the headline in common
_DAY = re.compile(r"(?<![\d/.\-])(\d{1,2})/(\d{1,2})(?![\d/])")


@dataclass(frozen=True, slots=True)
class Streamed:
    """A real article with the moment it is taken to have appeared."""

    id: str
    moment: datetime
    article: ArticleText


@dataclass(frozen=True, slots=True)
class StreamFinding:
    """A finding of one article of the stream."""

    id: str
    found: SignalFinding


@dataclass(frozen=True)
class Report:
    """``alone``: articles with a finding when nothing related is known; ``related``: articles with any."""

    articles: int
    related: int
    alone: int
    findings: tuple[StreamFinding, ...]
    criticism: tuple[StreamFinding, ...]

    @property
    def share(self) -> float:
        """Share of the articles with a finding."""
        return len({each.id for each in self.findings}) / max(1, self.articles)

    def text(self) -> str:
        """Rates by signal and rule, and every finding with both sides."""
        rules: dict[str, set[str]] = defaultdict(set)
        for each in self.findings:
            rules[f"{each.found.signal}.{each.found.rule}"].add(each.id)
        lines = [
            f"{self.articles} real articles, {self.related} with related coverage, empty register",
            f"articles with a finding: each alone {100 * self.alone / max(1, self.articles):.2f} %, "
            f"beside related coverage {100 * self.share:.2f} %",
            f"findings on criticism of the gold set: {len(self.criticism)}",
            "",
        ]
        for rule, ids in sorted(rules.items()):
            lines.append(f"{rule:12} {len(ids):4d} articles {100 * len(ids) / self.articles:.3f} %")
        lines.append("")
        for each in self.findings:
            other = each.found.evidence
            lines.append(f"{each.id} {each.found.signal}.{each.found.rule} {each.found.score:.2f}")
            lines.append(f"    bài: {each.found.span.text}")
            lines.append(f"    kia: {other.text} {' '.join(other.ids)}".rstrip())
        return "\n".join(lines)


def read_stream(shared_data: Path) -> list[Streamed]:
    """The articles of the corpus in order of time. Raises OSError when it is missing."""
    rows = sorted(read_corpus(shared_data), key=lambda row: (len(row[0]), row[0]))
    named = [_day_named(article) for _, article in rows]
    streamed = []
    latest = date.min
    for place, (key, article) in enumerate(rows):
        near = named[max(0, place - NEIGHBOURS // 2) : place + NEIGHBOURS // 2 + 1]
        days = Counter(day for day in near if day is not None)
        latest = max(latest, days.most_common(1)[0][0]) if days else latest
        moment = datetime(latest.year, latest.month, latest.day, 12, tzinfo=VIETNAM)
        streamed.append(Streamed(key, moment, replace(article, published=latest)))
    return _spread(streamed)


def _spread(articles: Sequence[Streamed]) -> list[Streamed]:
    """Articles of a day follow each other through its hours."""
    of_day = Counter(each.moment for each in articles)
    seen: Counter[datetime] = Counter()
    spread = []
    for each in articles:
        hours = timedelta(hours=seen[each.moment] / of_day[each.moment] * 17 - 6)
        seen[each.moment] += 1
        spread.append(replace(each, moment=each.moment + hours))
    return spread


def _day_named(article: ArticleText) -> date | None:
    for day, month in _DAY.findall(f"{article.lead} {article.text[:800]}"):
        try:
            return date(YEAR, int(month), int(day))
        except ValueError:
            continue
    return None


class Coverage:
    """What the pipeline would know as related to an article: its links, and older articles that search
    remembers by the headline."""

    def __init__(self, articles: Sequence[Streamed]) -> None:
        self._articles = articles
        self._facts = [
            facts_of(each.article.title, each.article.lead, each.article.text, each.moment)
            for each in articles
        ]
        self._linked: dict[int, dict[int, float]] = defaultdict(dict)
        self._pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
        index = SimilarityIndex()
        for number, (each, facts) in enumerate(zip(articles, self._facts, strict=True)):
            signature = facts.signature
            for near in index.candidates(signature):
                link = compare(facts, self._facts[near.id], index.rarity)
                if link.kind != Kind.NONE:
                    self._linked[number][near.id] = self._linked[near.id][number] = link.score
            index.add(number, signature, each.moment)
            for pair in self._head(number):
                self._pairs[pair].append(number)

    def of(self, number: int) -> list[int]:
        """Numbers of the related articles, earlier and later."""
        linked = self._linked[number]
        found = dict.fromkeys(sorted(linked, key=lambda other: -linked[other]))
        found |= dict.fromkeys(self._remembered(number))
        found.pop(number, None)
        return list(found)[:LIMIT]

    def _head(self, number: int) -> set[tuple[str, str]]:
        return set(pairwise(syllables(composed(self._articles[number].article.title))))

    def _remembered(self, number: int) -> Iterator[int]:
        weights: dict[int, float] = defaultdict(float)
        for pair in self._head(number):
            places = self._pairs[pair]
            if len(places) < 100:
                for earlier in places[: bisect_left(places, number)]:
                    weights[earlier] += float(np.log(len(self._articles) / len(places)))
        best = sorted(weights, key=lambda earlier: (-weights[earlier], earlier))[:REMEMBERED]
        mine = self._facts[number]
        return (earlier for earlier in best if _same_event(mine, self._facts[earlier]))


def _same_event(a: ArticleFacts, b: ArticleFacts) -> bool:
    heads = np.intersect1d(a.marks.heads, b.marks.heads, assume_unique=True)
    return len(heads) > 1 and len(np.intersect1d(a.marks.facts, b.marks.facts, assume_unique=True)) > 0


class Stream:
    """The corpus with its related coverage. Building takes some 40 seconds.

    ``most``: only so many of its articles, the first in time.
    """

    def __init__(self, shared_data: Path, most: int | None = None) -> None:
        self.articles = read_stream(shared_data)[:most]
        self.coverage = Coverage(self.articles)
        self._reading = lru_cache(2_000)(lambda number: Reading(self.articles[number].article))

    def context_of(self, number: int) -> SignalContext:
        """The article's related coverage, as the service would give it."""
        each = self.articles[number]
        others = [(self.articles[other], other) for other in self.coverage.of(number)]
        related = tuple(RelatedArticle(o.id, f"Báo {o.id}", o.moment, o.article) for o, _ in others)
        readings = {o.id: self._reading(other) for o, other in others}
        return SignalContext(published=each.moment, related=related, readings=readings)

    def findings(
        self, detector: SignalDetector, wanted: Collection[str] | None = None
    ) -> Iterator[StreamFinding]:
        """What is found on the articles wanted (None: all)."""
        for number, each in enumerate(self.articles):
            if wanted is None or each.id in wanted:
                for found in detector.detect(each.article, self.context_of(number)):
                    yield StreamFinding(each.id, found)


def evaluate_stream(shared_data: Path) -> Report:
    """Every article beside its related coverage; some two minutes."""
    detector = SignalDetector(load_gazetteer())
    stream = Stream(shared_data)
    found = tuple(stream.findings(detector))
    criticism = criticism_ids(shared_data)
    return Report(
        len(stream.articles),
        sum(bool(stream.coverage.of(number)) for number in range(len(stream.articles))),
        sum(bool(detector.detect(each.article)) for each in stream.articles),
        found,
        tuple(each for each in found if each.id in criticism),
    )
