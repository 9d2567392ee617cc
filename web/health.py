"""The health of outlets, put together from that of their sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from archive.health import SourceHealth
from archive.models import Outlet
from web import charts, wording

ORDER = {state: place for place, state in enumerate(wording.STATES)}


@dataclass(frozen=True, slots=True)
class OutletHealth:
    """One outlet. ``state`` is the worst of its sources', ``usual`` the sum of what is known."""

    outlet: Outlet
    state: str
    worst: SourceHealth
    sources: tuple[SourceHealth, ...]  # worst first
    days: tuple[tuple[date, int], ...]
    chart: charts.Chart
    usual: float | None
    last_24h: int
    last_success_at: datetime | None
    interval_s: float
    next_due_at: datetime


def by_outlet(healths: Iterable[SourceHealth]) -> list[OutletHealth]:
    """Outlets with at least one source, worst first, then by name."""
    grouped: dict[str, list[SourceHealth]] = defaultdict(list)
    for health in healths:
        grouped[health.source.outlet_id].append(health)
    rows = [_outlet(sorted(group, key=lambda health: ORDER[health.state])) for group in grouped.values()]
    return sorted(rows, key=lambda row: (ORDER[row.state], row.outlet.name))


def _outlet(sources: list[SourceHealth]) -> OutletHealth:
    known = [health.usual for health in sources if health.usual is not None]
    usual = sum(known) if known else None
    days = tuple(
        (day, sum(health.days[place][1] for health in sources))
        for place, (day, _) in enumerate(sources[0].days)
    )
    successes = [health.last_success_at for health in sources if health.last_success_at is not None]
    return OutletHealth(
        outlet=sources[0].source.outlet,
        state=sources[0].state,
        worst=sources[0],
        sources=tuple(sources),
        days=days,
        chart=charts.by_day(days, usual=usual, today=days[-1][0]),
        usual=usual,
        last_24h=sum(health.last_24h for health in sources),
        last_success_at=max(successes, default=None),
        interval_s=min(health.interval_s for health in sources),
        next_due_at=min(health.source.next_due_at for health in sources),
    )
