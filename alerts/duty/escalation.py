"""Tells the next on the roster when nobody takes an alert on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from alerts.models import Alert, AlertEvent, Delivery, EscalationStep
from alerts.outbox import queue_to

LOOK_BACK = timedelta(days=2)
"""An alert that stayed open longer is found in the inbox, not in somebody's night."""


class EscalationDuty:
    """Looks which open alerts are past a rung of their team's roster. Each rung is told once per firing."""

    name = "escalation"

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._clock = clock

    def run(self, limit: int) -> int:
        """Queue what is due; returns how many messages."""
        now = self._clock()
        queued = 0
        for step in EscalationStep.objects.select_related("target").filter(target__enabled=True):
            due = now - timedelta(minutes=step.after_minutes)
            rows = Alert.objects.filter(
                state=Alert.State.OPEN,
                severity__gte=step.severity_from,
                last_fired_at__lte=due,
                last_fired_at__gte=due - LOOK_BACK,
                rule__team=step.team,
            )
            told = Delivery.objects.filter(
                alert=OuterRef("pk"),
                key__endswith=f"|step{step.pk}",
                created_at__gte=OuterRef("last_fired_at"),
            )
            for alert in rows.exclude(Exists(told)).order_by("pk")[:limit]:
                queued += self._tell(alert, step, now)
        return queued

    def _tell(self, alert: Alert, step: EscalationStep, now: datetime) -> bool:
        with transaction.atomic():
            if not Alert.objects.select_for_update().filter(pk=alert.pk, state=Alert.State.OPEN).exists():
                return False  # somebody just took it on
            kind = Delivery.Kind.ESCALATION
            if not queue_to(alert, step.target, kind, now=now, suffix=f"step{step.pk}"):
                return False
            reason = f"Sau {step.after_minutes} phút chưa ai nhận: báo {step.target.name}."
            AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.ESCALATED, at=now, reason=reason)
        return True
