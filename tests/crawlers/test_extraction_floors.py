"""Floors on real pages with gold texts. A changed corpus must be looked at before its floors count."""

from __future__ import annotations

import gzip
import hashlib
import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.extraction import extract
from crawlers.records import ExtractedArticle, Precision
from tests.crawlers.scoring import word_f1

pytestmark = pytest.mark.corpus
FLOORS = tomllib.loads((Path(__file__).parent / "extraction_floors.toml").read_text(encoding="utf-8"))
NOW = datetime(2026, 3, 20, tzinfo=UTC)
Read = list[tuple[dict[str, Any], ExtractedArticle]]


def files_of(pages: Path) -> list[Path]:
    return sorted([*pages.glob("*_article.*"), *pages.glob("vnexpress_suckhoe*")])


@pytest.fixture(scope="module")
def articles(shared_data: Path) -> Read:
    out: Read = []
    for path in files_of(shared_data / "pages"):
        if path.suffix == ".json":
            gold = json.loads(path.read_text(encoding="utf-8"))
            page = gzip.decompress((path.parent / gold["file"]).read_bytes())
            out.append((gold, extract(page, url=gold["url"], content_type="text/html", fetched_at=NOW)))
    return out


def test_the_corpus_is_the_one_the_floors_are_for(shared_data: Path) -> None:
    digest = hashlib.sha256()
    for path in files_of(shared_data / "pages"):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    assert digest.hexdigest() == FLOORS["digest"]


def test_word_f1_holds_its_floors(articles: Read) -> None:
    scores = {gold["url"]: word_f1(article.text, gold["text"]) for gold, article in articles}
    assert len(scores) == 6
    assert min(scores.values()) >= FLOORS["lowest_word_f1"], scores
    assert sum(scores.values()) / len(scores) >= FLOORS["mean_word_f1"], scores


def test_phrases_that_must_and_must_not_be_there(articles: Read) -> None:
    for gold, article in articles:
        assert [phrase for phrase in gold["must_contain"] if phrase not in article.text] == [], gold["url"]
        assert [phrase for phrase in gold["must_not_contain"] if phrase in article.text] == [], gold["url"]
        assert [caption for caption in gold["captions"] if caption in article.text] == [], gold["url"]


@pytest.mark.parametrize("field", ["title", "lead", "canonical_url"])
def test_fields_are_those_of_the_page(articles: Read, field: str) -> None:
    for gold, article in articles:
        assert getattr(article, field) == gold[field]


def test_published_times_are_exact_to_the_minute(articles: Read) -> None:
    for gold, article in articles:
        assert (article.published_at, article.precision) == (
            datetime.fromisoformat(gold["published_at"]),
            Precision.MINUTE,
        ), gold["url"]
