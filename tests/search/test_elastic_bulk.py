"""A batch under pressure, refused in part, or when nobody may write: what waits, what is set aside."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

import pytest

from search.elastic import bulk
from search.elastic.connection import Connection
from search.port import EngineUnavailable
from tests.search.elastic_engine import elastic_config
from tests.search.fake_elastic import Answer, fake_elastic, info

OK = {"status": 201}
PRESSED = {"status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "queue is full"}}
ODD = {"status": 400, "error": {"type": "document_parsing_exception", "reason": "too odd"}}
BLOCKED = {"status": 403, "error": {"type": "cluster_block_exception", "reason": "index read-only"}}
FULL = {"status": 429, "error": {"type": "cluster_block_exception", "reason": "disk usage exceeded"}}
NO_RIGHT = {"status": 403, "error": {"type": "security_exception", "reason": "unauthorized"}}
CLOSED = {"status": 400, "error": {"type": "index_closed_exception", "reason": "closed"}}

Verdict = Callable[[str, int], object]
"""(id, how often it was sent before) to the answer."""


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    taken: list[float] = []
    monkeypatch.setattr(time, "sleep", taken.append)
    return taken


class Server:
    """Says of every article what the test says; remembers what it was sent, in what portions."""

    def __init__(self) -> None:
        self.portions: list[list[str]] = []
        self.verdict: Verdict = lambda key, before: OK

    def __call__(self, method: str, path: str, body: str) -> Answer:
        if path == "/":
            return 200, info()
        keys = [json.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
        before = {key: sum(key in portion for portion in self.portions) for key in keys}
        self.portions.append(keys)
        return 200, {"items": [{"index": self.verdict(key, before[key])} for key in keys]}


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def connection(server: Server) -> Iterator[Connection]:
    with fake_elastic(server) as (url, _):
        opened = Connection(elastic_config(url))
        yield opened
        opened.close()


ITEMS = [bulk.Item(number, str(number), {"id": number}) for number in range(4)]


def test_under_pressure_only_what_was_not_taken_is_sent_again_after_growing_pauses(
    server: Server, connection: Connection, pauses: list[float]
) -> None:
    server.verdict = lambda key, before: PRESSED if key in "13" and before < 3 else OK
    failed: bulk.Failed = []
    assert sorted(bulk.send(connection, ITEMS, "a", failed)) == [0, 1, 2, 3]
    assert failed == []
    assert server.portions == [["0", "1", "2", "3"], ["1", "3"], ["1", "3"], ["1", "3"]]
    assert len(pauses) == 3
    assert pauses[0] < 0.76 < pauses[2] < 3.1, "half a second and its double, twice, with jitter"


def test_pressure_without_end_leaves_all_waiting_with_the_reason(
    server: Server, connection: Connection, pauses: list[float]
) -> None:
    server.verdict = lambda key, before: FULL if key == "2" else OK
    failed: bulk.Failed = []
    with pytest.raises(EngineUnavailable, match=r"chưa nhận 1 bài .*disk usage exceeded"):
        bulk.send(connection, ITEMS, "a", failed)
    assert failed == []
    assert len(server.portions) == 6 == len(pauses) + 1


def test_an_odd_article_is_set_aside_with_the_reason_and_the_rest_go_on(
    server: Server, connection: Connection, pauses: list[float]
) -> None:
    server.verdict = lambda key, before: {"0": ODD, "3": PRESSED if not before else OK}.get(key, OK)
    failed: bulk.Failed = []
    assert sorted(bulk.send(connection, ITEMS, "a", failed)) == [1, 2, 3]
    assert failed == [(0, "document_parsing_exception: too odd")]
    assert server.portions[1:] == [["3"]], "what is odd is not sent again"


@pytest.mark.parametrize("answer", [BLOCKED, NO_RIGHT, CLOSED])
def test_when_nobody_may_write_no_article_is_set_aside(
    server: Server, connection: Connection, pauses: list[float], answer: dict[str, object]
) -> None:
    server.verdict = lambda key, before: answer
    failed: bulk.Failed = []
    with pytest.raises(EngineUnavailable, match="chưa nhận 4 bài"):
        bulk.send(connection, ITEMS, "a", failed)
    assert failed == []
    assert len(server.portions) == 1, "trying again at once would not help"
