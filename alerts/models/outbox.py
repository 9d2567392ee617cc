"""The outbox: every message is a row before it is sent, and stays one afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alerts.models.alerts import Alert
from alerts.models.rules import Severity, Target


class Delivery(models.Model):
    """One message to one target. ``alert`` is null for digests and notices.

    waiting  to be sent from ``next_at`` on        sending  claimed by a process until ``lease_until``
    failed   not taken, tried again at ``next_at`` sent     taken; ``reference`` is the service's
    dead     given up, with ``error``; a person may resend it
    """

    class Kind(models.TextChoices):
        FIRST = "first", "Cảnh báo"
        REFIRE = "refire", "Diễn biến mới"
        UPDATE = "update", "Tin lan thêm"
        STATE = "state", "Tình trạng"
        ESCALATION = "escalation", "Chuyển lên"
        DIGEST = "digest", "Bản tổng hợp"
        NOTICE = "notice", "Bản tin"

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENDING = "sending", "Đang gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Sẽ thử lại"
        DEAD = "dead", "Không gửi được"

    alert = models.ForeignKey(
        Alert, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=250, unique=True)  # what it is about: the same is never queued twice
    payload = models.JSONField()
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.NORMAL)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True)  # of the process that is sending it
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=500, blank=True)
    error = models.TextField(blank=True)
    hold = models.CharField(max_length=200, blank=True)  # why it waits: quiet hours, maintenance

    class Meta:
        ordering = ("id",)
        default_permissions = ()
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["next_at"], name="delivery_due", condition=~Q(state__in=("sent", "dead"))),
            models.Index(fields=["alert", "target"], name="delivery_by_alert"),
            models.Index(fields=["-id"], name="delivery_dead", condition=Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"


class AlertThread(models.Model):
    """Where an alert's conversation is at a target: what later messages refer to."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="threads")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(max_length=500)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["alert", "target"], name="alert_thread_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} at {self.target_id}: {self.reference}"


class DigestItem(models.Model):
    """An alert that waits for, or was told in, a target's digest (``delivery``)."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="digest_items")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="+")
    firing = models.PositiveIntegerField()
    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, null=True, blank=True, related_name="items"
    )

    class Meta:
        ordering = ("id",)
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["alert", "target", "firing"], name="digest_item_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} for {self.target_id}"
