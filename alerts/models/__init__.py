"""The tables of rules, alerts and their delivery."""

from alerts.models.alerts import Alert, AlertEvent
from alerts.models.duty import DutyDay, EscalationStep, Maintenance, SlackAccount
from alerts.models.outbox import AlertThread, Delivery, DigestItem
from alerts.models.rules import Rule, Severity, Subscription, Target

__all__ = [
    "Alert",
    "AlertEvent",
    "AlertThread",
    "Delivery",
    "DigestItem",
    "DutyDay",
    "EscalationStep",
    "Maintenance",
    "Rule",
    "Severity",
    "SlackAccount",
    "Subscription",
    "Target",
]
