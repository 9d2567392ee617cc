"""Tells the next on the ladder, or who is on duty that day, when nobody takes an alert on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from alerts.models import Alert, AlertEvent, Delivery, DutyDay, EscalationStep, Target
from alerts.outbox import queue_to
from archive.vietnam import VIETNAM

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
        for step in EscalationStep.objects.select_related("target"):
            targets = on_duty(step, now)
            if not targets:
                continue  # told as soon as somebody is on the roster
            team = Q(rule__team=step.team)
            if not step.team:
                team |= Q(rule=None)
            due = now - timedelta(minutes=step.after_minutes)
            rows = Alert.objects.filter(
                team,
                state=Alert.State.OPEN,
                severity__gte=step.severity_from,
                last_fired_at__lte=due,
                last_fired_at__gte=due - LOOK_BACK,
            )
            told = Delivery.objects.filter(
                alert=OuterRef("pk"),
                key__endswith=f"|step{step.pk}",
                created_at__gte=OuterRef("last_fired_at"),
            )
            for alert in rows.exclude(Exists(told)).order_by("pk")[:limit]:
                queued += self._tell(alert, step, targets, now)
        return queued

    def _tell(self, alert: Alert, step: EscalationStep, targets: list[Target], now: datetime) -> int:
        with transaction.atomic():
            if not Alert.objects.select_for_update().filter(pk=alert.pk, state=Alert.State.OPEN).exists():
                return 0  # somebody just took it on
            kind, suffix = Delivery.Kind.ESCALATION, f"step{step.pk}"
            told = [target for target in targets if queue_to(alert, target, kind, now=now, suffix=suffix)]
            if told:
                names = ", ".join(target.name for target in told)
                reason = f"Sau {step.after_minutes} phút chưa ai nhận: báo {names}."
                AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.ESCALATED, at=now, reason=reason)
        return len(told)


def on_duty(step: EscalationStep, now: datetime) -> list[Target]:
    """Where a rung tells today: its target, or the targets of whoever has its place on the roster."""
    if step.target is not None:
        return [step.target] if step.target.enabled else []
    if step.place is None:
        return []
    day = now.astimezone(VIETNAM).date()
    officers = DutyDay.objects.filter(day=day, place=step.place, officer__is_active=True)
    return list(Target.objects.filter(owner__in=officers.values("officer"), enabled=True))
