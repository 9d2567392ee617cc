"""Accounts and roles from the command line."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from cases.roles import ROLES, role_of
from diembao.cli import main
from diembao.commands import user as command

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration cannot run inside a test's transaction."""
    monkeypatch.setattr("diembao.commands.user.migrate", lambda: None)


def password_in(text: str) -> str:
    found = re.search(r"Password: (\S+)", text)
    assert found
    return found[1]


def test_an_account_is_made_with_its_role_and_can_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "lan", "--role", "officer"]) == 0
    user = authenticate(username="lan", password=password_in(capsys.readouterr().out))
    assert user is not None and role_of(user) == "officer"


def test_roles_of_the_command_are_those_of_the_table() -> None:
    assert tuple(ROLES) == command.ROLES


def test_role_password_and_switch_are_changed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["user", "add", "lan"])
    first = password_in(capsys.readouterr().out)
    assert main(["user", "role", "lan", "approver"]) == 0
    assert main(["user", "password", "lan"]) == 0
    second = password_in(capsys.readouterr().out)
    assert authenticate(username="lan", password=first) is None
    assert authenticate(username="lan", password=second) is not None
    main(["user", "off", "lan"])
    assert authenticate(username="lan", password=second) is None
    main(["user", "on", "lan"])
    capsys.readouterr()
    main(["user", "list"])
    assert capsys.readouterr().out == "lan\tapprover\ton\n"


@pytest.mark.parametrize(
    "arguments, code, says",
    [
        (["role", "ai", "officer"], 2, '"ai"'),
        (["add", "tên có dấu cách"], 2, "cannot be a name"),
        (["add", "lan"], 1, "already"),
        (["role", "admin", "viewer"], 1, "first account"),
    ],
)
def test_what_cannot_be_done_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, says: str
) -> None:
    User.objects.create_user("lan")
    User.objects.create_superuser("admin")
    assert main(["user", *arguments]) == code
    assert says in capsys.readouterr().err
