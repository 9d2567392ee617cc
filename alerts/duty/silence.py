"""Tells the people responsible when a source goes silent or cannot be read: nothing found is no news."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from alerts.duty.spells import OVER, begin, end
from alerts.models import Alert, Severity, Target
from archive.health import SourceHealth, source_health

EVERY = timedelta(minutes=10)
TOLD = {"silent": "Nguồn im lặng", "failing": "Nguồn không đọc được"}
FAILING_FOR = timedelta(hours=2)
"""A source that fails for less may come back by itself."""
WELL = frozenset({"ok", "quiet"})


class SilenceDuty:
    """Looks every ten minutes. One alert per source and spell, which is closed when the source is back."""

    name = "silence"

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._clock = clock
        self._next: datetime | None = None

    def run(self, limit: int) -> int:
        """Tell of sources newly silent, failing, or back; returns how many."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return 0
        self._next = now + EVERY
        if not Target.objects.filter(enabled=True, health=True).exists():
            return 0
        healths = source_health(now)
        told = sum(_fire(health, now) for health in healths if _worth_telling(health, now))
        well = {health.source.pk for health in healths if health.state in WELL}
        back = Alert.objects.filter(source__in=well, key__startswith="source:").exclude(seen=OVER)
        return told + sum(end(alert.pk, "Nguồn đã có bài mới trở lại", now=now) for alert in back)


def _worth_telling(health: SourceHealth, now: datetime) -> bool:
    if health.state == "failing":
        since = health.source.failing_since
        return since is not None and now - since >= FAILING_FOR
    return health.state in TOLD


def _fire(health: SourceHealth, now: datetime) -> bool:
    source = health.source
    began = source.failing_since if health.state == "failing" else health.last_new_at
    spell = f"{began.astimezone(UTC):%Y%m%dT%H%M%S}" if began else "always"
    card = {
        "headline": f"{TOLD[health.state]}: {source.outlet.name}",
        "lead": health.explanation,
        "why": "Bạn nhận tin này vì đích nhận của bạn được đánh dấu theo dõi tình trạng nguồn.",
        "source_url": source.url,
    }
    return begin(f"source:{source.pk}/{health.state}/{spell}", card, Severity.HIGH, now=now, source=source)
