"""What goes into the audit log by itself: sign-ins, and every row of the histories that people write.

The histories' rows are kept for ever in their own tables; an entry is written in the transaction that
adds the row, so that there is one place to ask who did what. What the program does itself is no entry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import signals as auth
from django.contrib.auth.models import User
from django.db import models
from django.db.models.signals import post_save
from django.http import HttpRequest
from django.urls import reverse

from alerts.models import AlertEvent
from archive.audit import record
from archive.models import AuditEntry, RegisterChange, StoryChange, TopicCorrection
from briefings.models import Approval, BriefingSetting, BriefingVersion, Sending
from cases.models import CaseEvent, Decision, SentDocument, SignalSetting

Act = AuditEntry.Action
Described = tuple[Act, str, str, dict[str, str]]
"""Action, subject, page, details."""


def _decision(row: Decision) -> Described:
    page = reverse("web:article", args=(row.article_id,))
    details = {"signal": row.signal, "verdict": row.verdict, "reason": row.reason}
    return Act.DECIDED, row.article.title, page, details


def _topics(row: TopicCorrection) -> Described:
    page = reverse("web:article", args=(row.article_id,))
    details = {"added": ", ".join(row.added), "removed": ", ".join(row.removed), "reason": row.reason}
    return Act.TOPICS, row.article.title, page, details


def _story(row: StoryChange) -> Described:
    page = reverse("web:story", args=(row.story_id,))
    details = {"act": row.action, "other": str(row.other_id), "reason": row.reason}
    return Act.STORY, row.story.title, page, details


def _register(row: RegisterChange) -> Described:
    page = reverse("web:register-entry", args=(row.entry_id,))
    details = {"act": row.action, "value": row.entry.value, "reason": row.reason}
    return Act.REGISTER, str(row.entry.indicator), page, details


def _alert(row: AlertEvent) -> Described:
    page = reverse("web:alert", args=(row.alert_id,))
    subject = str(row.alert.cause.get("headline") or row.alert.key)
    return Act.ALERT, subject, page, {"act": row.kind, "reason": row.reason}


def _case(row: CaseEvent) -> Described:
    page = reverse("web:case", args=(row.case_id,))
    details = {"act": row.kind, "from": row.from_state, "to": row.to_state, "reason": row.reason}
    return Act.CASE, row.case.title, page, details


def _sent(row: SentDocument) -> Described:
    page = reverse("web:case", args=(row.case_id,))
    return Act.CASE, row.case.title, page, {"act": "sent", "number": row.number}


def _signal(row: SignalSetting) -> Described:
    details = {"enabled": str(row.enabled), "threshold": str(row.threshold), "reason": row.reason}
    return Act.SETTING, row.signal, reverse("web:signals"), details


def _version(row: BriefingVersion) -> Described:
    return (
        Act.BRIEFING,
        str(row.briefing),
        reverse("web:briefing", args=(row.briefing_id,)),
        {"act": row.act, "version": str(row.number), "what": row.what},
    )


def _approval(row: Approval) -> Described:
    page = reverse("web:briefing", args=(row.version.briefing_id,))
    return (
        Act.BRIEFING,
        str(row.version.briefing),
        page,
        {"act": "approved", "version": str(row.version.number)},
    )


def _sending(row: Sending) -> Described:
    details = {"act": "sent", "version": str(row.version.number), "target": row.target_name}
    page = reverse("web:briefing", args=(row.version.briefing_id,))
    return Act.BRIEFING, str(row.version.briefing), page, details


def _briefing_setting(row: BriefingSetting) -> Described:
    return Act.SETTING, str(row), reverse("web:briefing-settings"), {"act": "briefing"}


HISTORIES: dict[type[models.Model], Callable[[Any], Described]] = {
    Decision: _decision,
    TopicCorrection: _topics,
    StoryChange: _story,
    RegisterChange: _register,
    AlertEvent: _alert,
    CaseEvent: _case,
    SentDocument: _sent,
    SignalSetting: _signal,
    BriefingVersion: _version,
    Approval: _approval,
    Sending: _sending,
    BriefingSetting: _briefing_setting,
}
"""Tables of acts with ``by`` and a time, and what an entry says of a row."""


def connect() -> None:
    """Once, at start."""
    for table in HISTORIES:
        post_save.connect(_history, sender=table, dispatch_uid=f"web.audit.{table.__name__}")
    auth.user_logged_in.connect(_signed_in, dispatch_uid="web.audit.in")
    auth.user_logged_out.connect(_signed_out, dispatch_uid="web.audit.out")
    auth.user_login_failed.connect(_failed, dispatch_uid="web.audit.failed")


def _history(sender: type[models.Model], instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    if not created or raw or instance.by is None:
        return
    action, subject, page, details = HISTORIES[sender](instance)
    record(action, by=instance.by, subject=subject, page=page, details=details)


def _signed_in(sender: Any, request: HttpRequest | None, user: User, **_: Any) -> None:
    record(Act.SIGNED_IN, by=user, origin=_origin(request))


def _signed_out(sender: Any, request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if user is not None:
        record(Act.SIGNED_OUT, by=user, origin=_origin(request))


def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    # Only the name of a real account is kept: people type their password into the wrong box.
    name = str(credentials.get("username", ""))
    known = User.objects.filter(username=name).exists()
    record(Act.SIGN_IN_FAILED, by=None, subject=name if known else "", origin=_origin(request))


def _origin(request: HttpRequest | None) -> str:
    return request.META.get("REMOTE_ADDR", "") if request is not None else ""
