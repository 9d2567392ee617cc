"""The judged searches, and nDCG over them."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from search.port import Document, SearchEngine, SearchRequest
from search.query import parse
from search.text.segments import marks
from tests.servers.elasticsearch_download import cache_folder

HERE = Path(__file__).parent / "relevance"
CORPUS = "press_dev.jsonl.gz"


@dataclass(frozen=True)
class Judged:
    kind: str
    text: str
    grades: Mapping[str, int]


def judged() -> list[Judged]:
    needs = tomllib.loads((HERE / "judgements.toml").read_text("utf-8"))["need"]
    return [Judged(need["kind"], text, need["grades"]) for need in needs for text in need["texts"]]


def corpus_digest(folder: Path) -> str:
    return hashlib.sha256((folder / CORPUS).read_bytes()).hexdigest()


def corpus(folder: Path) -> tuple[list[Document], list[str]]:
    """The articles as documents numbered from 0, and the corpus's own id of each number."""
    start = datetime(2017, 1, 1, tzinfo=UTC)
    documents: list[Document] = []
    names: list[str] = []
    with gzip.open(folder / CORPUS, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            names.append(row["id"])
            documents.append(
                Document(
                    id=number,
                    canonical_url=f"https://bao.example/{row['id']}",
                    url=f"https://bao.example/{row['id']}",
                    outlet="corpus",
                    outlet_name="Corpus",
                    outlet_kind="aggregator",
                    scope="national",
                    title=row["title"],
                    lead=row["lead"],
                    text=row["body"],
                    published_at=start + timedelta(minutes=number),
                    first_seen_at=start,
                )
            )
    return documents, names


def segments(folder: Path) -> list[str]:
    """The marks of the words of each document; kept in a file, because working them out takes minutes."""
    kept = cache_folder() / f"segments-{corpus_digest(folder)[:16]}.json"
    if not kept.exists():
        parts = [(each.title, each.lead, each.text) for each in corpus(folder)[0]]
        with ProcessPoolExecutor() as pool:
            marked = list(pool.map(marks, parts, chunksize=50))
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".draft")
        draft.write_text(json.dumps(marked), "utf-8")
        draft.replace(kept)
    found: list[str] = json.loads(kept.read_text("utf-8"))
    return found


def top(engine: SearchEngine, text: str, size: int = 10) -> list[int]:
    request = SearchRequest(parse(text), size=size, highlight=False)
    return [hit.id for hit in engine.search(request).hits]


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Gain 2^grade - 1, discounted by log2 of the place; 1 is the best order there can be."""

    def gain(values: Sequence[int]) -> float:
        return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values[:depth]))

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(name, 0) for name in found]) / best
