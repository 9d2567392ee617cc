"""``kill -9`` of the server amid a bulk, a rollover and a rebuild: nothing is lost, doubled or left over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from elasticsearch import Elasticsearch

from es_mappings import BUILD_ALIAS, INDEX_PREFIX, READ_ALIAS, WRITE_ALIAS
from search.elastic import ElasticEngine
from search.elastic.indexes import Indexes
from search.elastic.rollover import roll_over
from search.port import Document, EngineUnavailable
from search.query import parse
from tests.search.elastic_engine import elastic_config
from tests.search.makers import Store, document
from tests.servers import elasticsearch as servers

pytestmark = pytest.mark.elasticsearch

T = TypeVar("T")

PATIENCE_S = 300


@pytest.fixture(scope="module")
def server() -> Iterator[servers.Server]:
    """A server that may be killed; the tests keep apart by the prefix of their indexes."""
    yield from servers.for_tests()


@pytest.fixture
def node(server: servers.Server) -> servers.Server:
    """The server, running."""
    if server.process is None:
        server.start()
    return server


class Office:
    """What the service does: an index step that sends again what was not taken, and rebuilds."""

    def __init__(self, url: str, prefix: str):
        self.prefix = f"{prefix}-"
        self.url = url
        self.engine = self._opened()

    def _opened(self) -> ElasticEngine:
        return ElasticEngine(
            elastic_config(self.url, elasticsearch_timeout=20.0), Store(), prefix=self.prefix
        )

    def restarted(self) -> None:
        """A new process: nothing is remembered."""
        self.engine.close()
        self.engine = self._opened()

    def send(self, waiting: list[Document], batch: int) -> list[Document]:
        """The index step until the engine is away; gives what still waits."""
        for start in range(0, len(waiting), batch):
            some = waiting[start : start + batch]
            try:
                report = self.engine.index(some)
            except EngineUnavailable:
                return waiting[start:]
            assert sorted(report.indexed) == [each.id for each in some]
        return []

    def send_all(self, waiting: list[Document], batch: int) -> None:
        """The same, again and again until nothing waits."""
        patiently(lambda: self.send(waiting, batch) == [] or None)

    def aliases(self) -> dict[str, list[str]]:
        """Every index of the office to its aliases, without its own; the index written to is marked."""
        with Elasticsearch(self.url, request_timeout=60) as client:
            live = patiently(lambda: dict(client.indices.get_alias(index=f"{self.prefix}{INDEX_PREFIX}*")))
        return {
            name.removeprefix(self.prefix): sorted(
                alias.removeprefix(self.prefix) + ("!" if facts.get("is_write_index") else "")
                for alias, facts in index["aliases"].items()
                if not alias.endswith("-only")
            )
            for name, index in live.items()
        }

    def held(self) -> int:
        """Articles in all indexes of the office, whatever aliases they have."""
        with Elasticsearch(self.url, request_timeout=60) as client:
            client.indices.refresh(index=f"{self.prefix}{INDEX_PREFIX}*")
            return int(client.count(index=f"{self.prefix}{INDEX_PREFIX}*")["count"])


def patiently(ask: Callable[[], T | None]) -> T:
    """Asks until there is an answer: a server that has just started recovers its indexes first."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            answer = ask()
        except EngineUnavailable:
            answer = None
        if answer is not None:
            return answer
        assert time.monotonic() < until, "the server did not recover"
        time.sleep(0.5)


def news(first: int, last: int, title: str = "lũ về") -> list[Document]:
    return [document(number, title, "nước lên " * 20) for number in range(first, last + 1)]


def test_amid_a_bulk(node: servers.Server) -> None:
    total = 6_000
    documents = [document(number, f"lũ số {number}", "nước lên " * 100) for number in range(total)]
    office = Office(node.url, "bulk")
    office.engine.index(documents[:1])
    killed = threading.Timer(0.4, node.kill)
    killed.start()
    while not (waiting := office.send(documents, 1000)):
        pass  # a fast server has taken all before it is killed: it gets them again
    killed.join()
    node.start()
    office.restarted()
    office.send_all(waiting, 1000)
    assert list(office.engine.ids()) == list(range(total))
    assert office.engine.count(parse("lũ")) == office.held() == total
    office.engine.close()


