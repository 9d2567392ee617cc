"""A real server with security on: TLS, a user, an API key with the rights that docs/operations.md gives."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search.config import SearchConfig
from search.elastic import ElasticEngine
from search.elastic.connection import Connection
from search.port import EngineUnavailable, SearchRequest
from search.query import parse
from tests.search.elastic_engine import elastic_config
from tests.search.makers import Store, document
from tests.servers import elasticsearch as servers
from tests.servers.elasticsearch_security import ADMINISTRATOR, PASSWORD

pytestmark = pytest.mark.elasticsearch

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server() -> Iterator[servers.Server]:
    yield from servers.for_tests(secured=True)


@pytest.fixture(scope="module")
def administrator(server: servers.Server) -> Iterator[Elasticsearch]:
    connection = Connection(as_administrator(server))
    yield connection.call(lambda client: client)
    connection.close()


def trusting(server: servers.Server, **more: object) -> SearchConfig:
    return elastic_config(server.url, elasticsearch_ca=str(server.ca), **more)


def as_administrator(server: servers.Server) -> SearchConfig:
    return trusting(server, elasticsearch_user=ADMINISTRATOR, elasticsearch_password=PASSWORD)


def documented_rights() -> dict[str, Any]:
    """The body of the request that docs/operations.md tells people to make."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    (body,) = re.findall(r"_security/api_key .*?-d '\n(\{.*?)'\n```", text, re.DOTALL)
    made: dict[str, Any] = json.loads(body)
    return made


def key_with(administrator: Elasticsearch, roles: dict[str, Any]) -> str:
    return str(
        administrator.security.create_api_key(name=secrets.token_hex(4), role_descriptors=roles)["encoded"]
    )


def all_an_office_does(config: SearchConfig) -> None:
    store = Store()
    documents = store.keep([document(1, "lũ quét ở xã Tân Rộc"), document(2, "giá lúa tăng")])
    engine = ElasticEngine(config, store)
    try:
        assert engine.index(documents).failed == ()
        assert engine.search(SearchRequest(parse("lũ quét"), facets=("outlet",), timeline=True)).total == 1
        assert list(engine.ids()) == [1, 2]
        engine.delete([2])
        assert engine.rebuild(documents).indexed == 2
        assert engine.written()
        assert engine.health().ok, engine.health().message
    finally:
        engine.close()


def test_a_user_may_have_a_password_in_vietnamese(server: servers.Server) -> None:
    all_an_office_does(as_administrator(server))


def test_a_key_with_the_rights_that_operations_md_gives_can_do_all_that_an_office_does(
    server: servers.Server, administrator: Elasticsearch
) -> None:
    key = key_with(administrator, documented_rights()["role_descriptors"])
    all_an_office_does(trusting(server, elasticsearch_api_key=key))


def test_a_certificate_of_an_unknown_authority_is_refused(server: servers.Server) -> None:
    config = elastic_config(server.url, elasticsearch_user=ADMINISTRATOR, elasticsearch_password=PASSWORD)
    health = ElasticEngine(config, Store()).health()
    assert not health.ok and "ELASTICSEARCH_CA" in health.message


def test_a_wrong_password_or_key_is_said(server: servers.Server) -> None:
    for wrong in (
        {"elasticsearch_user": ADMINISTRATOR, "elasticsearch_password": "sai"},
        {"elasticsearch_api_key": "d3Jvbmc6d3Jvbmc="},
        {},
    ):
        with pytest.raises(EngineUnavailable, match="từ chối quyền truy cập"):
            ElasticEngine(trusting(server, **wrong), Store()).count(parse("lũ"))


def test_a_key_that_may_only_read_sets_no_article_aside(
    server: servers.Server, administrator: Elasticsearch
) -> None:
    all_an_office_does(as_administrator(server))  # the index is there
    roles = documented_rights()["role_descriptors"]
    for role in roles.values():
        for indices in role["indices"]:
            indices["privileges"] = ["read", "view_index_metadata"]
    engine = ElasticEngine(trusting(server, elasticsearch_api_key=key_with(administrator, roles)), Store())
    with pytest.raises(EngineUnavailable):
        engine.index([document(3, "mưa lớn")])
    assert engine.count(parse("lũ")) == 1
