"""A cluster that is away, slow, foreign or unfriendly: said plainly, and not waited for again and again."""

from __future__ import annotations

import ssl
import threading
from base64 import b64encode
from email.message import Message
from pathlib import Path

import pytest
from django.utils.translation import override
from elasticsearch import Elasticsearch

from search.elastic import ElasticEngine
from search.elastic.connection import FAILURES_TO_OPEN, OPEN_S, TRIES, Connection
from search.elastic.indexes import Indexes
from search.elastic.scan import matched, rising_ids
from search.port import EngineUnavailable
from search.query import parse
from tests.search.elastic_engine import elastic_config
from tests.search.fake_elastic import Answer, fake_elastic, info
from tests.search.makers import Store, document
from tests.servers.certificates import issue


class Clock:
    def __init__(self) -> None:
        self.now = 100.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


def connected(url: str, clock: Clock, **more: object) -> Connection:
    return Connection(elastic_config(url, **more), sleep=clock.sleep, clock=clock)


def ask(client: Elasticsearch) -> int:
    return int(client.count()["count"])


def test_what_passes_is_tried_again_with_growing_pauses() -> None:
    turns = iter([(503, {}), (429, {}), (200, {"count": 7})])
    clock = Clock()

    def script(method: str, path: str, body: str) -> Answer | None:
        return (200, info()) if path == "/" else next(turns)

    with fake_elastic(script) as (url, _):
        assert connected(url, clock).call(ask) == 7
    assert len(clock.pauses) == 2
    assert clock.pauses[0] < 0.31 < 0.59 < clock.pauses[1] * 3


def test_the_circuit_opens_after_failures_in_a_row_and_closes_with_the_first_success() -> None:
    away = True
    clock = Clock()

    def script(method: str, path: str, body: str) -> Answer | None:
        if away:
            return 503, {}
        return (200, info()) if path == "/" else (200, {"count": 1})

    with fake_elastic(script) as (url, asked):
        connection = connected(url, clock)
        for _ in range(FAILURES_TO_OPEN):
            with pytest.raises(EngineUnavailable, match="không trả lời từ"):
                connection.call(ask)
        tried = len(asked)
        assert tried == FAILURES_TO_OPEN * TRIES
        assert connection.away_since is not None
        with pytest.raises(EngineUnavailable, match="không trả lời từ"):
            connection.call(ask)
        assert len(asked) == tried, "an open circuit asks nobody"
        away = False
        clock.now += OPEN_S
        assert connection.call(ask) == 1
        assert connection.away_since is None


def test_nobody_at_the_address() -> None:
    connection = connected("http://127.0.0.1:9", Clock())
    with pytest.raises(EngineUnavailable, match="không kết nối được"):
        connection.call(ask)


def test_hanging_up_is_like_not_answering() -> None:
    with fake_elastic(lambda *_: None) as (url, _), pytest.raises(EngineUnavailable, match="không trả lời"):
        connected(url, Clock()).call(ask)


@pytest.mark.parametrize(
    ("version", "good"), [("8.19.8", True), ("9.2.0", True), ("7.17.9", False), ("10.0.0", False)]
)
def test_the_version_is_checked(version: str, good: bool) -> None:
    def script(method: str, path: str, body: str) -> Answer:
        return (200, info(version)) if path == "/" else (200, {"count": 1})

    with fake_elastic(script) as (url, _):
        connection = connected(url, Clock())
        if good:
            assert connection.call(ask) == 1
        else:
            with pytest.raises(EngineUnavailable, match=f"là Elasticsearch {version}"):
                connection.call(ask)


@pytest.mark.parametrize("status", [400, 406])
def test_a_server_that_does_not_take_the_media_type_of_version_8_is_named(status: int) -> None:
    refusal = {"error": {"type": "media_type_header_exception", "reason": "found 8"}, "status": status}
    with (
        fake_elastic(lambda *_: (status, refusal)) as (url, _),
        pytest.raises(EngineUnavailable, match="cần Elasticsearch phiên bản 8 hoặc 9"),
    ):
        ElasticEngine(elastic_config(url), Store()).count(parse("lũ"))


def test_what_the_server_refuses_while_indexes_are_made_is_said() -> None:
    cause = {"type": "illegal_argument_exception", "reason": "too many shards"}
    refusal = {"error": {**cause, "root_cause": [cause]}, "status": 400}

    def script(method: str, path: str, body: str) -> Answer:
        if path == "/":
            return 200, info()
        return (404, {}) if method == "HEAD" else (400, refusal)

    with (
        fake_elastic(script) as (url, _),
        pytest.raises(EngineUnavailable, match="illegal_argument_exception"),
    ):
        ElasticEngine(elastic_config(url), Store()).count(parse("lũ"))


