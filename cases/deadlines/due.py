"""What falls due: the door for reminders, digests and the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from cases.models import CaseDeadline
from cases.states import State

SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A running deadline that is near or past. Times aware, UTC.

    key    stays the same until the due moment changes or "soon" becomes "overdue": tell once per key
    stage  "soon" or "overdue"            overdue_days  full days past due, 0 when soon
    """

    key: str
    stage: str
    case_id: int
    title: str
    kind: str
    deadline: str
    basis: str
    due_at: datetime
    last_day: date | None
    why: str
    overdue_days: int
    agency: str
    agency_name: str
    officer_id: int | None


def due_soon(now: datetime, within: timedelta = SOON) -> list[Reminder]:
    """Running deadlines of open cases that fall due within ``within`` or are overdue, most pressing first."""
    rows = running().filter(due_at__lte=now + within)
    return [_reminder(row, now) for row in rows]


def nearest(now: datetime, within: timedelta, count: int) -> tuple[list[Reminder], int]:
    """The first ``count`` of ``due_soon``, and how many more there are."""
    rows = running().filter(due_at__lte=now + within)
    found = [_reminder(row, now) for row in rows[:count]]
    return found, rows.count() - len(found)


def running() -> QuerySet[CaseDeadline]:
    """Deadlines that count at this moment, by due time, with their cases."""
    rows = CaseDeadline.objects.filter(status=CaseDeadline.Status.RUNNING, due_at__isnull=False)
    return rows.exclude(case__state=State.CLOSED).select_related("case").order_by("due_at", "pk")


def _reminder(row: CaseDeadline, now: datetime) -> Reminder:
    assert row.due_at is not None
    stage = "overdue" if row.due_at <= now else "soon"
    case = row.case
    return Reminder(
        key=f"case:{case.pk}/{row.rule}/{row.due_at:%Y%m%dT%H%M}/{stage}",
        stage=stage,
        case_id=case.pk,
        title=case.title,
        kind=case.kind,
        deadline=row.name,
        basis=row.basis,
        due_at=row.due_at,
        last_day=row.last_day,
        why=row.why,
        overdue_days=max(0, (now - row.due_at).days),
        agency=case.agency,
        agency_name=case.agency_name,
        officer_id=case.officer_id,
    )
