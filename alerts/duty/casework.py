"""Keeps alerts and cases together: deadlines near or past are told, and cards show where a case stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F

from alerts.duty.spells import OVER, begin, end
from alerts.models import Alert, Delivery, Severity
from alerts.outbox import queue
from archive.vietnam import VIETNAM
from cases.deadlines.due import Reminder, due_soon
from cases.models import Case
from cases.states import State

EVERY = timedelta(minutes=1)
STAGES = {"soon": "Sắp đến hạn", "overdue": "Quá hạn"}


class DeadlineDuty:
    """Looks every minute. One alert for each deadline and stage, closed when the deadline is met or moved."""

    name = "deadlines"

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._clock = clock
        self._next: datetime | None = None

    def run(self, limit: int) -> int:
        """Tell of what falls due and close what no longer does; returns how many."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return 0
        self._next = now + EVERY
        due = {reminder.key: reminder for reminder in due_soon(now)}
        told = sum(_tell(reminder, now) for reminder in due.values())
        gone = Alert.objects.filter(rule=None, key__startswith="case:").exclude(seen=OVER)
        numbers = list(gone.exclude(key__in=due).values_list("pk", flat=True))
        words = "Hạn này đã xong, đã đổi hoặc chuyển bậc"
        return told + sum(end(alert_id, words, now=now, loud=False) for alert_id in numbers)


def _tell(reminder: Reminder, now: datetime) -> bool:
    if reminder.last_day is not None:
        due = f"hết ngày {reminder.last_day:%d/%m/%Y}"
    else:
        due = f"{reminder.due_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    late = f", quá {reminder.overdue_days} ngày" if reminder.overdue_days else ""
    card = {
        "headline": f"{STAGES[reminder.stage]}: {reminder.title}",
        "lead": f"{reminder.deadline}: {due}{late}. {reminder.why.rstrip('.')}."
        + (f" Cơ quan: {reminder.agency_name}." if reminder.agency_name else ""),
        "why": "Bạn nhận tin này vì đích nhận của bạn theo dõi hạn hồ sơ, hoặc bạn là người được giao.",
    }
    severity = Severity.HIGH if reminder.stage == "overdue" else Severity.NORMAL
    return begin(reminder.key, card, severity, now=now, case_id=reminder.case_id)


class CaseNews:
    """Brings the cards of alerts up to date: their case moved, or somebody opened one for their story."""

    name = "case-news"

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._clock = clock

    def run(self, limit: int) -> int:
        """Queue what changed; returns how many."""
        self._link(limit)
        moved = Alert.objects.filter(case__isnull=False, rule__isnull=False)
        moved = moved.exclude(case_version=F("case__version")).order_by("pk")
        return sum(self._tell(alert_id) for alert_id in list(moved.values_list("pk", flat=True)[:limit]))

    def _link(self, limit: int) -> None:
        """Alerts that wait, and the open case of their story."""
        waiting = Alert.objects.filter(case=None, rule__isnull=False).exclude(state=Alert.State.CLOSED)
        cases = Case.objects.filter(story__alerts__in=waiting).exclude(state=State.CLOSED)
        for case in cases.order_by("pk").distinct()[:limit]:
            waiting.filter(story=case.story_id).update(case=case, case_version=0)

    def _tell(self, alert_id: int) -> bool:
        with transaction.atomic():
            alert = Alert.objects.select_for_update().get(pk=alert_id)
            case = alert.case
            if case is None or case.version == alert.case_version:
                return False
            alert.case_version = case.version
            alert.version += 1
            alert.save(update_fields=["case_version", "version"])
            queue(alert, Delivery.Kind.STATE, now=self._clock())
        return True