def test_another_product_is_recognised() -> None:
    with (
        fake_elastic(lambda *_: (200, info()), product=False) as (url, _),
        pytest.raises(EngineUnavailable, match="không phải là Elasticsearch"),
    ):
        connected(url, Clock()).call(ask)


@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_name_the_settings(status: int) -> None:
    with (
        fake_elastic(lambda *_: (status, {})) as (url, _),
        pytest.raises(EngineUnavailable, match="ELASTICSEARCH_API_KEY"),
    ):
        connected(url, Clock()).call(ask)


KEY = {"elasticsearch_api_key": "a2V5"}
USER = {"elasticsearch_user": "ông", "elasticsearch_password": "mật:khẩu"}


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        (KEY, "ApiKey a2V5"),
        (USER, "Basic " + b64encode("ông:mật:khẩu".encode()).decode()),
        ({**KEY, **USER}, "ApiKey a2V5"),
        ({}, None),
    ],
    ids=["key", "user", "the key goes before the user", "none"],
)
def test_credentials_go_with_every_request(settings: dict[str, str], wanted: str | None) -> None:
    def guard(headers: Message) -> Answer | None:
        return None if headers.get("Authorization") == wanted else (401, {})

    def script(method: str, path: str, body: str) -> Answer:
        return (200, info()) if path == "/" else (200, {"count": 4})

    with fake_elastic(script, guard=guard) as (url, asked):
        assert connected(url, Clock(), **settings).call(ask) == 4
        assert len(asked) == 2
        with pytest.raises(EngineUnavailable, match="ELASTICSEARCH_API_KEY"):
            connected(url, Clock(), elasticsearch_api_key="d3Jvbmc").call(ask)


def test_a_server_of_version_9_is_asked_in_the_language_of_8_which_it_knows() -> None:
    """As 9.x does it: it takes media types compatible with 8 or 9, and answers in the one asked for."""
    language = "application/vnd.elasticsearch+json;compatible-with=8"
    refusal = {"error": {"type": "media_type_header_exception", "reason": "not known"}, "status": 400}

    def guard(headers: Message) -> Answer | None:
        asked_for = headers["Accept"].replace(" ", "").split(",")
        sent = (headers["Content-Type"] or language).replace(" ", "").replace("x-ndjson", "json")
        return None if language in asked_for and sent == language else (400, refusal)

    def script(method: str, path: str, body: str) -> Answer:
        if path == "/":
            return 200, info("9.2.0")
        answers = [{"index": {"_id": "1", "status": 201}}]
        return 200, {"items": answers} if path.startswith("/_bulk") else {"count": 9}

    def write(client: Elasticsearch) -> int:
        return len(client.bulk(operations=[{"index": {"_id": "1"}}, {"id": 1}])["items"])

    with fake_elastic(script, guard=guard, content_type=language) as (url, _):
        connection = connected(url, Clock())
        assert connection.call(ask) == 9
        assert connection.call(lambda client: int(client.count(query={"match_all": {}})["count"])) == 9
        assert connection.call(write) == 1


def test_a_slow_server_is_not_waited_for_longer_than_the_setting_says() -> None:
    slow = threading.Event()

    def script(method: str, path: str, body: str) -> Answer:
        if path == "/":
            return 200, info()
        slow.wait(20)
        return 200, {"count": 1}

    clock = Clock()
    with fake_elastic(script) as (url, asked):
        connection = connected(url, clock, elasticsearch_timeout=1.0)
        with pytest.raises(EngineUnavailable, match=r"quá thời gian chờ.*ELASTICSEARCH_TIMEOUT"):
            connection.call(ask)
        assert [path for _, path in asked].count("/_count") == TRIES == len(clock.pauses) + 1
        slow.set()
        assert connection.call(ask) == 1


def test_tls_is_trusted_by_the_given_ca_only(tmp_path: Path) -> None:
    issue(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "node.crt", tmp_path / "node.key")

    def script(method: str, path: str, body: str) -> Answer:
        return (200, info()) if path == "/" else (200, {"count": 3})

    with fake_elastic(script, tls=context) as (url, _):
        assert connected(url, Clock(), elasticsearch_ca=str(tmp_path / "ca.crt")).call(ask) == 3
        with pytest.raises(EngineUnavailable, match="ELASTICSEARCH_CA"):
            connected(url, Clock()).call(ask)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"elasticsearch_url": "nonsense"}, "ELASTICSEARCH_URL"),
        ({"elasticsearch_ca": "no-such-file"}, "ELASTICSEARCH_CA"),
    ],
)
def test_settings_that_cannot_work_are_named(settings: dict[str, str], says: str) -> None:
    with pytest.raises(EngineUnavailable, match=says):
        Connection(elastic_config("https://127.0.0.1:9", **settings))


