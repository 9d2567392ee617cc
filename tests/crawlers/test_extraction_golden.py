"""Golden pairs: a page in the shape of a Vietnamese CMS and what a reader sees. All texts are made up."""

from __future__ import annotations

import gzip
import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.extraction import extract
from crawlers.records import ExtractedArticle, Precision

FOLDER = Path(__file__).parent / "golden"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
NOW = datetime(2026, 3, 20, tzinfo=UTC)


def golden(name: str) -> tuple[bytes, dict[str, Any]]:
    gold: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return (FOLDER / f"{name}.html").read_bytes(), gold


def read(page: bytes, gold: dict[str, Any], content_type: str = "") -> ExtractedArticle:
    return extract(page, url=gold["url"], content_type=content_type or gold["content_type"], fetched_at=NOW)


def test_there_are_pages_of_many_systems() -> None:
    assert len(NAMES) >= 14


@pytest.mark.parametrize("name", NAMES)
def test_a_page_gives_what_a_reader_sees(name: str) -> None:
    page, gold = golden(name)
    article = read(page, gold)
    assert article.title == gold["title"]
    assert article.lead == gold["lead"]
    assert article.text == gold["text"]
    assert article.published_at == datetime.fromisoformat(gold["published_at"])
    assert article.precision is Precision(gold["precision"])
    assert article.canonical_url == gold["canonical_url"]
    assert [phrase for phrase in gold["must_not_contain"] if phrase in article.text] == []


@pytest.mark.parametrize("name", NAMES)
def test_decomposed_pages_give_the_same(name: str) -> None:
    page, gold = golden(name)
    assert read(unicodedata.normalize("NFD", page.decode()).encode(), gold) == read(page, gold)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "content_type",
    ["text/html; charset=iso-8859-1", "text/html; charset=windows-1258", "application/octet-stream"],
)
def test_wrong_headers_change_nothing(name: str, content_type: str) -> None:
    page, gold = golden(name)
    assert read(page, gold, content_type) == read(page, gold)


def test_golden_texts_are_small() -> None:
    assert all(len(gzip.compress((FOLDER / f"{name}.html").read_bytes())) < 8_000 for name in NAMES)
