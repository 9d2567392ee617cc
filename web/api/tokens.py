"""Tokens: making, showing once, finding by secret, revoking; signing keys for webhooks that come in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from archive.audit import record
from archive.models import AuditEntry
from web.api.scopes import Scope, allowed
from web.models import ApiToken

PREFIX = "dbk_"
LONGEST_NAME = 80
MOST_DAYS = 366
USUAL_DAYS = 90
MOST = 50  # usable tokens of one person
HINT = 8  # characters of the secret that are kept readable


class TokenRefused(Exception):
    """Why a token was not made, for the person who asked."""


def usable(now: datetime) -> QuerySet[ApiToken]:
    """Neither expired nor revoked, of people whose account is open."""
    rows = ApiToken.objects.filter(revoked_at=None, expires_at__gt=now, owner__is_active=True)
    return rows.select_related("owner")


def create(
    name: str, owner: User, scopes: Collection[str], *, days: int, by: User | None, now: datetime
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is kept nowhere. Raises ``TokenRefused``.

    ``by`` None: from the command line.
    """
    name = " ".join(name.replace("\x00", " ").split())
    if not name:
        raise TokenRefused(_("Hãy đặt tên cho mã: nó dùng ở đâu, cho việc gì."))
    if len(name) > LONGEST_NAME:
        raise TokenRefused(_("Tên dài quá %(most)d ký tự.") % {"most": LONGEST_NAME})
    if not 1 <= days <= MOST_DAYS:
        raise TokenRefused(_("Mã dùng được từ 1 đến %(most)d ngày.") % {"most": MOST_DAYS})
    wanted = sorted(set(scopes))
    if not wanted:
        raise TokenRefused(_("Hãy chọn ít nhất một quyền."))
    beyond = [scope for scope in wanted if scope not in allowed(owner)]
    if beyond:
        raise TokenRefused(
            _("Vai trò của %(name)s không có quyền này: %(scopes)s.")
            % {"name": owner.get_username(), "scopes": ", ".join(beyond)}
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=owner.pk)  # counted one after the other
        if usable(now).filter(owner=owner).count() >= MOST:
            raise TokenRefused(_("Mỗi người có nhiều nhất %(most)d mã đang dùng được.") % {"most": MOST})
        row = ApiToken.objects.create(
            name=name,
            digest=digest(secret),
            hint=secret[:HINT],
            owner=owner,
            scopes=wanted,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        details = {"act": "created", "target": owner.get_username(), "what": ", ".join(wanted)}
        record(AuditEntry.Action.TOKEN, by=by, subject=name, details=details)
    return row, secret


def revoke(row: ApiToken, *, by: User | None, now: datetime) -> bool:
    """End a token at once; False when it was revoked before. ``by`` None: from the command line."""
    with transaction.atomic():
        if not ApiToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=now):
            return False
        details = {"act": "revoked", "target": row.owner.get_username()}
        record(AuditEntry.Action.TOKEN, by=by, subject=row.name, details=details)
    return True


def find(secret: str, now: datetime) -> ApiToken | None:
    """The usable token of a secret."""
    if not secret.startswith(PREFIX) or len(secret) > 100 or not secret.isascii():
        return None
    return usable(now).filter(digest=digest(secret)).first()


def held(row: ApiToken) -> list[Scope]:
    """The scopes that count now: those of the token that its owner's role still reaches."""
    return [scope for scope in allowed(row.owner) if scope in row.scopes]


def signing_key(row: ApiToken) -> str:
    """The key that webhooks of this token are signed with: made of the service's own key, kept nowhere."""
    return salted_hmac("web.api.webhook-in", f"{row.pk} {row.digest}", algorithm="sha256").hexdigest()


def digest(secret: str) -> str:
    """What is kept of a secret: SHA-256, for it is long and random already."""
    return hashlib.sha256(secret.encode()).hexdigest()
