"""Which days are worked in Việt Nam: weekends, public holidays with Tết, and announced swaps.

Holidays come from the package ``holidays`` (country VN), swaps from ``provinces/national/workdays.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import holidays

from provinces.workdays import Swap

SATURDAY = 5


class WorkingDays:
    """The calendar. Years are worked out when they are first asked for."""

    def __init__(self, swaps: Iterable[Swap] = ()):
        self._holidays = holidays.country_holidays("VN", language="vi")
        swaps = tuple(swaps)
        self._rest = {swap.rest: swap.document for swap in swaps}
        self._work = {swap.work for swap in swaps}

    def why_free(self, day: date) -> str:
        """Why nobody works on ``day`` (Vietnamese); "" on a working day."""
        if day in self._rest:
            return "nghỉ hoán đổi"
        name = self._holidays.get(day)  # asking for a day also works out its year's worked Saturdays
        if name:
            return str(name)
        if day in self._work or day in self._holidays.weekend_workdays:
            return ""
        return "cuối tuần" if day.weekday() >= SATURDAY else ""
