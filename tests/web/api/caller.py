"""A program that calls the API with a token."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cases.roles import give_role
from web.api.scopes import Scope, allowed
from web.api.tokens import create, signing_key
from web.models import ApiToken

ROOT = "/api/v1"
EVERY_SCOPE = [str(scope) for scope in Scope]


class Caller:
    """Acts for somebody named like the role, with the given scopes (default: all that the role has)."""

    def __init__(self, role: str = "admin", scopes: list[str] | None = None):
        self.user, _ = User.objects.get_or_create(username=role)
        give_role(self.user, role)
        self.user = User.objects.get(pk=self.user.pk)  # permissions are read once for an object
        wanted = allowed(self.user) if scopes is None else scopes
        self.token, self.secret = create(
            "máy thử", self.user, wanted, days=1, by=self.user, now=timezone.now()
        )
        self.client = Client()

    def call(
        self, method: str, path: str, body: object = None, *, raw: bytes | None = None, **headers: str
    ) -> HttpResponse:
        given = {"Authorization": f"Bearer {self.secret}"} | dashed(headers)
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        return self.client.generic(
            method.upper(), ROOT + path, data, content_type="application/json", headers=given
        )

    def get(self, path: str, **headers: str) -> Any:
        response = self.call("get", path, **headers)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    def post(self, path: str, body: object, status: int = 200, **headers: str) -> Any:
        response = self.call("post", path, body, **headers)
        assert response.status_code == status, response.content.decode()
        return response.json()

    def problem(self, method: str, path: str, status: int, body: object = None, **headers: str) -> Any:
        return told(self.call(method, path, body, **headers), status)

    def hook(
        self, body: object, delivery: str = "1", at: float | None = None, **changed: str
    ) -> HttpResponse:
        """A signed webhook; ``changed``: headers that are put in after signing."""
        data = json.dumps(body).encode()
        stamp = str(int(time.time() if at is None else at))
        headers = signed(self.token, data, delivery, stamp) | dashed(changed)
        return self.client.generic(
            "POST", f"{ROOT}/webhooks", data, content_type="application/json", headers=headers
        )


def dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def signed(token: ApiToken, body: bytes, delivery: str, stamp: str) -> dict[str, str]:
    """As docs/api.md says, without the program's own function."""
    text = f"{stamp}.{delivery}.".encode() + body
    made = hmac.new(signing_key(token).encode(), text, hashlib.sha256).hexdigest()
    return {
        "X-DiemBao-Key": str(token.pk),
        "X-DiemBao-Timestamp": stamp,
        "X-DiemBao-Delivery": delivery,
        "X-DiemBao-Signature": f"sha256={made}",
    }


def told(response: HttpResponse, status: int) -> Any:
    """The problem that an answer is."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/problem+json; charset=utf-8"
    problem = response.json()
    assert problem["status"] == status and problem["title"] and problem["detail"]
    return problem


def fields(problem: Any) -> list[str]:
    return [error["field"] for error in problem["errors"]]
