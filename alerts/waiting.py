"""How long a message waits after a failure, and how long for quiet hours and maintenance."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta

from alerts.models import Maintenance, Target
from archive.vietnam import VIETNAM

FIRST_S = 5.0
LONGEST_S = 3600.0


def after_failure(attempts: int, retry_after: float | None, rng: random.Random) -> timedelta:
    """Doubling from five seconds to an hour, spread by a fifth so that not all come back at once.

    Never sooner than the service asked.
    """
    wait = min(LONGEST_S, FIRST_S * 2.0 ** min(attempts - 1, 20))
    return timedelta(seconds=max(wait * rng.uniform(0.8, 1.2), retry_after or 0.0))


def quiet_until(target: Target, severity: int, now: datetime) -> datetime | None:
    """When the target's quiet hours end; None when it may be told now."""
    start, end = target.quiet_from, target.quiet_until
    if start is None or end is None or start == end or severity >= target.passes_from:
        return None
    local = now.astimezone(VIETNAM)
    clock = local.time()
    quiet = start <= clock < end if start < end else clock >= start or clock < end
    if not quiet:
        return None
    day = local.date() + timedelta(days=1 if clock >= end else 0)
    return datetime.combine(day, end, tzinfo=VIETNAM)


def maintained_until(now: datetime) -> datetime | None:
    """When the maintenance that goes on now ends; None without one."""
    row = Maintenance.objects.filter(starts__lte=now, ends__gt=now).order_by("-ends").first()
    return row.ends if row is not None else None


def latest_slot(times: tuple[time, ...], now: datetime) -> datetime | None:
    """The last digest time of Việt Nam's clock that is not after ``now``; None without digest times."""
    if not times:
        return None
    local = now.astimezone(VIETNAM)
    slots = [
        datetime.combine(local.date() - timedelta(days=back), each, tzinfo=VIETNAM)
        for back in (0, 1)
        for each in times
    ]
    return max(slot for slot in slots if slot <= local)
