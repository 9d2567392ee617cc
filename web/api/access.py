"""Who asks: a token in the Authorization header, its scope, its owner's role, its minute. Never a cookie."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from web.api.limits import Kind, Spent, spend
from web.api.problems import Problem
from web.api.scopes import Scope, permits
from web.api.tokens import find
from web.models import ApiToken

SPENT = "api_spent"  # attribute of the request: what the token has left


class Bearer(HttpBearer):
    """``Authorization: Bearer <secret>``. ``scope`` None: any token. Raises ``Problem``."""

    def __init__(self, scope: Scope | None, kind: Kind):
        super().__init__()
        self.scope, self.kind = scope, kind

    def __call__(self, request: HttpRequest) -> ApiToken:
        """The token, with its owner as the request's user."""
        token: ApiToken | None = super().__call__(request)
        if token is None:
            raise unauthorized()
        return token

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The usable token of a secret, counted."""
        now = timezone.now()
        row = find(token, now)
        if row is None:
            return None
        admit(request, row, self.scope, self.kind, now)
        return row


def admit(request: HttpRequest, row: ApiToken, scope: Scope | None, kind: Kind, now: datetime) -> None:
    """Count the request, ask scope and role, and let the token's owner be its user. Raises ``Problem``."""
    spent = spend(row, kind, now)
    setattr(request, SPENT, spent)
    if not spent.fits:
        raise _too_many(spent)
    if spent.remaining == spent.limit - 1:  # once a minute is enough
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
    if scope is not None:
        _ask(row, scope)
    request.user = row.owner
    request.auth = row  # type: ignore[attr-defined]


def _ask(row: ApiToken, scope: Scope) -> None:
    if scope not in row.scopes:
        detail = _("Mã này không có quyền “%(scope)s”. Hãy dùng mã khác hoặc lập mã có quyền đó.")
        raise Problem(403, "forbidden", detail % {"scope": scope}, extra={"scope": str(scope)})
    if not permits(row.owner, scope):
        detail = _("Vai trò của %(name)s không còn cho phép “%(scope)s”.")
        told = detail % {"name": row.owner.get_username(), "scope": scope}
        raise Problem(403, "forbidden", told, extra={"scope": str(scope)})


def _too_many(spent: Spent) -> Problem:
    detail = _("Mã này đã hết %(limit)d yêu cầu của phút này. Hãy chờ %(wait)d giây.")
    told = detail % {"limit": spent.limit, "wait": spent.reset_s}
    return Problem(429, "too-many-requests", told, headers={"Retry-After": str(spent.reset_s)})


def unauthorized() -> Problem:
    """No token, or none that can be used: nobody is told which of the two."""
    detail = _("Hãy gửi “Authorization: Bearer <mã>” với một mã còn hạn. Phiên đăng nhập không dùng ở đây.")
    return Problem(401, "unauthorized", detail, headers={"WWW-Authenticate": 'Bearer realm="diembao"'})


def token_of(request: HttpRequest) -> ApiToken:
    """The token that asks."""
    row: Any = request.auth  # type: ignore[attr-defined]
    assert isinstance(row, ApiToken)
    return row
