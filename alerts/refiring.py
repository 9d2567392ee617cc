"""An alert that fires again: counted, remembered, and opened again if somebody had closed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from alerts.fingerprint import digest_of
from alerts.models import Alert, AlertEvent


def refire(alert: Alert, seen: Mapping[str, Any], told: Sequence[str], now: datetime) -> None:
    """Note on the alert that it fires again because of ``told``; the caller saves it and queues messages.

    ``seen``: everything that is known of its subject from now on.
    """
    alert.seen = dict(seen)
    alert.digest = digest_of(alert.seen)
    alert.firings += 1
    alert.last_fired_at = now
    words = " ".join(told)
    AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.REFIRED, at=now, reason=words)
    if alert.state == Alert.State.CLOSED:
        alert.state = Alert.State.OPEN
        alert.version += 1
        AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.REOPENED, at=now, reason=words)
