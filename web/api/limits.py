"""How many requests a token may make: a window of one minute in the database, right for many processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import F

from web.models import ApiMinute, ApiToken

MINUTE = timedelta(minutes=1)
TRIES = 3  # each loses to another process that opened the minute in between


class Kind(StrEnum):
    """What is counted apart."""

    READ = "read"
    WRITE = "write"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a request left. ``fits``: False when it was one too many. ``reset_s``: until the next minute."""

    limit: int
    remaining: int
    reset_s: int
    fits: bool


def spend(token: ApiToken, kind: Kind, now: datetime) -> Spent:
    """Count one request of ``token``; every process sees the same count."""
    limit = int(settings.DIEMBAO_API_LIMITS[kind])
    minute = now.replace(second=0, microsecond=0)
    reset = max(1, 60 - now.second)
    rows = ApiMinute.objects.filter(token=token, kind=kind)
    for _ in range(TRIES):
        if rows.filter(minute=minute, used__lt=limit).update(used=F("used") + 1):
            used = rows.filter(minute=minute).values_list("used", flat=True).first() or limit
            return Spent(limit, max(0, limit - used), reset, True)
        if rows.filter(minute__lt=minute).update(minute=minute, used=1):
            return Spent(limit, limit - 1, reset, True)
        row, made = ApiMinute.objects.get_or_create(
            token=token, kind=kind, defaults={"minute": minute, "used": 1}
        )
        if made:
            return Spent(limit, limit - 1, reset, True)
        if row.minute >= minute and row.used >= limit:
            break
    return Spent(limit, 0, reset, False)
