"""Prints the neighbouring words that news use most, for ``search/text/frequent_pairs.txt``.

    python -m benchmarks.frequent_pairs > search/text/frequent_pairs.txt

Only pairs of two frequent words are taken: a phrase with a rare word in it is found fast anyway.
Names of provinces are taken too, because their own press uses them far more than the whole press does.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

from provinces.gazetteer import Level, load_gazetteer
from search.text.normal import folded_runs, forms

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", type=Path, default=ROOT.parent / "shared/data/press_dev.jsonl.gz")
    parser.add_argument("--words", type=int, default=600, help="how many of the most frequent words")
    parser.add_argument("--pairs", type=int, default=1500, help="how many pairs of them")
    options = parser.parse_args()
    holding: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    holding_pair: Counter[tuple[str, str]] = Counter()
    articles = 0
    with gzip.open(options.source, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            parts = [" ".join(folded_runs(article[name] or "")).split() for name in ("title", "lead", "body")]
            holding.update({word for part in parts for word in part})
            for part in parts:
                pairs.update(pairwise(part))
            holding_pair.update({pair for part in parts for pair in pairwise(part)})
            articles += 1
    frequent = {word for word, _ in holding.most_common(options.words)}
    kept = [pair for pair, _ in pairs.most_common() if frequent.issuperset(pair)][: options.pairs]
    digest = hashlib.sha256(options.source.read_bytes()).hexdigest()
    names = {" ".join(forms(unit.name)[1]) for unit in load_gazetteer() if unit.level is Level.PROVINCE}
    kept += [pair for name in names for pair in pairwise(name.split()) if pair not in kept]
    print("# Pairs of neighbouring words, folded, that news use most; one term each in the index.")
    print(f"# Counted by benchmarks/frequent_pairs.py in {articles} articles, SHA-256 {digest}.")
    print("# Pair, articles that hold its first word, its second word, and the pair.")
    print(f"articles {articles}")
    for first, second in sorted(kept):
        print(first, second, holding[first], holding[second], holding_pair[first, second])


if __name__ == "__main__":
    main()
