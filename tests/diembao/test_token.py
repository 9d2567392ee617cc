"""``diembao token``: made and shown once, listed without secrets, revoked."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.roles import give_role
from diembao.cli import main
from web.models import ApiToken

pytestmark = pytest.mark.django_db
MAKE = ["token", "create", "Bảng tính", "--owner", "lan", "--scope"]


@pytest.fixture(autouse=True)
def _owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diembao.commands.token.set_up", lambda: None)
    monkeypatch.setattr("diembao.commands.token.migrate", lambda: None)
    give_role(User.objects.create_user("lan"), "officer")


def test_a_token_is_made_used_listed_and_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*MAKE, "articles:read", "--scope", "webhooks:in", "--days", "7"]) == 0
    shown = capsys.readouterr().out
    found = re.search(r"Token (\d+): (dbk_\S+)", shown)
    assert found and re.search(r"Signing key: [0-9a-f]{64}\n", shown)
    headers = {"Authorization": f"Bearer {found[2]}"}
    assert Client().get("/api/v1/me", headers=headers).json()["owner"] == "lan"
    assert main(["token", "list"]) == 0
    listed = capsys.readouterr().out
    assert "articles:read,webhooks:in\tusable" in listed and found[2] not in listed
    assert main(["token", "revoke", found[1]]) == 0
    assert Client().get("/api/v1/me", headers=headers).status_code == 401
    assert main(["token", "revoke", found[1]]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [*MAKE, "everything"],
        [*MAKE, "articles:read", "--days", "0"],
        ["token", "create", "x", "--owner", "ai-do", "--scope", "articles:read"],
        ["token", "create", " ", "--owner", "lan", "--scope", "articles:read"],
        ["token", "revoke", "99999999999999999999"],
    ],
)
def test_bad_input_is_refused_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1 and not ApiToken.objects.exists()


def test_a_token_never_exceeds_its_owners_role(capsys: pytest.CaptureFixture[str]) -> None:
    give_role(User.objects.get(username="lan"), "viewer")
    assert main([*MAKE, "cases:write"]) == 2
    assert "cases:write" in capsys.readouterr().err
