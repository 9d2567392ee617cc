"""Tells the people responsible when a source goes silent or cannot be read: nothing found is no news."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from alerts.models import Alert, AlertEvent, Delivery, Severity, Target
from alerts.outbox import queue
from archive.health import SourceHealth, source_health

EVERY = timedelta(minutes=10)
TOLD = {"silent": "Nguồn im lặng", "failing": "Nguồn không đọc được"}
FAILING_FOR = timedelta(hours=2)
"""A source that fails for less may come back by itself."""


class SilenceDuty:
    """Looks every ten minutes. One alert per source and spell: it fires again only after a new article."""

    name = "silence"

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._clock = clock
        self._next: datetime | None = None

    def run(self, limit: int) -> int:
        """Fire for sources newly silent or failing; returns how many."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return 0
        self._next = now + EVERY
        if not Target.objects.filter(enabled=True, health=True).exists():
            return 0
        return sum(_fire(health, now) for health in source_health(now) if _worth_telling(health, now))


def _worth_telling(health: SourceHealth, now: datetime) -> bool:
    if health.state == "failing":
        since = health.source.failing_since
        return since is not None and now - since >= FAILING_FOR
    return health.state in TOLD


def _fire(health: SourceHealth, now: datetime) -> bool:
    source = health.source
    began = source.failing_since if health.state == "failing" else health.last_new_at
    spell = f"{began.astimezone(UTC):%Y%m%dT%H%M%S}" if began else "always"
    key = f"source:{source.pk}/{health.state}/{spell}"
    if Alert.objects.filter(key=key).exists():
        return False
    card = {
        "headline": f"{TOLD[health.state]}: {source.outlet.name}",
        "lead": health.explanation,
        "why": "Bạn nhận tin này vì đích nhận của bạn được đánh dấu theo dõi tình trạng nguồn.",
        "source_url": source.url,
        "size": 1,
    }
    try:
        with transaction.atomic():
            alert = Alert.objects.create(
                key=key,
                source=source,
                severity=Severity.HIGH,
                cause=card,
                fired_at=now,
                last_fired_at=now,
            )
            AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.FIRED, at=now)
            queue(alert, Delivery.Kind.FIRST, now=now)
    except IntegrityError:
        return False  # another worker told it a moment ago
    return True
