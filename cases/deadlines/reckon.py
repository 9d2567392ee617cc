"""Counting a deadline: pure arithmetic of days and hours, with its reasons in words.

The day on which it starts is not counted; a deadline in days ends with its last day. In calendar days a last
day that is free moves to the next working day. A pause takes out the days from the one on which it begins to
the one before it ends, and the very hours of a deadline in hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from archive.vietnam import VIETNAM
from cases.deadlines.workdays import WorkingDays
from provinces.deadlines import Unit

_DAY = timedelta(days=1)
_UNITS = {Unit.HOURS: "giờ", Unit.DAYS: "ngày", Unit.WORKING_DAYS: "ngày làm việc"}


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stands still; ``end`` None: it still does. Times aware."""

    start: datetime
    end: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """``due_at`` is the first moment too late, None while stopped; ``last_day`` only of deadlines in days.

    ``left`` is what remains when stopped: units of the deadline. ``why`` is Vietnamese.
    """

    due_at: datetime | None
    last_day: date | None
    left: float | None
    why: str


def reckon(
    amount: int, unit: Unit, start: datetime, pauses: Sequence[Pause], calendar: WorkingDays
) -> Reckoning:
    """When ``amount`` units from ``start`` (aware) are over."""
    ordered = sorted(pauses, key=lambda pause: pause.start)
    if unit is Unit.HOURS:
        return _hours(amount, start, ordered)
    return _days(amount, unit, start, ordered, calendar)


def _hours(amount: int, start: datetime, pauses: Sequence[Pause]) -> Reckoning:
    due, parts = start + timedelta(hours=amount), [f"{amount} giờ từ {_moment(start)}"]
    for pause in pauses:
        begin = max(pause.start, start)
        if begin >= due or (pause.end is not None and pause.end <= begin):
            continue
        if pause.end is None:
            left = (due - begin).total_seconds() / 3600
            parts.append(f"dừng từ {_moment(begin)} ({_lower(pause.why)}), còn {_number(left)} giờ")
            return Reckoning(None, None, left, ", ".join(parts))
        due += pause.end - begin
        hours = (pause.end - begin).total_seconds() / 3600
        parts.append(f"cộng {_number(hours)} giờ tạm dừng ({_lower(pause.why)})")
    return Reckoning(due, None, None, f"{', '.join(parts)} → {_moment(due)}")


def _days(
    amount: int, unit: Unit, start: datetime, pauses: Sequence[Pause], calendar: WorkingDays
) -> Reckoning:
    day, counted = start.astimezone(VIETNAM).date(), 0
    free: dict[str, list[date]] = {}
    parts = [f"{amount} {_UNITS[unit]} từ {_moment(start)} (không tính ngày đầu)"]
    while counted < amount:
        day += _DAY
        pause = _pause_on(day, pauses)
        why = calendar.why_free(day) if unit is Unit.WORKING_DAYS else ""
        if why:
            free.setdefault(why, []).append(day)
        elif pause is None:
            counted += 1
        elif pause.end is None:
            parts += _left_out(free)
            parts.append(
                f"dừng từ {_moment(pause.start)} ({_lower(pause.why)}), còn {amount - counted} {_UNITS[unit]}"
            )
            return Reckoning(None, None, amount - counted, ", ".join(parts))
        else:
            free.setdefault(f"tạm dừng: {_lower(pause.why)}", []).append(day)
    parts += _left_out(free)
    moved = ""
    if unit is Unit.DAYS and (why := calendar.why_free(day)):
        moved = f"; ngày {_day(day)} là ngày nghỉ ({why}) nên tính đến hết ngày làm việc tiếp theo"
        while calendar.why_free(day):
            day += _DAY
    due = datetime.combine(day + _DAY, time(), tzinfo=VIETNAM)
    return Reckoning(due, day, None, f"{', '.join(parts)}{moved} → hết ngày {_day(day)}")


def _pause_on(day: date, pauses: Sequence[Pause]) -> Pause | None:
    for pause in pauses:
        first = pause.start.astimezone(VIETNAM).date()
        if first <= day and (pause.end is None or day < pause.end.astimezone(VIETNAM).date()):
            return pause
    return None


def _left_out(free: dict[str, list[date]]) -> list[str]:
    return [f"trừ {_stretches(days)} ({why})" for why, days in free.items()]


def _stretches(days: Sequence[date]) -> str:
    """ "28/11, 29/11 và 05/12–07/12": runs of three and more as one."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == _DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    shown: list[str] = []
    for run in runs:
        shown += [f"{run[0]:%d/%m}–{run[-1]:%d/%m}"] if len(run) > 2 else [f"{day:%d/%m}" for day in run]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} và {shown[-1]}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def _lower(why: str) -> str:
    return why[:1].lower() + why[1:]
