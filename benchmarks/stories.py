"""How fast an article is matched against 100,000 recent ones, and what the index holds in memory.

    python -m benchmarks.stories [--recent 100000] [--articles 2000] [--data DIR]

The recent articles are made from the corpus: their sentences are dealt out anew, so that they share the
words and stock phrases of real news and hardly a whole text. Every fourth article that is matched is a
shortened copy of one of them. Matching is: read and sign the new text, find candidates, compare with those
candidates whose texts were kept (one in twenty, read beforehand as the worker remembers them), add.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from classifiers.similarity.compare import Kind, compare
from classifiers.similarity.facts import ArticleFacts, facts_of
from classifiers.similarity.index import SimilarityIndex
from classifiers.similarity.signature import Signature, signature

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
START = datetime(2026, 11, 1, tzinfo=UTC)
Text = tuple[str, str, str]


def made_up(data: Path, rng: random.Random) -> Iterator[Text]:
    """Title, lead and text of ever new articles."""
    with gzip.open(data / "press_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    sentences = [re.split(r"(?<=[.!?…])\s+", row["body"]) for row in rows]
    while True:
        row = rng.choice(rows)
        parts: list[str] = []
        while len(parts) < 18:
            source = rng.choice(sentences)
            at = rng.randrange(len(source))
            parts += source[at : at + 2]
        yield rng.choice(rows)["title"], row.get("lead", ""), " ".join(parts)


def copied(text: Text, rng: random.Random) -> Text:
    """As an aggregator prints it."""
    words = text[2].split(" ")
    return (
        f"Nóng: {text[0]}",
        text[1],
        " ".join(words[: int(len(words) * rng.uniform(0.6, 1))]) + "\nTheo báo",
    )


def main() -> int:
    """Fill, match, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--recent", type=int, default=100_000)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--data", type=Path, default=DATA)
    args = parser.parse_args()
    if not args.data.is_dir():
        parser.error(f"no corpora in {args.data}; name their folder with --data")
    rng = random.Random(5)
    source = made_up(args.data, rng)
    kept: dict[int, Text] = {}
    stored: list[tuple[int, bytes, datetime]] = []
    started = time.perf_counter()
    for number in range(args.recent):
        text = next(source)
        if rng.random() < 0.05:
            kept[number] = text
        made = signature(text[2], text[0], text[1])
        stored.append((number, made.pack(), START + timedelta(seconds=number)))
    print(f"{args.recent} articles written and signed in {time.perf_counter() - started:.0f} s")
    before = psutil.Process().memory_info().rss
    started = time.perf_counter()
    index = SimilarityIndex()
    index.fill((number, Signature.unpack(data), at) for number, data, at in stored)
    filled = time.perf_counter() - started
    size = (psutil.Process().memory_info().rss - before) / 1e6
    print(f"index filled from stored signatures in {filled:.1f} s, {size:.0f} MB more in use")

    now = START + timedelta(seconds=args.recent)
    facts: dict[int, ArticleFacts] = {}
    tasks: list[tuple[Text, int | None]] = []
    for k in range(args.articles):
        origin = rng.choice(list(kept)) if k % 4 == 0 else None
        tasks.append((copied(kept[origin], rng) if origin is not None else next(source), origin))
    for number in kept:
        facts[number] = facts_of(*kept[number], now)
    compared = right = wrong = 0
    wall, cpu = time.perf_counter(), time.process_time()
    for k, (text, origin) in enumerate(tasks):
        made_facts = facts_of(*text, now)
        mine = made_facts.signature
        found: set[int] = set()
        for candidate in index.candidates(mine):
            other = facts.get(candidate.id)
            if other is not None:
                compared += 1
                if compare(made_facts, other, index.rarity).kind == Kind.REPRINT:
                    found.add(candidate.id)
        index.add(args.recent + k, mine, now)
        right += origin in found
        wrong += len(found - {origin})
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    copies = sum(origin is not None for _, origin in tasks)
    speeds = f"{len(tasks) / wall:.0f}/s on the clock, {len(tasks) / cpu:.0f}/s of CPU"
    print(f"{len(tasks)} articles matched: {speeds}")
    print(f"{compared} pairs compared; {right} of {copies} copies found, {wrong} others said to be reprints")
    return 0


if __name__ == "__main__":
    sys.exit(main())
