"""Morning and evening digests: every alert that waits for one is told in the next, none is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time

from django.db import transaction

from alerts.models import Delivery, DigestItem, Target
from alerts.outbox import payload_of
from alerts.waiting import latest_slot


class DigestStep:
    """Looks whether a digest is due. An alert that fires at that very moment waits for the next."""

    name = "digests"

    def __init__(self, times: tuple[time, ...], clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._times = times
        self._clock = clock

    def run(self, limit: int) -> int:
        """Queue the digests of the last slot that were not queued yet; returns how many."""
        now = self._clock()
        slot = latest_slot(self._times, now)
        if slot is None:
            return 0
        waiting = DigestItem.objects.filter(delivery=None, alert__last_fired_at__lt=slot)
        targets = Target.objects.filter(pk__in=waiting.values("target"), enabled=True)[:limit]
        return sum(_queue(target, slot, now) for target in targets)


def _queue(target: Target, slot: datetime, now: datetime) -> bool:
    key = f"digest:{target.pk}|{slot.astimezone(UTC):%Y%m%dT%H%M}"
    with transaction.atomic():
        delivery, made = Delivery.objects.get_or_create(
            key=key,
            defaults={
                "target": target,
                "channel": target.channel,
                "kind": Delivery.Kind.DIGEST,
                "payload": {"items": [], "slot": slot.isoformat()},
                "created_at": now,
                "next_at": now,
            },
        )
        if not made:
            return False
        rows = DigestItem.objects.filter(target=target, delivery=None, alert__last_fired_at__lt=slot)
        items = list(rows.select_related("alert__holder").order_by("-alert__severity", "pk"))
        DigestItem.objects.filter(pk__in=[item.pk for item in items]).update(delivery=delivery)
        alerts = {item.alert_id: item.alert for item in items}  # fired twice since: told once, as it is now
        delivery.payload["items"] = [payload_of(alert) for alert in alerts.values()]
        delivery.severity = max((alert.severity for alert in alerts.values()), default=delivery.severity)
        delivery.save(update_fields=["payload", "severity"])
    return True
