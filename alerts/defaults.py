"""The rule that an office starts with, so that the first start already tells something."""

from __future__ import annotations

from datetime import datetime

from alerts.conditions import Conditions
from alerts.models import Rule, Severity

NAME = "Dấu hiệu cần đối chiếu trong bài về tỉnh"


def ensure_first_rule(province: str, *, now: datetime) -> Rule | None:
    """Any signal that may stand alone, in articles about the province (its code); None if rules exist.

    It has no recipients: its alerts are in the inbox until somebody adds one.
    """
    if Rule.objects.exists():
        return None
    conditions = Conditions(signals=("*",), about=(province,))
    rule, made = Rule.objects.get_or_create(
        name=NAME,
        defaults={
            "conditions": conditions.as_json(),
            "severity": Severity.NORMAL,
            "active_since": now,
            "created_at": now,
            "changed_at": now,
        },
    )
    return rule if made else None
