"""From an alert to a case: opened by the officer who presses, told on the alert's card."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from alerts.errors import ActionRefused
from alerts.models import Alert, AlertEvent
from archive.models import Finding
from cases.changes import CaseRefused
from cases.models import Case
from cases.moving import assign
from cases.opening import open_case
from cases.states import Kind

KINDS = {kind: str(kind.label) for kind in (Kind.REPLY, Kind.CORRECTION, Kind.CRITICISM)}
"""What a case from an alert can be: Vietnamese by kind."""


def open_for(alert: Alert, kind: str, reason: str, *, by: User, now: datetime) -> Case:
    """Open the case, or join the open one of that story and kind, and give it to ``by`` if nobody has it.

    ``alert`` is locked by the caller, who saves it. Raises ``ActionRefused``.
    """
    if alert.article_id is None:
        raise ActionRefused(_("Cảnh báo này không nói về bài báo nào nên không có hồ sơ để mở."))
    signals = Finding.objects.filter(article=alert.article_id, kind="signal")
    signals = signals.exclude(status=Finding.Status.FALSE_ALARM)
    try:
        with transaction.atomic():
            opened = open_case(
                kind,
                by=by,
                now=now,
                reason=reason,
                article_id=alert.article_id,
                finding_ids=list(signals.values_list("pk", flat=True)),
            )
            case = opened.case
            if case.officer_id is None:
                case = assign(
                    case.pk,
                    version=case.version,
                    agency=case.agency,
                    officer=by,
                    by=by,
                    now=now,
                    reason=reason,
                )
    except CaseRefused as refused:
        raise ActionRefused(str(refused)) from refused
    alert.case, alert.case_version = case, case.version
    words = f"Hồ sơ {case.pk}, {case.get_kind_display()}: {reason}"
    AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.CASE, at=now, by=by, reason=words)
    return case
