"""The deadlines of a month, day by day."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from cases.deadlines.due import running
from cases.models import CaseDeadline
from cases.office import calendar, office
from web.clock import VIETNAM, day_start


@dataclass(frozen=True, slots=True)
class Deadline:
    """A running deadline. ``address``: of its case, whose ``title`` and ``agency`` are told."""

    address: str
    title: str
    agency: str
    name: str
    due_at: datetime
    last_day: date | None
    late: bool

    @property
    def day(self) -> date:
        """The day of Việt Nam on which it falls."""
        return self.last_day or self.due_at.astimezone(VIETNAM).date()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the page. ``free``: why nobody works, "" on a working day; ``inside``: of this month."""

    day: date
    inside: bool
    free: str
    today: bool
    rows: tuple[Deadline, ...]


def weeks_of(month: date, now: datetime) -> list[list[Day]]:
    """The weeks of the month of ``month``, Monday first."""
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    due = due_by_day(weeks[0][0], weeks[-1][-1], now)
    today = now.astimezone(VIETNAM).date()
    free = calendar().why_free
    return [
        [Day(day, day.month == month.month, free(day), day == today, tuple(due[day])) for day in week]
        for week in weeks
    ]


def due_by_day(first: date, last: date, now: datetime) -> dict[date, list[Deadline]]:
    """Running deadlines by the day of Việt Nam on which they fall."""
    rows = running().filter(due_at__gt=day_start(first), due_at__lte=day_start(last + timedelta(days=1)))
    found: dict[date, list[Deadline]] = defaultdict(list)
    for row in _deadlines(rows, now):
        found[row.day].append(row)
    return found


def overdue(now: datetime) -> list[Deadline]:
    """Those that are missed, the oldest first."""
    return list(_deadlines(running().filter(due_at__lte=now), now))


def _deadlines(rows: QuerySet[CaseDeadline], now: datetime) -> Iterator[Deadline]:
    # As columns: whole rows with their cases take longer to build than to show.
    cases = reverse("web:cases")
    columns = ("case_id", "case__title", "case__agency_name", "name", "due_at", "last_day")
    for case, title, agency, name, due_at, last_day in rows.filter(case__province=office().code).values_list(
        *columns
    ):
        yield Deadline(f"{cases}{case}/", title, agency, name, due_at, last_day, due_at <= now)


def month_of(text: str, today: date) -> date:
    """The first day of the month that an address names ("2026-11"), or of today's."""
    try:
        month = datetime.strptime(text, "%Y-%m").replace(tzinfo=VIETNAM).date()
    except ValueError:
        month = today
    return month.replace(day=1) if 1990 <= month.year <= 2200 else today.replace(day=1)
