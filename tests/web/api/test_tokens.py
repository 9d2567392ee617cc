"""Tokens are shown once, kept as a hash, seen by their owner and by administrators, and revoked at once."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from archive.models import AuditEntry
from tests.web.api.caller import Caller
from tests.web.roles import signed_in
from web.api.tokens import MOST, TokenRefused, create
from web.models import ApiToken

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/ma-truy-cap/"


def made(client: Client, **form: object) -> str:
    data = {"name": "Bảng tính", "days": "30", "scope": ["articles:read", "search:read"]} | form
    response = client.post(f"{PAGE}moi/", data)
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    found = re.search(r'id="secret" readonly value="(dbk_[^"]+)"', response.content.decode())
    assert found
    return found.group(1)


def test_the_secret_is_shown_once_and_only_its_hash_is_kept() -> None:
    client = signed_in("viewer")
    secret = made(client)
    row = ApiToken.objects.get()
    assert row.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(list(ApiToken.objects.values())) + str(list(AuditEntry.objects.values()))
    page = client.get(PAGE).content.decode()
    assert secret not in page and row.hint in page and "Bảng tính" in page
    headers = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/me", headers=headers).json()["scopes"] == ["articles:read", "search:read"]
    assert row.expires_at - row.created_at == timedelta(days=30)


def test_the_log_tells_who_made_and_revoked_what() -> None:
    client = signed_in("officer")
    made(client)
    client.post(f"{PAGE}{ApiToken.objects.get().pk}/thu-hoi/")
    rows = AuditEntry.objects.filter(action="token").order_by("pk")
    assert [(row.person, row.subject, row.details["act"]) for row in rows] == [
        ("officer", "Bảng tính", "created"),
        ("officer", "Bảng tính", "revoked"),
    ]


def test_a_revoked_token_ends_at_once() -> None:
    caller = Caller("officer")
    assert caller.get("/me")["name"] == "máy thử"
    signed_in("officer").post(f"{PAGE}{caller.token.pk}/thu-hoi/")
    assert caller.problem("get", "/me", 401)["code"] == "unauthorized"


def test_others_tokens_are_neither_seen_nor_revoked_but_by_administrators() -> None:
    caller = Caller("officer")
    viewer = signed_in("viewer")
    assert "máy thử" not in viewer.get(PAGE).content.decode()
    assert viewer.post(f"{PAGE}{caller.token.pk}/thu-hoi/").status_code == 404
    assert caller.get("/me")["owner"] == "officer"
    admin = signed_in("admin")
    assert "máy thử" in admin.get(PAGE).content.decode()
    assert admin.post(f"{PAGE}{caller.token.pk}/thu-hoi/").status_code == 302
    assert caller.call("get", "/me").status_code == 401


def test_a_viewer_is_offered_no_scope_that_writes() -> None:
    html = signed_in("viewer").get(PAGE).content.decode()
    assert 'value="cases:read"' in html and 'value="cases:write"' not in html
    response = signed_in("viewer").post(f"{PAGE}moi/", {"name": "x", "days": "30", "scope": "cases:write"})
    assert response.status_code == 409 and "cases:write" in response.content.decode()
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        {"name": ""},
        {"name": "\x00 "},
        {"name": "x" * 81},
        {"days": "0"},
        {"days": "367"},
        {"days": "²"},
        {"days": "99999999"},
        {"scope": []},
        {"scope": ["articles:read", "everything"]},
    ],
)
def test_a_bad_form_makes_no_token(form: dict[str, object]) -> None:
    data = {"name": "Bảng tính", "days": "30", "scope": ["articles:read"]} | form
    assert signed_in("admin").post(f"{PAGE}moi/", data).status_code == 409
    assert not ApiToken.objects.exists()


def test_a_name_with_markup_is_shown_as_text() -> None:
    client = signed_in("admin")
    made(client, name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get(PAGE).content.decode()


def test_nobody_heaps_up_tokens() -> None:
    user = User.objects.create_user("ai-do")
    now = timezone.now()
    for number in range(MOST):
        create(str(number), user, ["articles:read"], days=1, by=user, now=now)
    with pytest.raises(TokenRefused):
        create("nữa", user, ["articles:read"], days=1, by=user, now=now)
    assert create("mai", user, ["articles:read"], days=1, by=user, now=now + timedelta(days=1, seconds=1))


def test_when_a_token_was_used_last_is_told() -> None:
    caller = Caller()
    assert ApiToken.objects.get().last_used_at is None
    caller.get("/me")
    used = ApiToken.objects.get().last_used_at
    assert used is not None and timezone.now() - used < timedelta(minutes=1)


def test_the_key_that_signs_is_shown_once_with_the_token() -> None:
    client = signed_in("officer")
    response = client.post(f"{PAGE}moi/", {"name": "Tổng đài", "days": "30", "scope": "webhooks:in"})
    found = re.search(r'id="signing" readonly value="([0-9a-f]{64})"', response.content.decode())
    assert found and found.group(1) not in str(list(ApiToken.objects.values()))
    assert found.group(1) not in client.get(PAGE).content.decode()
