"""Users: inviting, joining, roles, closing accounts. There is always an administrator left."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from archive.audit import record
from archive.models import AuditEntry
from cases.roles import ADMIN, ROLES, give_role, role_of
from web.models import Invitation

VALID_FOR = timedelta(hours=72)


class PeopleRefused(Exception):
    """Why it was not done, for the person who asked; ``problems`` by field where there is a form."""

    def __init__(self, message: str, problems: dict[str, str] | None = None):
        super().__init__(message)
        self.problems = problems or {}


def invite(role: str, note: str, by: User, now: datetime) -> tuple[Invitation, str]:
    """A new invitation and its secret, which is kept nowhere. Raises ``PeopleRefused``."""
    if role not in ROLES:
        raise PeopleRefused(_("Hãy chọn một vai trò."))
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        row = Invitation.objects.create(
            digest=_digest(secret),
            role=role,
            note=note[:120],
            made_by=by,
            made_at=now,
            expires_at=now + VALID_FOR,
        )
        record(AuditEntry.Action.INVITED, by=by, subject=note, details={"role": role})
    return row, secret


def withdraw(row: Invitation, by: User, now: datetime) -> bool:
    """End an invitation that nobody has used; False when it was used or withdrawn before."""
    with transaction.atomic():
        rows = Invitation.objects.filter(pk=row.pk, used_at=None, withdrawn_at=None)
        if not rows.update(withdrawn_at=now):
            return False
        record(AuditEntry.Action.INVITED, by=by, subject=row.note, details={"act": "withdrawn"})
    return True


def open_invitation(secret: str, now: datetime) -> Invitation | None:
    """The invitation of a secret, while it can be used."""
    rows = Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)
    return rows.filter(digest=_digest(secret), made_by__is_active=True).first()


def join(secret: str, name: str, password: str, again: str, now: datetime) -> User:
    """The account that the invitation makes. Raises ``PeopleRefused``; then it can still be used."""
    row = open_invitation(secret, now)
    if row is None:
        raise PeopleRefused(_("Lời mời này đã dùng, đã rút hoặc đã hết hạn. Hãy xin lời mời mới."))
    problems = _account_problems(name, password, again)
    if problems:
        raise PeopleRefused("", problems)
    try:
        with transaction.atomic():
            if not Invitation.objects.filter(pk=row.pk, used_at=None, withdrawn_at=None).update(used_at=now):
                raise PeopleRefused(_("Lời mời này vừa được dùng."))
            user = User.objects.create_user(name, password=password)
            give_role(user, row.role)
            Invitation.objects.filter(pk=row.pk).update(joined=user)
            record(AuditEntry.Action.JOINED, by=user, subject=row.note, details={"role": row.role})
    except IntegrityError:
        raise PeopleRefused("", {"name": _("Đã có người dùng tên này.")}) from None
    return user


def _account_problems(name: str, password: str, again: str) -> dict[str, str]:
    problems = {}
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError:
        problems["name"] = _("Tên chỉ gồm chữ, số và các dấu @ . + - _, không có dấu cách.")
    if len(name) > 150 or User.objects.filter(username__iexact=name).exists():
        problems["name"] = _("Đã có người dùng tên này.") if len(name) <= 150 else _("Tên dài quá 150 ký tự.")
    try:
        validate_password(password, User(username=name))
    except ValidationError as error:
        problems["password"] = " ".join(error.messages)
    if password != again:
        problems["again"] = _("Hai lần gõ mật khẩu không giống nhau.")
    return problems


def change_role(user: User, role: str, by: User) -> None:
    """Raises ``PeopleRefused`` for an unknown role, and when no administrator would be left."""
    if role not in ROLES:
        raise PeopleRefused(_("Hãy chọn một vai trò."))
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        before = role_of(user)
        if before == role:
            return
        if user.is_superuser:
            User.objects.filter(pk=user.pk).update(is_superuser=False)
        give_role(user, role)
        _require_administrator()
        record(
            AuditEntry.Action.ROLE, by=by, subject=user.get_username(), details={"from": before, "to": role}
        )


def set_active(user: User, active: bool, by: User) -> None:
    """Close an account, which ends its sessions, or open it again. Raises ``PeopleRefused``."""
    if user.pk == by.pk and not active:
        raise PeopleRefused(_("Không ai tự khóa tài khoản của mình; hãy nhờ quản trị viên khác."))
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active):
            return
        _require_administrator()
        details = {"act": "opened" if active else "closed"}
        record(AuditEntry.Action.ACCOUNT, by=by, subject=user.get_username(), details=details)


def administrators() -> list[User]:
    """Everybody who can sign in and administer."""
    rows = User.objects.filter(Q(is_superuser=True) | Q(groups__name=ADMIN), is_active=True)
    return list(rows.distinct().order_by("pk"))


def _require_administrator() -> None:
    # All of them are locked, so that two who remove each other at once come one after the other.
    left = User.objects.select_for_update().filter(
        pk__in=[user.pk for user in administrators()], is_active=True
    )
    if not left.exists():
        raise PeopleRefused(
            _("Đây là quản trị viên cuối cùng; hãy trao quyền quản trị cho người khác trước.")
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
