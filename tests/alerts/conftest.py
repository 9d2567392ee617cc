"""A small newsroom for the tests of alerts: outlets, articles in stories, rules, targets, an index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from alerts.models import Rule, Subscription, Target
from archive.models import Article, Finding, Outlet, Revision, Story
from pipeline.alert.step import AlertStep
from search.config import SearchConfig
from search.documents import documents_from_archive
from search.port import SearchEngine
from search.service import open_engine
from tests.alerts.slack_server import SlackServer, serve

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # 10:00 in Việt Nam
_serial = count(1)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = NOW):
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def go(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture(autouse=True)
def _whole_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not cut a batch short."""
    monkeypatch.setattr("pipeline.step.SLICE_S", 600.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with serve() as server:
        yield server


@pytest.fixture
def engine(tmp_path: Path, db: None) -> Iterator[SearchEngine]:
    made = open_engine(SearchConfig(folder=tmp_path / "index"))
    yield made
    made.close()


def outlet(key: str = "bao-lam-giang", name: str = "Báo Lam Giang", **fields: Any) -> Outlet:
    values = {"name": name, "kind": "newspaper", "scope": "local", "home": f"https://{key}.example/"}
    return Outlet.objects.update_or_create(key=key, defaults=values | fields)[0]


def article(of: Outlet | None = None, title: str = "Đèo Sơn Vàng sạt lở", **fields: Any) -> Article:
    """An archived, classified article in a story of its own (or ``story=``) that awaits the index."""
    of = of or outlet()
    number = next(_serial)
    url = f"{of.home}bai-{number}.html"
    text = fields.pop("text", "Mưa lớn làm sạt lở đèo Sơn Vàng, 12 hộ dân được di dời.")
    seen = fields.pop("first_seen_at", NOW - timedelta(minutes=5))
    values: dict[str, Any] = {
        "published_at": seen - timedelta(minutes=2),
        "published_precision": "minute",
        "changed_at": seen,
        "needs_classify": False,
        "needs_story": False,
        "needs_signals": False,
    }
    story = fields.pop("story", None) or Story.objects.create(
        title=title, created_at=seen, first_seen=seen, last_seen=seen
    )
    made = Article.objects.create(
        outlet=of,
        url=url,
        canonical_url=url,
        title=title,
        text=text,
        digest=hashlib.sha256((title + text).encode()).hexdigest(),
        first_seen_at=seen,
        story=story,
        **(values | fields),
    )
    Revision.objects.create(article=made, number=1, seen_at=seen, title=title, text=text, digest=made.digest)
    return made


def signal(of: Article, code: str = "S1", said: str = "12 hộ", **fields: Any) -> Finding:
    evidence = {
        "note": "cần đối chiếu",
        "other": {"kind": "register", "text": "9 hộ", "source": "Báo cáo số 5", "as_of": "2026-11-23"},
        "innocent": ["Khác thời điểm"],
    }
    at = of.text.find(said)
    values = {
        "kind": "signal",
        "label": code,
        "score": 0.9,
        "spans": [{"field": "text", "start": at, "end": at + len(said), "text": said}],
        "evidence": evidence,
        "detector": "test",
        "version": "1",
        "created_at": NOW,
    }
    return Finding.objects.create(article=of, revision=of.revisions.latest("number"), **(values | fields))


def rule(name: str = "Sạt lở", query: str = "sạt lở", **fields: Any) -> Rule:
    values = {"active_since": NOW - timedelta(days=1), "created_at": NOW, "changed_at": NOW}
    return Rule.objects.create(name=name, query=query, **(values | fields))


def target(
    name: str = "Phòng báo chí", channel: str = "slack", address: str = "C0001", **fields: Any
) -> Target:
    return Target.objects.create(name=name, channel=channel, address=address, **fields)


def subscribe(to: Rule, where: Target, mode: str = "instant") -> Subscription:
    return Subscription.objects.create(rule=to, target=where, mode=mode)


@pytest.fixture
def take_in(engine: SearchEngine, clock: Clock) -> Callable[[], int]:
    """Index what waits and ask the rules, as the pipeline does; returns how many articles it asked about."""
    from pipeline.index.step import IndexStep

    def run() -> int:
        IndexStep(engine).run(1000)
        return AlertStep(engine, clock).run(1000)

    engine.rebuild(documents_from_archive())
    return run
