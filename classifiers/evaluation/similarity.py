"""How well reprints are found: against a press world that knows them, and what real articles show."""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from classifiers.similarity.compare import Kind, Link, compare
from classifiers.similarity.facts import ArticleFacts, facts_of
from classifiers.similarity.index import SimilarityIndex

CORPUS = "press_dev.jsonl.gz"
Pair = tuple[int, int]


@dataclass(frozen=True)
class Printed:
    """An article as some outlet printed it. ``origin``: number of the article it reprints, if it does."""

    title: str
    lead: str
    text: str
    when: float
    origin: int | None = None


@dataclass(frozen=True)
class Scores:
    """``candidates``: share of true pairs that the index brought to comparison. ``links``: precision, recall
    and F1 of pairs said to be reprints; ``stories``: the same of all pairs inside of the stories that these
    links make. ``wrong``: pairs of titles said to be reprints that the world does not know as such.
    """

    articles: int
    true_pairs: int
    candidates: float
    links: tuple[float, float, float]
    stories: tuple[float, float, float]
    wrong: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """The scores for a terminal or a file."""
        head = f"{self.articles} articles, {self.true_pairs} true pairs, candidates {self.candidates:.4f}"
        rows = [
            f"{name}: P {p:.4f} R {r:.4f} F1 {f:.4f}"
            for name, (p, r, f) in (("links", self.links), ("stories", self.stories))
        ]
        pairs = [f"  {one} | {other}" for one, other in self.wrong]
        return "\n".join([head, *rows, "said and not known to the world:", *pairs])


@dataclass(frozen=True)
class Report:
    """The scores on the replayed world, and the pairs found among the real articles."""

    replay: Scores
    real: str

    def text(self) -> str:
        """Both, for a terminal or a file."""
        return f"{self.replay.text()}\n\nreal pairs\n{self.real}"


def replayed(shared_data: Path, tool: Path, *, seed: int, limit: int) -> list[Printed]:
    """What ``press_replay.py`` publishes in all, in the order of time, edits included."""
    spec = importlib.util.spec_from_file_location("press_replay", tool)
    if spec is None or spec.loader is None:
        raise OSError(f"{tool} cannot be read as a Python file; give the path of press_replay.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    options = {"port": 8900, "seed": seed, "calm": False, "edits": 0.05, "removals": 0.02, "outlets": 12}
    corpus = {"corpus": str(shared_data / CORPUS), "limit": limit, "backlog": 120, "rate": 60.0}
    world = module.World(argparse.Namespace(**options, **corpus))
    articles = sorted((a for outlet in world.outlets for a in outlet.articles), key=lambda a: a.when)
    numbers = {id(article): number for number, article in enumerate(articles)}
    return [
        Printed(a.title, a.lead, a.versions[-1][1], a.when, numbers.get(id(a.reprint_of))) for a in articles
    ]


def links_among(articles: Sequence[Printed]) -> Iterator[tuple[Pair, Link]]:
    """Each article against those before it, as the pipeline does; every pair that was compared."""
    index = SimilarityIndex()
    facts: list[ArticleFacts] = []
    for number, article in enumerate(articles):
        time = datetime.fromtimestamp(article.when, UTC)
        made = facts_of(article.title, article.lead, article.text, time)
        signature = made.signature
        for candidate in index.candidates(signature):
            yield (candidate.id, number), compare(made, facts[candidate.id], index.rarity)
        index.add(number, signature, time)
        facts.append(made)


def score(articles: Sequence[Printed]) -> Scores:
    """Judges links and stories by the origins that the articles carry."""
    compared = dict(links_among(articles))
    said = {pair for pair, link in compared.items() if link.kind == Kind.REPRINT}
    true = pairs_of(
        _stories(len(articles), ((a.origin, n) for n, a in enumerate(articles) if a.origin is not None))
    )
    wrong = sorted(said - true)
    return Scores(
        len(articles),
        len(true),
        len(true & compared.keys()) / len(true) if true else 1.0,
        _scores(said, true),
        _scores(pairs_of(_stories(len(articles), said)), true),
        tuple((articles[a].title, articles[b].title) for a, b in wrong),
    )


def evaluate_replay(shared_data: Path, tool: Path, *, seed: int = 7, limit: int = 2_000) -> Scores:
    """Some ten seconds for 2,000 articles. Raises OSError when the corpus or the tool is missing."""
    return score(replayed(shared_data, tool, seed=seed, limit=limit))


def evaluate_similarity(shared_data: Path) -> Report:
    """The whole corpus; a minute. The tool is taken from ``../tools`` beside the corpora."""
    tool = shared_data.parent / "tools" / "press_replay.py"
    return Report(evaluate_replay(shared_data, tool, seed=11, limit=8_000), real_report(shared_data))


def real_pairs(shared_data: Path) -> list[tuple[Link, str, str]]:
    """Pairs among the real articles of the corpus that are linked: (link, title, title), likeliest first.

    The corpus gives no times, so all articles count as printed at one moment.
    """
    with gzip.open(shared_data / CORPUS, "rt", encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    articles = [Printed(row["title"], row.get("lead", ""), row["body"], 0.0) for row in rows]
    found = [
        (link, articles[a].title, articles[b].title)
        for (a, b), link in links_among(articles)
        if link.kind != Kind.NONE
    ]
    return sorted(found, key=lambda row: (row[0].kind, -row[0].score, row[1], row[2]))


def real_report(shared_data: Path) -> str:
    """The linked real pairs, one a line, after their numbers by kind."""
    found = real_pairs(shared_data)
    counts = Counter(str(link.kind) for link, _, _ in found)
    lines = [
        f"{link.kind} {link.score:.3f} containment {link.details['containment']:.2f} {one} | {other}"
        for link, one, other in found
    ]
    return "\n".join([f"{kind}: {count}" for kind, count in sorted(counts.items())] + lines)


def pairs_of(groups: Iterable[Sequence[int]]) -> set[Pair]:
    """Every pair inside of a group, smaller number first."""
    return {(min(pair), max(pair)) for group in groups for pair in combinations(group, 2)}


def _stories(count: int, pairs: Iterable[tuple[int | None, int]]) -> list[list[int]]:
    """The groups that pairs join."""
    root = list(range(count))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    for one, other in pairs:
        if one is not None:
            root[find(one)] = find(other)
    groups: dict[int, list[int]] = {}
    for number in range(count):
        groups.setdefault(find(number), []).append(number)
    return list(groups.values())


def _scores(said: set[Pair], true: set[Pair]) -> tuple[float, float, float]:
    right = len(said & true)
    precision = right / len(said) if said else 1.0
    recall = right / len(true) if true else 1.0
    return precision, recall, 2 * right / max(1, len(said) + len(true))