def test_an_engine_whose_server_is_away_opens_and_says_so_since_when() -> None:
    engine = ElasticEngine(elastic_config("http://127.0.0.1:9", elasticsearch_timeout=1.0), Store())
    with pytest.raises(EngineUnavailable, match="sẽ vào chỉ mục khi máy chủ chạy lại"):
        engine.index([document(1, "lũ")])
    health = engine.health()
    assert not health.ok
    assert health.details["since"]


@pytest.mark.parametrize("said", [[], {}, {"version": "8"}, {"version": {}}])
def test_what_is_no_answer_of_elasticsearch_is_said_and_never_raised_as_a_bug(said: object) -> None:
    with fake_elastic(lambda method, path, body: (200, said)) as (url, _):
        health = ElasticEngine(elastic_config(url), Store()).health()
    assert not health.ok and "không phải là Elasticsearch" in health.message


def test_a_version_that_is_no_number_is_refused() -> None:
    with fake_elastic(lambda method, path, body: (200, info("x"))) as (url, _):
        health = ElasticEngine(elastic_config(url), Store()).health()
    assert "là Elasticsearch x" in health.message


def test_the_message_follows_the_readers_language_while_the_circuit_is_open() -> None:
    clock = Clock()
    with fake_elastic(lambda method, path, body: (503, {})) as (url, asked):
        connection = connected(url, clock)
        for _ in range(FAILURES_TO_OPEN):
            with pytest.raises(EngineUnavailable, match=r"không trả lời từ .*lỗi 503"):
                connection.call(ask)
        with override("en"), pytest.raises(EngineUnavailable, match=r"has not answered since .*error 503"):
            connection.call(ask)
        tried = len(asked)
        clock.now += OPEN_S
        with pytest.raises(EngineUnavailable):
            connection.call(ask)
        assert len(asked) == tried + 1, "one attempt shows whether it is back"


def test_a_server_without_tls_is_not_called_untrusted() -> None:
    with fake_elastic(lambda method, path, body: (200, info())) as (url, _):
        health = ElasticEngine(elastic_config(url.replace("http", "https", 1)), Store()).health()
    assert "không dùng TLS" in health.message


@pytest.mark.parametrize("matching", [False, True])
def test_a_listing_of_a_part_is_refused(matching: bool) -> None:
    """A server that lacks a shard answers with the rest unless it is told not to."""

    def script(method: str, path: str, body: str) -> Answer:
        if path == "/":
            return 200, info()
        if "_pit" in path:
            return 200, {"id": "a-point-in-time", "succeeded": True, "num_freed": 1}
        if "allow_partial_search_results=false" in path:
            return 503, {"error": {"type": "search_phase_execution_exception"}, "status": 503}
        hit = {"sort": [1], "matched_queries": ["0"]}
        return 200, {"_shards": {"total": 2, "failed": 1}, "hits": {"hits": [hit]}}

    with fake_elastic(script) as (url, _):
        connection = connected(url, Clock())
        with pytest.raises(EngineUnavailable, match="lỗi 503"):
            if matching:
                matched(connection, "articles", {"lũ": {"match_all": {}}}, [1, 2])
            else:
                list(rising_ids(connection, "articles", {"match_all": {}}))
        connection.close()


@pytest.mark.parametrize(
    "stats",
    [
        {"_shards": {"total": 1, "failed": 1}, "indices": {}},
        {"_shards": {"total": 1, "failed": 0}, "indices": {}},
    ],
)
def test_an_index_that_does_not_tell_of_itself_now_has_not_gone(stats: dict[str, object]) -> None:
    """The service would index every article again."""

    def script(method: str, path: str, body: str) -> Answer:
        if path == "/":
            return 200, info()
        return 200, stats if "_stats" in path else {"diembao-articles-v1": {"aliases": {}}}

    with fake_elastic(script) as (url, _):
        connection = connected(url, Clock())
        with pytest.raises(EngineUnavailable, match="một phần"):
            connection.call(Indexes(connection).written)
        connection.close()
