"""Short ways to make documents and requests for tests. All texts are made up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from search.port import Document, Hit, SearchEngine, SearchRequest, Sort, Texts
from search.query import parse

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # 12:00 in Việt Nam
TODAY = date(2026, 11, 25)


def document(number: int, title: str = "", text: str = "", **more: Any) -> Document:
    """A document that differs from others in id and time, newer ids being newer."""
    facts: dict[str, Any] = {
        "id": number,
        "canonical_url": f"https://bao.example/{number}",
        "url": f"https://bao.example/{number}",
        "outlet": "bao-lam-giang",
        "outlet_name": "Báo Lam Giang",
        "outlet_kind": "newspaper",
        "scope": "local",
        "title": title,
        "lead": "",
        "text": text,
        "published_at": NOON + timedelta(minutes=number),
        "first_seen_at": NOON + timedelta(minutes=number, seconds=30),
    }
    return Document(**{**facts, **more})


class Store:
    """Stands in for the archive: the texts of what was indexed."""

    def __init__(self) -> None:
        self.texts: dict[int, Texts] = {}

    def keep(self, documents: list[Document]) -> list[Document]:
        for made in documents:
            self.texts[made.id] = Texts(made.title, made.lead, made.text)
        return documents

    def __call__(self, ids: Any) -> dict[int, Texts]:
        return {number: self.texts[number] for number in ids if number in self.texts}


def found(engine: SearchEngine, query: str, **more: Any) -> list[int]:
    """Ids of the first page, in order."""
    return [hit.id for hit in page(engine, query, **more)]


def page(engine: SearchEngine, query: str, **more: Any) -> tuple[Hit, ...]:
    return engine.search(SearchRequest(parse(query, today=TODAY), **more)).hits


def all_pages(engine: SearchEngine, query: str, size: int, sort: Sort) -> list[int]:
    numbers: list[int] = []
    cursor = None
    while True:
        result = engine.search(
            SearchRequest(parse(query), sort=sort, size=size, cursor=cursor, highlight=False)
        )
        numbers += [hit.id for hit in result.hits]
        cursor = result.next_cursor
        if cursor is None:
            return numbers
