"""A small press world: one outlet with a feed, and shorthands for what a collector hands in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from archive.evidence import RawAnswer
from archive.intake import ArticleContent, IntakeReport, record_page
from archive.models import Outlet, Page, Source
from archive.polling import RevisitSchedule
from archive.warc import WarcFolder

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SCHEDULE = RevisitSchedule()
HOST = "https://bao.lamgiang.example"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if connection.vendor == "postgresql":
        return
    skip = pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL=postgresql://...")
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(skip)


@pytest.fixture
def outlet(db: None) -> Outlet:
    return Outlet.objects.create(
        key="lam-giang", name="Báo Lam Giang", kind="newspaper", scope="local", home=HOST, status="verified"
    )


@pytest.fixture
def source(outlet: Outlet) -> Source:
    return Source.objects.create(outlet=outlet, kind="feed", url=f"{HOST}/rss/home.rss", next_due_at=NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[WarcFolder]:
    folder = WarcFolder(tmp_path / "snapshots")
    yield folder
    folder.close()


@pytest.fixture
def page(outlet: Outlet) -> Page:
    return make_page(outlet)


def make_page(outlet: Outlet, path: str = "/xa-hoi/cau-moi-post1.html", **fields: object) -> Page:
    return Page.objects.create(outlet=outlet, url=HOST + path, **({"found_at": NOW, "due_at": NOW} | fields))


def answer(url: str, body: bytes, at: datetime = NOW, status: int = 200) -> RawAnswer:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"))
    return RawAnswer(url, status, headers, body, at, hashlib.sha256(body).hexdigest())


def article(page: Page, **fields: object) -> ArticleContent:
    values: dict[str, object] = {
        "url": page.url,
        "canonical_url": page.url,
        "title": "Thông xe cầu Lam Giang sau 18 tháng thi công",
        "lead": "Sáng 23/11, cầu mới nối hai bờ sông được đưa vào sử dụng.",
        "text": "Cầu dài 420 m, rộng 12 m.\nChủ đầu tư là Sở Xây dựng. Kinh phí 310 tỷ đồng.",
        "published_at": NOW - timedelta(minutes=5),
        "precision": "minute",
    }
    return ArticleContent(**(values | fields))  # type: ignore[arg-type]


@pytest.fixture
def take_in(store: WarcFolder) -> Callable[..., IntakeReport]:
    """Record a visit; fields of the article may be given."""

    def record(page: Page, at: datetime = NOW, **fields: object) -> IntakeReport:
        content = article(page, **fields)
        raw = answer(page.url, content.text.encode(), at)
        return record_page(page.pk, at=at, snapshot=raw, content=content, schedule=SCHEDULE, store=store)

    return record
