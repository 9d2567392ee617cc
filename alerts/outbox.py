"""Puts messages into the outbox, in the transaction of their cause."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from alerts.channels import RECIPES
from alerts.models import Alert, Delivery, DigestItem, Subscription, Target

UPDATE_WAIT = timedelta(seconds=20)
"""News of growth waits this long, so that ten reprints in a minute are one message."""

COALESCED = frozenset({Delivery.Kind.UPDATE, Delivery.Kind.STATE})


def queue(alert: Alert, kind: Delivery.Kind, *, now: datetime) -> None:
    """One message to every target that subscribed to the alert's rule, or its place in the next digest.

    Repeating it for the same firing adds nothing.
    """
    for target, mode in _targets(alert):
        if mode == Subscription.Mode.INSTANT:
            queue_to(alert, target, kind, now=now)
        elif kind in (Delivery.Kind.FIRST, Delivery.Kind.REFIRE):
            DigestItem.objects.get_or_create(alert=alert, target=target, firing=alert.firings)


def queue_to(alert: Alert, target: Target, kind: Delivery.Kind, *, now: datetime, suffix: str = "") -> bool:
    """One message to one target; False when its channel takes no such messages or it was queued before."""
    recipe = RECIPES.get(target.channel)
    if recipe is None or kind not in recipe.kinds:
        return False
    payload = payload_of(alert)
    if kind in COALESCED and _replaced(alert, target, kind, payload):
        return True
    wait = UPDATE_WAIT if kind == Delivery.Kind.UPDATE else timedelta()
    marks = {Delivery.Kind.UPDATE: alert.size, Delivery.Kind.STATE: alert.version}
    key = f"alert:{alert.pk}|to:{target.pk}|{kind}|{alert.firings}|{suffix or marks.get(kind, 0)}"
    _, made = Delivery.objects.get_or_create(
        key=key,
        defaults={
            "alert": alert,
            "target": target,
            "channel": target.channel,
            "kind": kind,
            "payload": payload,
            "severity": alert.severity,
            "created_at": now,
            "next_at": now + wait,
        },
    )
    return made


def payload_of(alert: Alert) -> dict[str, Any]:
    """What a channel is given of an alert."""
    return {
        "alert": alert.pk,
        "card": alert.cause,
        "state": alert.state,
        "severity": alert.severity,
        "holder": alert.holder.get_username() if alert.holder else "",
        "firing": alert.firings,
        "case": _case_of(alert),
        "told": _last_told(alert),
    }


def _case_of(alert: Alert) -> dict[str, Any] | None:
    """{number, state}: the case that was opened about the alert, and where it stands."""
    case = alert.case
    return {"number": case.pk, "state": str(case.get_state_display())} if case is not None else None


def _last_told(alert: Alert) -> str:
    """The last thing that a person did, with the reason: "Đóng, can-bo: Phê bình hợp lệ: ..."."""
    event = alert.events.filter(by__isnull=False).select_related("by").order_by("-pk").first()
    if event is None or event.by is None:
        return ""
    words = f"{event.get_kind_display()}, {event.by.get_username()}"
    return f"{words}: {event.reason}" if event.reason else words


def _targets(alert: Alert) -> list[tuple[Target, str]]:
    if alert.rule_id is None:
        asked = Q(health=True)
        if alert.case is not None:
            officer = alert.case.officer_id
            asked = Q(deadlines=True) | Q(owner=officer, owner__isnull=False)
        return [(target, "instant") for target in Target.objects.filter(asked, enabled=True)]
    rows = Subscription.objects.filter(rule=alert.rule_id, target__enabled=True).select_related("target")
    told = [(row.target, str(row.mode)) for row in rows]
    if alert.rule is not None and alert.rule.team:
        # A team's rule is the team's to hear; who subscribed to it says how.
        team = Target.objects.filter(team=alert.rule.team, owner=None, enabled=True)
        team = team.exclude(pk__in=[target.pk for target, _ in told])
        told += [(target, Subscription.Mode.INSTANT.value) for target in team]
    return told


def _replaced(alert: Alert, target: Target, kind: Delivery.Kind, payload: dict[str, Any]) -> bool:
    """Whether one that still waits now says the newer thing."""
    waiting = Delivery.objects.filter(
        alert=alert, target=target, kind=kind, state__in=(Delivery.State.WAITING, Delivery.State.FAILED)
    )
    return waiting.update(payload=payload) > 0
