"""What waits for somebody: counts with the page where each is dealt with, and the nearest deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alerts.models import Alert, Delivery
from archive.models import Article, Finding, RegisterEntry, StepFailure
from cases.deadlines.due import Reminder, nearest

AHEAD = timedelta(days=7)
LISTED = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of work that waits. ``alarm``: something is broken rather than merely to be done."""

    name: str | Promise
    count: int
    address: str
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Attention:
    """Work that waits (only kinds with any), and the deadlines of the coming week and those missed."""

    waiting: tuple[Waiting, ...]
    deadlines: tuple[Reminder, ...]
    more: int  # deadlines beyond those listed


def read_attention(now: datetime) -> Attention:
    """In a fixed number of queries."""
    open_findings = Finding.objects.filter(kind="signal", status=Finding.Status.OPEN).order_by()
    drafts = RegisterEntry.objects.filter(status=RegisterEntry.Status.DRAFT).order_by()
    found = (
        Waiting(_("dấu hiệu chờ đối chiếu"), open_findings.count(), reverse("web:decisions")),
        Waiting(
            _("cảnh báo chưa ai nhận"),
            Alert.objects.filter(state=Alert.State.OPEN).order_by().count(),
            reverse("web:alerts"),
        ),
        Waiting(_("mục sổ số liệu chờ duyệt"), drafts.count(), reverse("web:register") + "?status=draft"),
        Waiting(
            _("thư không gửi được"),
            Delivery.objects.filter(state=Delivery.State.DEAD).order_by().count(),
            reverse("web:deliveries"),
            alarm=True,
        ),
        Waiting(
            _("bài máy không xử lý được"), StepFailure.objects.count(), reverse("web:sources"), alarm=True
        ),
        Waiting(
            _("bài không vào được chỉ mục"),
            Article.objects.exclude(index_error="").order_by().count(),
            reverse("web:sources") + "#khong-vao-chi-muc",
            alarm=True,
        ),
    )
    due, more = nearest(now, AHEAD, LISTED)
    return Attention(tuple(row for row in found if row.count), tuple(due), more)
