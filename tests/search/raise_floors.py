"""``python -m tests.search.raise_floors``: measures both engines and raises the floors; never lowers them.

Needs the shared corpus, and TEST_ELASTICSEARCH_URL for the Elasticsearch floor.
"""

from __future__ import annotations

import math
import os
import statistics
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path

from search.embedded import EmbeddedEngine
from search.port import SearchEngine
from tests.conftest import SHARED
from tests.search import judged as sets
from tests.search.elastic_engine import SharedElastic
from tests.search.makers import Store

FILE = sets.HERE / "floors.toml"


def measure(engine: SearchEngine) -> float:
    """Mean nDCG@10 over all judged searches; prints it by kind."""
    documents, names = sets.corpus(SHARED / "data")
    engine.index(documents)  # in one thread: equal scores keep their order
    scores: dict[str, list[float]] = defaultdict(list)
    for each in sets.judged():
        found = [names[number] for number in sets.top(engine, each.text)]
        scores[each.kind].append(sets.ndcg(found, each.grades))
    for kind, values in sorted(scores.items()):
        sys.stdout.write(f"  {kind:<28} {statistics.fmean(values):.4f} over {len(values)}\n")
    return statistics.fmean(value for values in scores.values() for value in values)


def main() -> None:
    """Measure, compare, write."""
    floors = tomllib.loads(FILE.read_text("utf-8"))["ndcg_at_10"] if FILE.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        measured = {"embedded": measure(EmbeddedEngine(Path(folder), Store()))}
    if url := os.environ.get("TEST_ELASTICSEARCH_URL"):
        marked = sets.segments(SHARED / "data")
        for name, segments in (
            ("elastic", lambda batch: {}),
            ("elastic_segmented", lambda batch: {each.id: marked[each.id] for each in batch}),
        ):
            shared = SharedElastic(url, segments)
            try:
                measured[name] = measure(shared.engine)
            finally:
                shared.remove()
    for name, value in measured.items():
        sys.stdout.write(f"{name}: nDCG@10 {value:.5f}, floor was {floors.get(name, 0.0):.4f}\n")
        floors[name] = max(floors.get(name, 0.0), math.floor(value * 10_000) / 10_000)
    lines = [f'corpus_sha256 = "{sets.corpus_digest(SHARED / "data")}"', "", "[ndcg_at_10]"]
    lines += [f"{name} = {value}" for name, value in sorted(floors.items())]
    FILE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
