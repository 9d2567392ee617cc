"""Alerts: one per story (or article without one) and rule, and what people did about each."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from alerts.models.rules import Rule, Severity
from archive.models import Article, Source, Story
from archive.models.appendonly import AppendOnly
from cases.models import Case


class Alert(models.Model):
    """Something that people are told once. ``key`` is unique: "rule:3/story:7", "source:5/silent/...".

    cause    the card: what is shown of it everywhere (``alerts.card``)
    seen     what was known of the story when it last fired (``alerts.fingerprint``)
    digest   SHA-256 of ``seen``: it fires again only when that is another
    size     articles of the story, last told
    case     what people opened about it; ``case_version``: of the case as last told
    """

    class State(models.TextChoices):
        OPEN = "open", "Chưa nhận"
        ACKNOWLEDGED = "acknowledged", "Đã nhận xử lý"
        CLOSED = "closed", "Đã đóng"

    key = models.CharField(max_length=200, unique=True)
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts")
    story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, blank=True, related_name="alerts")
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="alerts"
    )
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, blank=True, related_name="alerts")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="alerts")
    case_version = models.PositiveIntegerField(default=0)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    cause = models.JSONField(default=dict)
    seen = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=1)
    firings = models.PositiveIntegerField(default=1)
    fired_at = models.DateTimeField()
    last_fired_at = models.DateTimeField(db_index=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # who took it on
    version = models.PositiveIntegerField(default=1)  # grows with every change of state

    class Meta:
        ordering = ("-last_fired_at", "-id")
        default_permissions = ()
        indexes = [
            models.Index(fields=["state", "-last_fired_at"], name="alert_by_state"),
            models.Index(fields=["rule", "-fired_at"], name="alert_by_rule"),
        ]

    def __str__(self) -> str:
        return self.key


class AlertEvent(AppendOnly):
    """One thing that happened to an alert. ``by`` null: the program itself."""

    class Kind(models.TextChoices):
        FIRED = "fired", "Phát cảnh báo"
        REFIRED = "refired", "Phát lại"
        ACKNOWLEDGED = "acknowledged", "Nhận xử lý"
        CLOSED = "closed", "Đóng"
        REOPENED = "reopened", "Mở lại"
        ESCALATED = "escalated", "Chuyển lên"
        CASE = "case", "Mở hồ sơ"
        RECOVERED = "recovered", "Đã trở lại bình thường"

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "id")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.alert_id} {self.kind} {self.at:%Y-%m-%d %H:%M}"
