"""Which entries of the audit log are asked for: for its page, its download and the API alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from archive.models import AuditEntry
from web.clock import day_start

EARLIEST, LATEST = date(1970, 1, 1), date(9000, 1, 1)  # beyond them there are no entries


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """``words``: in the subject. ``since``, ``until``: first and last day, of Việt Nam. "" or None: all."""

    action: str = ""
    person: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None


def found_entries(chosen: AuditFilter) -> QuerySet[AuditEntry]:
    """Newest first."""
    rows = AuditEntry.objects.all()
    if chosen.action:
        rows = rows.filter(action=chosen.action)
    if chosen.person:
        rows = rows.filter(person=chosen.person)
    if words := chosen.words.strip():
        rows = rows.filter(subject__icontains=words)
    if chosen.since and chosen.since > EARLIEST:
        rows = rows.filter(at__gte=day_start(chosen.since))
    if chosen.until and chosen.until < LATEST:
        rows = rows.filter(at__lt=day_start(max(chosen.until, EARLIEST)) + timedelta(days=1))
    return rows
