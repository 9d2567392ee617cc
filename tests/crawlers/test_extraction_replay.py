"""Pages of press_replay.py in all its designs: composed, decomposed, rightly and wrongly declared."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crawlers.extraction import extract
from crawlers.records import ExtractedArticle, Precision
from tests.crawlers.scoring import word_f1

pytestmark = pytest.mark.corpus
FLOORS = tomllib.loads((Path(__file__).parent / "extraction_floors.toml").read_text(encoding="utf-8"))[
    "replay"
]
DESIGNS = (0, 1, 2, 3)
WRONG = "text/html; charset=iso-8859-1"


@dataclass(frozen=True)
class Replayed:
    article: Any  # the tool's own record of what it published
    read: ExtractedArticle
    now: float


def load(tools: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("press_replay", tools / "press_replay.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def published(tool: ModuleType, corpus: Path, count: int) -> Iterator[Any]:
    world = tool.World(
        argparse.Namespace(
            port=8900,
            seed=11,
            calm=True,
            edits=0,
            removals=0,
            outlets=12,
            corpus=str(corpus),
            limit=count,
            backlog=count,
            rate=0,
        )
    )
    for outlet in world.outlets:
        yield from (article for article in outlet.articles if article.reprint_of is None)


@pytest.fixture(scope="module")
def replayed(shared_tools: Path, shared_data: Path) -> dict[int, list[Replayed]]:
    tool = load(shared_tools)
    out: dict[int, list[Replayed]] = {design: [] for design in DESIGNS}
    now = datetime.now(UTC)
    for article in published(tool, shared_data / "press_dev.jsonl.gz", 4 * FLOORS["pages"] + 200):
        pages = out[article.design]
        if len(pages) >= FLOORS["pages"]:
            continue
        related = random.Random(article.id).sample(article.outlet.articles, 8)
        page = tool.page(article, now.timestamp(), related)
        page = unicodedata.normalize("NFD", page) if len(pages) % 3 == 1 else page
        kind = WRONG if len(pages) % 3 == 2 else "text/html; charset=utf-8"
        read = extract(page.encode(), url=article.url, content_type=kind, fetched_at=now)
        pages.append(Replayed(article, read, now.timestamp()))
    return out


def test_the_corpus_is_the_one_the_floors_are_for(shared_data: Path) -> None:
    corpus = (shared_data / "press_dev.jsonl.gz").read_bytes()
    assert hashlib.sha256(corpus).hexdigest() == FLOORS["digest"]


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.replace("\u200b", "").replace("\ufeff", "").split()))


@pytest.mark.parametrize("design", DESIGNS)
def test_word_f1_holds_its_floors(replayed: dict[int, list[Replayed]], design: int) -> None:
    scores = [word_f1(r.read.text, plain(r.article.body)) for r in replayed[design]]
    assert len(scores) == FLOORS["pages"]
    assert sum(scores) / len(scores) >= FLOORS["mean_word_f1"]
    assert min(scores) >= FLOORS["lowest_word_f1"]


@pytest.mark.parametrize("design", DESIGNS)
def test_titles_leads_times_and_addresses_are_right(replayed: dict[int, list[Replayed]], design: int) -> None:
    for r in replayed[design]:
        assert r.read.title == plain(r.article.title)
        assert r.read.lead == plain(r.article.lead)
        assert r.read.published_at == datetime.fromtimestamp(r.article.when // 60 * 60, UTC)
        assert r.read.precision is Precision.MINUTE
        assert r.read.canonical_url == r.article.url


@pytest.mark.parametrize("design", DESIGNS)
def test_boxes_credits_and_comments_are_left_out(replayed: dict[int, list[Replayed]], design: int) -> None:
    for r in replayed[design]:
        lines = r.read.text.split("\n")
        assert f"Ảnh: {r.article.outlet.name}" not in lines
        assert not {"Tin liên quan", "Bài viết hay quá!", "Mong sớm có kết quả."} & set(lines)
        assert "mua một tặng một" not in r.read.text
        assert lines[0] != r.read.lead
