"""The OpenAPI document is committed, true, and readable on a page of our own without foreign scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from tests.web.api.caller import ROOT, Caller, told
from tests.web.roles import signed_in
from web.api.service import document, document_text

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"


def test_the_committed_document_is_current() -> None:
    assert COMMITTED.read_text("utf-8") == document_text(), "run: make docs"


def test_operations_are_told_apart_and_explained() -> None:
    operations = [one for methods in document()["paths"].values() for one in methods.values()]
    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names))
    for one in operations:
        assert one["summary"] and one["description"].endswith((".", ")")), one["operationId"]
        assert "default" in one["responses"]
        assert one["security"] == [
            {next(iter(one["security"][0])): [one["x-scope"]] if one["x-scope"] else []}
        ]


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(document())
    known = set(document()["components"]["schemas"])
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', text)) <= known


def test_no_field_is_named_after_an_author() -> None:
    fields = set(re.findall(r'"([a-z_]+)": \{', json.dumps(document()["components"]["schemas"])))
    assert not fields & {"author", "authors", "journalist", "byline"}


@pytest.mark.django_db
def test_the_document_is_served_to_tokens_and_to_people() -> None:
    told(Client().get(f"{ROOT}/openapi.json"), 401)
    assert Caller("viewer", ["articles:read"]).get("/openapi.json") == document()
    assert signed_in("viewer").get(f"{ROOT}/openapi.json").json() == document()


@pytest.mark.django_db
def test_the_page_names_every_operation_and_loads_nothing_from_elsewhere() -> None:
    response = signed_in("viewer").get("/tro-giup/api/")
    html = response.content.decode()
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in html and operation["operationId"] in html
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    assert "style=" not in html
    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_page_tells_what_a_body_holds() -> None:
    html = signed_in("viewer").get("/tro-giup/api/").content.decode()
    block = html[html.index('id="move_case"') : html.index('id="assign_case"')]
    for name in ("target", "version", "reason", "outcome", "sent_at", "Idempotency-Key"):
        assert f"<code>{name}</code>" in block
    assert "cases:write" in block
