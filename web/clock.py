"""Days of Việt Nam."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def day_start(day: date) -> datetime:
    """The first moment of ``day``, aware."""
    return datetime.combine(day, time(), tzinfo=VIETNAM)


def today(now: datetime) -> date:
    """The day in Việt Nam at ``now``."""
    return now.astimezone(VIETNAM).date()


def days_before(last: date, count: int) -> list[date]:
    """``count`` days, oldest first, ``last`` among them."""
    return [last - timedelta(days=back) for back in range(count - 1, -1, -1)]
