"""The first account."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

FIRST_NAME = "admin"


def ensure_first_account() -> tuple[str, str] | None:
    """Make an administrator when there is no account at all: (name, password), else None.

    The password is made here, shown by the caller once and kept nowhere. Safe to race.
    """
    if User.objects.exists():
        return None
    password = secrets.token_urlsafe(12)
    try:
        with transaction.atomic():
            User.objects.create_superuser(FIRST_NAME, password=password)
    except IntegrityError:
        return None
    return FIRST_NAME, password
