"""What people do with an alert, from the pages and from Slack alike: within their role, kept with reason."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.casework import open_for
from alerts.errors import ActionRefused
from alerts.models import Alert, AlertEvent, Delivery
from alerts.outbox import queue
from archive.models import Article, Finding
from cases.decisions import DecisionRefused, decide
from cases.models import Case, Decision
from cases.states import Kind as CaseKind

LONGEST_REASON = 2000
PERMISSION = "cases.decide"

_GONE = gettext_lazy("Không còn cảnh báo này.")
_FORBIDDEN = gettext_lazy("Tài khoản của bạn chỉ được xem. Hãy nhờ quản trị viên cấp vai trò cán bộ.")


def acknowledge(alert_id: int, *, by: User, now: datetime) -> Alert:
    """Take an alert on; taking on what one holds already changes nothing. Raises ``ActionRefused``."""
    permitted(by)
    with transaction.atomic():
        alert = _locked(alert_id)
        if alert.state == Alert.State.ACKNOWLEDGED and alert.holder_id == by.pk:
            return alert
        if alert.state == Alert.State.ACKNOWLEDGED:
            raise ActionRefused(_("%(holder)s đã nhận xử lý cảnh báo này.") % {"holder": alert.holder})
        if alert.state == Alert.State.CLOSED:
            raise ActionRefused(_("Cảnh báo này đã đóng."))
        alert.holder = by
        return _moved(alert, Alert.State.ACKNOWLEDGED, AlertEvent.Kind.ACKNOWLEDGED, by, now, "")


def close(alert_id: int, reason: str, *, by: User, now: datetime) -> Alert:
    """Close an alert with a reason. Raises ``ActionRefused``."""
    permitted(by)
    reason = _checked(reason)
    with transaction.atomic():
        alert = _locked(alert_id)
        if alert.state == Alert.State.CLOSED:
            raise ActionRefused(_("Cảnh báo này đã có người đóng."))
        return _moved(alert, Alert.State.CLOSED, AlertEvent.Kind.CLOSED, by, now, reason)


def open_case(alert_id: int, kind: str, reason: str, *, by: User, now: datetime) -> Case:
    """Open a case about the alert's article (a kind of ``casework.KINDS``); who opens it takes the alert on.

    Of one story and kind there is one open case: pressing twice leads to the same. Raises ``ActionRefused``.
    """
    permitted(by)
    reason = _checked(reason)
    with transaction.atomic():
        _lock_article(alert_id)
        alert = _locked(alert_id)
        case = open_for(alert, kind, reason, by=by, now=now)
        if alert.state == Alert.State.OPEN:
            alert.holder = by
            _moved(alert, Alert.State.ACKNOWLEDGED, AlertEvent.Kind.ACKNOWLEDGED, by, now, "")
        else:
            _kept(alert, now)
        return case


def conclude(
    alert_id: int, verdict: str, reason: str, *, by: User, now: datetime, with_case: bool = False
) -> Alert:
    """Give the same verdict on every open signal of the alert's article, and close the alert.

    ``with_case``: criticism that is right is to be dealt with, so a case is opened for it too. Raises
    ``ActionRefused``; then nothing of it happened.
    """
    permitted(by)
    reason = _checked(reason)
    label = str(Decision.Verdict(verdict).label)
    with transaction.atomic():
        article = _lock_article(alert_id)
        alert = _locked(alert_id)
        if alert.state == Alert.State.CLOSED:
            raise ActionRefused(_("Cảnh báo này đã có người đóng."))
        rows = Finding.objects.filter(article=article, kind="signal", status=Finding.Status.OPEN)
        for finding in rows.order_by("pk"):
            try:
                decide(finding.pk, verdict, reason, by=by, now=now, seen=None)
            except DecisionRefused as refused:
                raise ActionRefused(str(refused)) from refused
        if with_case and verdict == Decision.Verdict.VALID_CRITICISM:
            open_for(alert, CaseKind.CRITICISM, reason, by=by, now=now)
        return _moved(alert, Alert.State.CLOSED, AlertEvent.Kind.CLOSED, by, now, f"{label}: {reason}")


def permitted(by: User) -> None:
    """Raises ``ActionRefused`` for people whose role does not decide."""
    if not by.is_active or not by.has_perm(PERMISSION):
        raise ActionRefused(_FORBIDDEN)


def _checked(reason: str) -> str:
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise ActionRefused(_("Hãy ghi lý do: người sau cần biết vì sao."))
    if len(reason) > LONGEST_REASON:
        raise ActionRefused(
            _("Lý do dài %(count)s ký tự; rút còn nhiều nhất %(longest_reason)s.")
            % {"count": len(reason), "longest_reason": LONGEST_REASON}
        )
    return reason


def _lock_article(alert_id: int) -> int | None:
    """The article's row before the alert's, as the pipeline takes them: nobody waits crosswise."""
    article = Alert.objects.filter(pk=alert_id).values_list("article", flat=True).first()
    if article is not None:
        list(Article.objects.select_for_update().filter(pk=article).values_list("pk"))
    return article


def _locked(alert_id: int) -> Alert:
    alert = Alert.objects.select_for_update().filter(pk=alert_id).first()
    if alert is None:
        raise ActionRefused(_GONE)
    return alert


def _moved(
    alert: Alert, state: Alert.State, kind: AlertEvent.Kind, by: User, now: datetime, reason: str
) -> Alert:
    alert.state = state
    AlertEvent.objects.create(alert=alert, kind=kind, at=now, by=by, reason=reason)
    return _kept(alert, now)


def _kept(alert: Alert, now: datetime) -> Alert:
    """Save what a person changed, and have it told where the alert was told."""
    alert.version += 1
    alert.save(update_fields=["state", "version", "holder", "case", "case_version"])
    queue(alert, Delivery.Kind.STATE, now=now)
    return alert
