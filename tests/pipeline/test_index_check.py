"""An index that lost articles, on either engine: noticed by the service itself, said, and filled again."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from archive.indexed import written_before
from archive.models import Article, Outlet, Revision
from archive.outage import index_short_since
from pipeline.index.check import EVERY, LASTING, IndexCheck
from pipeline.index.step import IndexStep
from search.elastic import ElasticEngine
from search.embedded import EmbeddedEngine
from search.port import EngineUnavailable, SearchEngine
from search.query import parse
from tests.search.elastic_engine import SharedElastic, elastic_config
from tests.search.makers import Store

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


class Desk:
    """The worker: check and index step in turn, and a clock that goes on with every round."""

    def __init__(self, engine: SearchEngine):
        self.now = NOW
        self.engine = engine
        self.restart()

    def restart(self) -> None:
        self.check = IndexCheck(self.engine, lambda: self.now)
        self.index = IndexStep(self.engine, lambda: self.now)

    def round(self, limit: int = 4) -> int:
        """One round; a step that fails does not stop the other."""
        took = 0
        for step in (self.check, self.index):
            try:
                took += step.run(limit)
            except EngineUnavailable:
                took += 1
        self.now += timedelta(seconds=1)
        return took

    def settle(self) -> None:
        """Rounds until there is nothing to do, twice in a row: the last compares once more."""
        quiet = rounds = 0
        while quiet < 2:
            quiet = 0 if self.round() else quiet + 1
            rounds += 1
            assert rounds < 200, "it never ends"

    def wait(self) -> None:
        self.now += EVERY


@dataclass
class Place:
    """An engine, and what an operator can do to its index behind its back."""

    engine: SearchEngine
    delete: Callable[[], None]
    keep_copy: Callable[[], None]
    put_back: Callable[[], None]
    restarted: Callable[[], SearchEngine]


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Place]:
    root, copy = tmp_path / "index", tmp_path / "copy"
    opened: list[SearchEngine] = []

    def open_it() -> SearchEngine:
        opened.append(EmbeddedEngine(root, Store()))
        return opened[-1]

    def put_back() -> None:
        shutil.rmtree(root)
        shutil.copytree(copy, root)

    yield Place(
        open_it(), lambda: shutil.rmtree(root), lambda: shutil.copytree(root, copy), put_back, open_it
    )
    for each in opened:
        each.close()


@pytest.fixture
def elastic(elasticsearch_url: str) -> Iterator[Place]:
    own = SharedElastic(elasticsearch_url)
    indexes = f"{own.prefix}*"
    opened: list[ElasticEngine] = []
    with Elasticsearch(elasticsearch_url, request_timeout=60) as client:

        def delete() -> None:
            for name in client.indices.get(index=indexes):
                client.indices.delete(index=name)

        def keep_copy() -> None:
            client.snapshot.create_repository(
                name=own.prefix, repository={"type": "fs", "settings": {"location": own.prefix}}
            )
            client.snapshot.create(
                repository=own.prefix, snapshot="old", indices=indexes, wait_for_completion=True
            )

        def put_back() -> None:
            delete()
            client.snapshot.restore(
                repository=own.prefix, snapshot="old", indices=indexes, wait_for_completion=True
            )

        def reopened() -> SearchEngine:
            opened.append(ElasticEngine(elastic_config(own.url), Store(), prefix=own.prefix))
            return opened[-1]

        yield Place(own.engine, delete, keep_copy, put_back, reopened)
        for each in opened:
            each.close()
        own.remove()
        quiet = client.options(ignore_status=404)
        quiet.snapshot.delete(repository=own.prefix, snapshot="old")
        quiet.snapshot.delete_repository(name=own.prefix)


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def place(request: pytest.FixtureRequest) -> Place:
    chosen: Place = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
def desk(place: Place) -> Desk:
    return Desk(place.engine)


@pytest.fixture
def articles() -> list[Article]:
    outlet = Outlet.objects.create(
        key="lam-giang", name="Báo Lam Giang", kind="newspaper", scope="local", home="http://127.0.0.1/"
    )
    return [made(outlet, number) for number in range(10)]


def made(outlet: Outlet, number: int) -> Article:
    """An article that the other steps are done with, and that waits for the index."""
    url, title = f"http://127.0.0.1/bai-{number}.html", "Hồ Thượng Rộc xả lũ"
    common = {"title": title, "digest": "0" * 64}
    row = Article.objects.create(
        outlet=outlet, url=url, canonical_url=url, first_seen_at=NOW, changed_at=NOW, **common
    )
    Revision.objects.create(article=row, number=1, seen_at=NOW, **common)
    done = {"needs_classify": False, "needs_story": False, "needs_signals": False}
    Article.objects.filter(pk=row.pk).update(**done)
    return row


def generation(tmp_path: Path) -> Path:
    """The folder of the embedded index in use."""
    return tmp_path / "index" / (tmp_path / "index" / "current").read_text().strip()


def told_all() -> None:
    """The rules have seen every article."""
    for row in Article.objects.all():
        Article.objects.filter(pk=row.pk).update(needs_alert=False, alerted_version=row.version)


def whole(desk: Desk) -> None:
    assert list(desk.engine.ids()) == sorted(Article.objects.values_list("pk", flat=True))
    assert not Article.objects.filter(needs_index=True).exists()
    assert index_short_since() is None


def test_nothing_is_done_while_the_index_is_whole(desk: Desk, articles: list[Article]) -> None:
    desk.settle()
    desk.wait()
    desk.settle()
    assert desk.check.run(10) == 0
    whole(desk)


def test_a_deleted_index_is_filled_again_and_said_meanwhile(
    desk: Desk, place: Place, articles: list[Article], caplog: pytest.LogCaptureFixture
) -> None:
    desk.settle()
    told_all()
    place.delete()
    desk.wait()
    while index_short_since() is None:
        desk.round()
    assert desk.check.short
    assert "indexed again" in caplog.text
    caplog.set_level(logging.INFO)
    desk.settle()
    whole(desk)
    assert "whole again: 10 articles" in caplog.text
    assert not Article.objects.filter(needs_alert=True).exists(), "rules are not asked twice"


def test_it_is_said_until_all_is_back_however_often_the_index_is_looked_at(
    desk: Desk, place: Place, articles: list[Article], caplog: pytest.LogCaptureFixture
) -> None:
    """Articles that are marked are not missing: counted alone, an index half full would pass for whole."""
    caplog.set_level(logging.INFO)
    desk.settle()
    place.delete()
    desk.wait()
    while index_short_since() is None:
        desk.round(2)
    looks = 0
    while Article.objects.filter(needs_index=True).exists():
        assert index_short_since() is not None and "whole again" not in caplog.text
        desk.wait()
        desk.round(2)
        looks += 1
    assert looks > 1, "it was looked at in the middle"
    desk.settle()
    whole(desk)


def test_what_comes_meanwhile_does_not_keep_an_index_from_being_whole(
    desk: Desk, place: Place, articles: list[Article]
) -> None:
    desk.settle()
    desk.engine.delete([articles[2].pk])
    desk.wait()
    while index_short_since() is None or Article.objects.filter(needs_index=True).exists():
        desk.round()
    new = made(articles[0].outlet, 99)
    Article.objects.filter(pk=new.pk).update(first_seen_at=desk.now)
    desk.wait()
    for _ in range(2):
        desk.check.run(10)
    assert index_short_since() is None
    assert Article.objects.filter(needs_index=True).get() == new


def test_a_start_notices_at_once(
    desk: Desk, place: Place, articles: list[Article], caplog: pytest.LogCaptureFixture
) -> None:
    """Also if the index was last looked at while it was empty."""
    desk.settle()
    place.delete()
    desk.engine = place.restarted()
    assert desk.engine.count(parse("lũ")) == 0, "somebody looked first, and an empty index was made"
    desk.restart()
    desk.round()
    assert index_short_since() is not None
    assert "not the one that was written to" in caplog.text
    desk.settle()
    whole(desk)


def test_killed_while_it_marks_and_fills_it_begins_again(
    desk: Desk, place: Place, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.index.check._CHUNK", 3)
    monkeypatch.setattr("pipeline.step.SLICE_S", 0.0)
    desk.settle()
    place.delete()
    desk.engine = place.restarted()
    for _ in range(4):
        desk.restart()
        desk.round(2)
        assert index_short_since() is not None
    desk.restart()
    desk.settle()
    whole(desk)


def test_an_index_put_back_from_a_copy_has_old_versions_replaced_too(
    desk: Desk, place: Place, articles: list[Article]
) -> None:
    """No article is missing, so that counting alone would not tell."""
    desk.settle()
    place.keep_copy()
    Article.objects.filter(pk=articles[3].pk).update(title="Bão tan", needs_index=True, version=2)
    desk.wait()
    desk.settle()
    assert list(desk.engine.scan(parse("bão"))) == [articles[3].pk]
    place.put_back()
    desk.engine = place.restarted()
    assert list(desk.engine.scan(parse("bão"))) == []
    desk.restart()
    desk.settle()
    assert list(desk.engine.scan(parse("bão"))) == [articles[3].pk]
    whole(desk)


def test_only_what_is_missing_is_indexed_again(desk: Desk, articles: list[Article]) -> None:
    desk.settle()
    desk.engine.delete([articles[2].pk, articles[7].pk])
    desk.wait()
    assert desk.check.run(10) == 10
    assert set(Article.objects.filter(needs_index=True)) == {articles[2], articles[7]}
    desk.settle()
    whole(desk)


def test_what_waits_or_was_refused_is_not_missing(desk: Desk, articles: list[Article]) -> None:
    Article.objects.filter(pk=articles[0].pk).update(needs_index=False, index_error="too odd")
    desk.settle()
    Article.objects.filter(pk=articles[1].pk).update(needs_index=True)
    desk.engine.delete([articles[1].pk])
    desk.wait()
    desk.check.run(10)
    assert index_short_since() is None
    assert Article.objects.get(pk=articles[0].pk).index_error == "too odd"


def test_a_rebuild_that_is_remembered_is_no_loss(desk: Desk, articles: list[Article]) -> None:
    from archive.indexed import remember_written
    from search.service import reindex

    desk.settle()
    reindex(desk.engine)
    remember_written(desk.engine.written())
    desk.wait()
    desk.settle()
    assert index_short_since() is None
    assert not Article.objects.filter(needs_index=True).exists()


def test_a_damaged_index_of_the_embedded_engine_is_replaced(
    embedded: Place, articles: list[Article], tmp_path: Path
) -> None:
    desk = Desk(embedded.engine)
    desk.settle()
    (generation(tmp_path) / "meta.json").write_text("{")
    desk.engine.close()
    desk.engine = embedded.restarted()
    desk.restart()
    desk.settle()
    desk.wait()
    desk.settle()
    whole(desk)


def test_an_index_that_cannot_be_read_for_a_moment_is_kept(
    embedded: Place, articles: list[Article], tmp_path: Path
) -> None:
    """Too many files open, a disk that is away."""
    desk = Desk(embedded.engine)
    desk.settle()
    kept, meta = generation(tmp_path), generation(tmp_path) / "meta.json"
    content = meta.read_bytes()
    meta.write_text("{")
    desk.engine.close()
    desk.engine = embedded.restarted()
    desk.restart()
    until = desk.now + LASTING - timedelta(seconds=30)
    while desk.now < until:
        desk.round()
        desk.now += timedelta(seconds=20)
    meta.write_bytes(content)
    desk.wait()
    desk.settle()
    assert generation(tmp_path) == kept
    whole(desk)


@pytest.mark.parametrize(("version", "replaced"), [("tantivy-0/0", True), ("tantivy-3/999999", False)])
def test_an_index_of_an_earlier_program_is_replaced_and_of_a_later_one_kept(
    embedded: Place, articles: list[Article], tmp_path: Path, version: str, replaced: bool
) -> None:
    desk = Desk(embedded.engine)
    desk.settle()
    kept = generation(tmp_path)
    (kept / "version.txt").write_text(f"{version}\n")
    desk.engine.close()
    desk.engine = embedded.restarted()
    desk.restart()
    desk.settle()
    desk.wait()
    desk.settle()
    assert (generation(tmp_path) != kept) == replaced
    if replaced:
        whole(desk)
    assert not Article.objects.filter(needs_index=True).exists()


@pytest.mark.elasticsearch
def test_an_index_without_aliases_does_not_hold_up_a_new_one(
    elastic: Place, elasticsearch_url: str, articles: list[Article]
) -> None:
    desk = Desk(elastic.engine)
    desk.settle()
    assert isinstance(elastic.engine, ElasticEngine)
    names = elastic.engine._indexes
    with Elasticsearch(elasticsearch_url, request_timeout=60) as client:
        (live,) = client.indices.get_alias(name=names.read)
        client.indices.delete_alias(index=live, name=[names.read, names.write])
        desk.wait()
        desk.settle()
        whole(desk)
        assert list(client.indices.get_alias(name=names.read)) == [f"{names.prefix}2"]


@pytest.mark.elasticsearch
def test_an_index_of_another_version_is_left_to_a_person(
    elastic: Place, elasticsearch_url: str, articles: list[Article]
) -> None:
    desk = Desk(elastic.engine)
    desk.settle()
    assert isinstance(elastic.engine, ElasticEngine)
    read = elastic.engine._indexes.read
    with Elasticsearch(elasticsearch_url, request_timeout=60) as client:
        client.indices.put_mapping(index=read, meta={"version": "old"})
        before = list(client.indices.get_alias(name=read))
        desk.engine = elastic.restarted()
        desk.restart()
        for _ in range(5):
            desk.round()
        assert list(client.indices.get_alias(name=read)) == before
    assert not Article.objects.filter(needs_index=True).exists()


def test_a_server_that_is_away_is_asked_again_and_nothing_is_marked(articles: list[Article]) -> None:
    Article.objects.update(needs_index=False)
    engine = ElasticEngine(elastic_config("http://127.0.0.1:9", elasticsearch_timeout=1.0), Store())
    check = IndexCheck(engine, lambda: NOW)
    assert check.run(10) == 0
    assert written_before() is None and index_short_since() is None
    assert not Article.objects.filter(needs_index=True).exists()
    engine.close()
