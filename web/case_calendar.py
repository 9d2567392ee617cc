"""The deadlines of a month, day by day."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.deadlines.due import running
from cases.models import CaseDeadline
from cases.office import calendar, office
from web.clock import VIETNAM, day_start


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the page. ``free``: why nobody works, "" on a working day; ``inside``: of this month."""

    day: date
    inside: bool
    free: str
    today: bool
    rows: tuple[tuple[CaseDeadline, bool], ...]  # with whether it is overdue


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


def due_by_day(first: date, last: date, now: datetime) -> dict[date, list[tuple[CaseDeadline, bool]]]:
    """Running deadlines by the day of Việt Nam on which they fall."""
    rows = running().filter(
        case__province=office().code,
        due_at__gt=day_start(first),
        due_at__lte=day_start(last + timedelta(days=1)),
    )
    found: dict[date, list[tuple[CaseDeadline, bool]]] = defaultdict(list)
    for row in rows:
        assert row.due_at is not None
        day = row.last_day or row.due_at.astimezone(VIETNAM).date()
        found[day].append((row, row.due_at <= now))
    return found


def month_of(text: str, today: date) -> date:
    """The first day of the month that an address names ("2026-11"), or of today's."""
    try:
        month = datetime.strptime(text, "%Y-%m").replace(tzinfo=VIETNAM).date()
    except ValueError:
        month = today
    return month.replace(day=1) if 1990 <= month.year <= 2200 else today.replace(day=1)
