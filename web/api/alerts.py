"""Alerts: reading them, taking one on, closing one."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from alerts import actions
from alerts.models import Alert
from web.api.access import token_of
from web.api.fields import LARGEST_ID, Body, Params, Reason, Time, Told, Version
from web.api.once import once
from web.api.operation import reads, writes
from web.api.paging import Page, PageParams, page_of
from web.api.problems import not_found, stale
from web.api.scopes import Scope

router = Router(tags=["alerts"])


class AlertFilter(Params):
    """Which alerts."""

    state: Literal["open", "acknowledged", "closed"] | None = None
    min_severity: int = Field(1, ge=1, le=4, description="1 low, 2 normal, 3 high, 4 urgent.")
    rule: int | None = Field(None, ge=1, le=LARGEST_ID)


class AlertParams(AlertFilter, PageParams):
    """A page of them."""


class AlertBrief(Told):
    """An alert without its card."""

    id: int
    key: str
    state: str
    severity: int
    headline: str
    rule: int | None
    article: int | None
    story: int | None
    case: int | None
    holder: str | None
    size: int
    firings: int
    fired_at: Time
    last_fired_at: Time
    version: int


class AlertEventTold(Told):
    """One thing that happened to it; ``by`` null: the program itself."""

    kind: str
    at: Time
    by: str | None
    reason: str


class AlertTold(AlertBrief):
    """An alert with its card (what caused it, fixed when it fired) and its history."""

    cause: dict[str, Any]
    events: list[AlertEventTold]


class TakeBody(Body):
    """``version``: the one that the caller read."""

    version: Version


class CloseBody(Body):
    """``version``: the one that the caller read."""

    version: Version
    reason: Reason


@router.get("/alerts", response=Page[AlertBrief], summary="List alerts", **reads(Scope.ALERTS_READ))
def list_alerts(request: HttpRequest, params: Query[AlertParams]) -> Page[AlertBrief]:
    """Newest first."""
    found, cursor = page_of(chosen_alerts(params), params)
    return Page[AlertBrief](items=[AlertBrief(**_fields(row)) for row in found], next_cursor=cursor)


def chosen_alerts(params: AlertFilter) -> QuerySet[Alert]:
    """The alerts that the filter leaves, their holders at hand."""
    rows = Alert.objects.select_related("holder").filter(severity__gte=params.min_severity)
    if params.state:
        rows = rows.filter(state=params.state)
    if params.rule is not None:
        rows = rows.filter(rule=params.rule)
    return rows


@router.get("/alerts/{row:pk}", response=AlertTold, summary="Read an alert", **reads(Scope.ALERTS_READ))
def read_alert(request: HttpRequest, pk: int) -> AlertTold:
    """With its card and its history."""
    return _told(pk)


@router.post(
    "/alerts/{row:pk}/take", response=AlertTold, summary="Take an alert on", **writes(Scope.ALERTS_WRITE)
)
@once
def take_alert(request: HttpRequest, pk: int, body: TakeBody) -> AlertTold:
    """The token's owner becomes its holder; taking on what one holds already changes nothing."""
    _lock(pk, body.version)
    actions.acknowledge(pk, by=token_of(request).owner, now=timezone.now())
    return _told(pk)


@router.post(
    "/alerts/{row:pk}/close", response=AlertTold, summary="Close an alert", **writes(Scope.ALERTS_WRITE)
)
@once
def close_alert(request: HttpRequest, pk: int, body: CloseBody) -> AlertTold:
    """With a reason; nothing is said of its findings (see /findings/{pk}/decision)."""
    _lock(pk, body.version)
    actions.close(pk, body.reason, by=token_of(request).owner, now=timezone.now())
    return _told(pk)


def _told(pk: int) -> AlertTold:
    row = with_events(Alert.objects.select_related("holder")).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return alert_told(row)


def with_events(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    """With what ``alert_told`` reads."""
    return alerts.prefetch_related("events", "events__by")


def alert_told(row: Alert) -> AlertTold:
    """An alert with its history at hand."""
    events = [
        AlertEventTold(
            kind=one.kind, at=one.at, by=one.by.get_username() if one.by else None, reason=one.reason
        )
        for one in row.events.all()
    ]
    return AlertTold(**_fields(row), cause=row.cause, events=events)


def _lock(pk: int, version: int) -> None:
    row = Alert.objects.select_for_update().filter(pk=pk).only("pk", "version").first()
    if row is None:
        raise not_found()
    if row.version != version:
        raise stale()


def _fields(row: Alert) -> dict[str, Any]:
    return {
        "id": row.pk,
        "key": row.key,
        "state": row.state,
        "severity": row.severity,
        "headline": str(row.cause.get("headline", "")),
        "rule": row.rule_id,
        "article": row.article_id,
        "story": row.story_id,
        "case": row.case_id,
        "holder": row.holder.get_username() if row.holder else None,
        "size": row.size,
        "firings": row.firings,
        "fired_at": row.fired_at,
        "last_fired_at": row.last_fired_at,
        "version": row.version,
    }
