"""Every operation asks for its scope and for its owner's role, at each call; no session opens any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from cases.roles import ROLES, give_role
from tests.web.api.caller import EVERY_SCOPE, ROOT, Caller, told
from tests.web.api.permission_table import TABLE, Row
from tests.web.roles import signed_in
from web.api.scopes import Scope, allowed
from web.api.service import document
from web.api.tokens import TokenRefused, create
from web.models import ApiToken

pytestmark = pytest.mark.django_db
Index = Callable[[], None]
RANK = list(ROLES)


@pytest.fixture(autouse=True)
def _much(settings: pytest.FixtureRequest) -> None:
    settings.DIEMBAO_API_LIMITS = {"read": 10_000, "write": 10_000, "export": 10_000}


def status(caller: Caller, method: str, row: Row) -> int:
    if row.scope == "webhooks:in":
        return caller.hook({}).status_code
    return caller.call(method, row.address, {} if method == "post" else None).status_code


def owner(role: str) -> User:
    user, _ = User.objects.get_or_create(username=role)
    give_role(user, role)
    return User.objects.get(pk=user.pk)


def caller_with(role: str, scopes: list[str]) -> Caller:
    """Even with scopes that its owner's role never had: as after a change of role."""
    caller = Caller(role)
    ApiToken.objects.filter(pk=caller.token.pk).update(scopes=scopes)
    return caller


def test_every_operation_is_in_the_table_with_its_scope() -> None:
    found = {
        (method, path.removeprefix(ROOT)): operation["x-scope"] or ""
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }
    assert found == {key: row.scope for key, row in TABLE.items()}


@pytest.mark.parametrize("role", RANK)
def test_every_operation_asks_for_role_and_scope(role: str, index: Index) -> None:
    index()
    everything, nothing = caller_with(role, EVERY_SCOPE), caller_with(role, [])
    others = {
        scope: caller_with(role, [other for other in EVERY_SCOPE if other != scope]) for scope in EVERY_SCOPE
    }
    wrong = []
    for (method, path), row in TABLE.items():
        may = RANK.index(role) >= RANK.index(row.role)
        outcomes = {"all scopes": (status(everything, method, row) not in (401, 403), may)}
        if row.scope:
            outcomes["no scope"] = (status(nothing, method, row) != 403, False)
            outcomes["every other scope"] = (status(others[row.scope], method, row) != 403, False)
        else:
            outcomes["no scope"] = (status(nothing, method, row) == 200, True)
        wrong += [(method, path, case, got) for case, (got, wanted) in outcomes.items() if got != wanted]
    assert wrong == []


@pytest.mark.parametrize("role", [None, *RANK])
def test_no_session_opens_any_operation(role: str | None) -> None:
    client = signed_in(role) if role else Client()
    for (method, _path), row in TABLE.items():
        response = client.generic(method.upper(), ROOT + row.address, b"{}", content_type="application/json")
        assert told(response, 401)["code"] in ("unauthorized", "bad-signature")


def test_a_token_needs_no_csrf_token_and_a_session_beside_it_changes_nothing() -> None:
    caller = Caller("viewer")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner("admin"))
    headers = {"Authorization": f"Bearer {caller.secret}"}
    response = strict.post(f"{ROOT}/cases", "{}", content_type="application/json", headers=headers)
    assert told(response, 403)["scope"] == "cases:write"
    officer = Caller("officer")
    headers = {"Authorization": f"Bearer {officer.secret}"}
    response = strict.post(f"{ROOT}/cases", "{}", content_type="application/json", headers=headers)
    assert told(response, 422)["code"] == "bad-field"


def test_a_token_has_no_scope_beyond_its_owners_role() -> None:
    user = owner("viewer")
    assert set(allowed(user)) == {scope for scope in Scope if scope.endswith(":read")} - {Scope.AUDIT_READ}
    with pytest.raises(TokenRefused, match="alerts:write"):
        create("x", user, ["alerts:write"], days=1, by=user, now=timezone.now())


def test_whoever_loses_a_role_loses_the_scopes_at_once() -> None:
    caller = Caller("officer")
    assert caller.call("post", "/cases", {}).status_code == 422
    give_role(caller.user, "viewer")
    assert caller.problem("post", "/cases", 403, {})["scope"] == "cases:write"
    assert "cases:write" not in caller.get("/me")["scopes"]
    assert "cases:read" in caller.get("/me")["scopes"]


@pytest.mark.parametrize("what", ["expired", "revoked", "account closed"])
def test_a_token_that_ended_opens_no_operation(what: str) -> None:
    caller = Caller("admin")
    rows, now = ApiToken.objects.filter(pk=caller.token.pk), timezone.now()
    if what == "expired":
        rows.update(expires_at=now - timedelta(seconds=1))
    elif what == "revoked":
        rows.update(revoked_at=now)
    else:
        User.objects.filter(pk=caller.user.pk).update(is_active=False)
    assert [key for key, row in TABLE.items() if status(caller, key[0], row) != 401] == []
    assert caller.problem("get", "/me", 401)["code"] == "unauthorized"
    assert caller.call("get", "/me")["WWW-Authenticate"].startswith("Bearer")
    assert told(caller.hook({}), 401)["code"] == "bad-signature"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer dbk_", "Bearer " + "a" * 5000]
)
def test_a_malformed_header_is_refused(header: str) -> None:
    response = Client().get(f"{ROOT}/me", headers={"Authorization": header})
    assert told(response, 401)["code"] == "unauthorized"


def test_a_secret_with_one_letter_changed_opens_nothing() -> None:
    caller = Caller()
    caller.secret = caller.secret[:-1] + ("A" if caller.secret[-1] != "A" else "B")
    assert caller.problem("get", "/me", 401)["code"] == "unauthorized"


def test_an_unknown_address_or_method_is_a_problem_too() -> None:
    caller = Caller()
    for path in ("/nowhere", "/articles/99999999999999999999", "/articles/0", "/articles/x"):
        assert caller.problem("get", path, 404)["code"] == "not-found"
    assert set(caller.call("delete", "/cases")["Allow"].split(", ")) == {"GET", "POST"}
    assert caller.problem("delete", "/cases", 405)["code"] == "method-not-allowed"
