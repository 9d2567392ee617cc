"""Writing the audit log. Call it within the transaction of the act: both stand, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from archive.models import AuditEntry

LONGEST_DETAIL = 500


def record(
    action: AuditEntry.Action,
    *,
    by: User | None,
    subject: str = "",
    page: str = "",
    details: Mapping[str, str | int] | None = None,
    origin: str = "",
    at: datetime | None = None,
) -> AuditEntry:
    """Add one entry; ``at`` is now unless the act bears its own time. Longer texts are cut."""
    return AuditEntry.objects.create(
        at=at or timezone.now(),
        by=by,
        person=by.get_username() if by else "",
        action=action,
        subject=_line(subject, 300),
        page=page[:300],
        details={
            name: _line(value, LONGEST_DETAIL) if isinstance(value, str) else value
            for name, value in (details or {}).items()
            if value != ""
        },
        origin=origin[:60],
    )


def _line(text: str, longest: int) -> str:
    line = " ".join(text.replace("\x00", " ").split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