@pytest.mark.parametrize("after_s", [0.03, None], ids=["amid it", "before the answer"])
def test_amid_a_rollover(
    node: servers.Server, after_s: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit, batch, total = 30, 10, 100
    monkeypatch.setattr("search.elastic.rollover.load", lambda name: {"conditions": {"max_docs": limit}})
    office = Office(node.url, f"roll-{after_s}".lower())
    assert office.send(news(1, 2 * limit - batch), batch) == []

    def deadly(client: Elasticsearch, indexes: Indexes) -> bool:
        if after_s is None:
            rolled = roll_over(client, indexes)
            node.kill()
            client.info()  # the answer does not come
            return rolled
        killed = threading.Timer(after_s, node.kill)
        killed.start()
        try:
            return roll_over(client, indexes)
        finally:
            killed.join()

    with monkeypatch.context() as patched:
        patched.setattr("search.elastic.writing.roll_over", deadly)
        waiting = office.send(news(2 * limit - batch + 1, total), batch)
    assert waiting, "the server was killed during the second rollover"
    node.start()
    office.restarted()
    # Edits of articles of the oldest index come first: it may not have recovered when the newest has.
    office.send_all([*news(1, batch, "bão tan"), *waiting], batch)
    assert list(office.engine.ids()) == list(range(1, total + 1))
    assert office.held() == total, "an article is in two indexes"
    assert office.engine.count(parse("bão")) == batch
    aliases = office.aliases()
    assert len(aliases) >= total // (limit + batch) + 1
    assert all(READ_ALIAS in names for names in aliases.values())
    assert [f"{WRITE_ALIAS}!" in names for names in aliases.values()].count(True) == 1
    assert office.engine.differences() == []
    office.engine.close()


def _amid_the_filling(node: servers.Server, patched: pytest.MonkeyPatch) -> None:
    """Nothing to patch: the archive kills."""


def _at_the_swap(node: servers.Server, patched: pytest.MonkeyPatch) -> None:
    swap = Indexes.swap

    def deadly(self: Indexes, client: Elasticsearch, made: str) -> None:
        killed = threading.Timer(0.1, node.kill)
        killed.start()
        try:
            swap(self, client, made)
        finally:
            killed.join()

    patched.setattr(Indexes, "swap", deadly)


def _before_the_answer_to_the_swap(node: servers.Server, patched: pytest.MonkeyPatch) -> None:
    swap = Indexes.swap

    def deadly(self: Indexes, client: Elasticsearch, made: str) -> None:
        swap(self, client, made)
        node.kill()
        client.info()

    patched.setattr(Indexes, "swap", deadly)


@pytest.mark.parametrize("kill", [_amid_the_filling, _at_the_swap, _before_the_answer_to_the_swap])
def test_amid_a_rebuild(
    node: servers.Server, kill: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    total = 2_000
    office = Office(node.url, f"build-{kill.__name__.replace('_', '')}")
    office.engine.index(news(1, total))
    waiting: list[Document] = []

    def archive() -> Iterator[Document]:
        for made in news(1, total):
            yield made
            if made.id == 1_200:  # an edit and a new article come meanwhile
                office.engine.index([*news(7, 7, "bão tan"), *news(total + 1, total + 1)])
            if made.id == 1_700 and kill is _amid_the_filling:
                node.kill()

    with monkeypatch.context() as patched:
        kill(node, patched)
        try:
            office.engine.rebuild(archive())
        except EngineUnavailable:
            waiting = news(9, 9, "bão tan")
    assert waiting or kill is _at_the_swap
    node.kill()
    node.start()
    office.restarted()
    # Before anybody rebuilds: all is there once, and the index step goes on.
    assert patiently(lambda: sorted(office.engine.ids())) == list(range(1, total + 2))
    assert patiently(lambda: office.engine.count(parse("bão"))) == 1
    office.send_all(news(9, 9, "bão tan"), 10)
    behind = [name for name, names in office.aliases().items() if READ_ALIAS in names]
    assert len(behind) == 1
    assert office.engine.rebuild([*news(1, 8), *news(9, 9, "bão tan"), *news(10, total + 1)]).failed == ()
    assert list(office.engine.ids()) == list(range(1, total + 2))
    assert office.held() == total + 1
    assert list(office.aliases().values()) == [[READ_ALIAS, f"{WRITE_ALIAS}!"]]
    assert not any(BUILD_ALIAS in names for names in office.aliases().values())
    office.engine.close()
