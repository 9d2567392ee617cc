"""Alerts about the service itself: told once when something begins, and once more when it is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from alerts.models import Alert, AlertEvent, Delivery
from alerts.outbox import queue
from archive.vietnam import VIETNAM

OVER = {"over": True}


def begin(key: str, card: Mapping[str, Any], severity: int, *, now: datetime, **about: Any) -> bool:
    """Tell what began, ``key`` naming it with its beginning; False if that was told before.

    ``about``: further fields of the alert (source, case).
    """
    if Alert.objects.filter(key=key).exists():
        return False
    try:
        with transaction.atomic():
            alert = Alert.objects.create(
                key=key,
                severity=severity,
                cause=dict(card) | {"size": 1},
                fired_at=now,
                last_fired_at=now,
                **about,
            )
            AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.FIRED, at=now)
            queue(alert, Delivery.Kind.FIRST, now=now)
    except IntegrityError:
        return False  # another worker told it a moment ago
    return True


def end(alert_id: int, words: str, *, now: datetime, loud: bool = True) -> bool:
    """Close the alert of what is over; ``loud``: as news, else on its card. False if told before."""
    with transaction.atomic():
        alert = Alert.objects.select_for_update().get(pk=alert_id)
        if alert.seen == OVER:
            return False
        told = f"{words} ({now.astimezone(VIETNAM):%H:%M %d/%m/%Y})."
        alert.seen = OVER
        alert.state, alert.version = Alert.State.CLOSED, alert.version + 1
        alert.cause["news"] = [told]
        AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.RECOVERED, at=now, reason=told)
        if loud:
            alert.firings += 1
        alert.save()
        queue(alert, Delivery.Kind.REFIRE if loud else Delivery.Kind.STATE, now=now)
    return True
