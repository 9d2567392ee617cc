"""Rules, where their alerts go, and who subscribed to what."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Severity(models.IntegerChoices):
    """How much an alert matters; a higher one may pass quiet hours."""

    LOW = 1, "Thấp"
    NORMAL = 2, "Thường"
    HIGH = 3, "Cao"
    URGENT = 4, "Khẩn"


class Target(models.Model):
    """Where alerts are sent: an address of a channel, of one person (``owner``) or of a team.

    Between ``quiet_from`` and ``quiet_until`` (Việt Nam's clock) deliveries wait, except those of
    severity ``passes_from`` or higher.
    """

    name = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=20)  # a name in alerts.channels
    address = models.CharField(max_length=500)  # Slack channel id, e-mail address, URL
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    team = models.CharField(max_length=100, blank=True)
    enabled = models.BooleanField(default=True)
    health = models.BooleanField(default=False)  # also told when a source goes silent, or collection lags
    deadlines = models.BooleanField(default=False)  # also told when cases fall due
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    passes_from = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.URGENT)

    class Meta:
        ordering = ("name",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Rule(models.Model):
    """A saved search and conditions on what was found in an article. ``conditions``: see
    ``alerts.conditions.Conditions``. Only articles first seen from ``active_since`` on make alerts.
    """

    name = models.CharField(max_length=200, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: the team's
    team = models.CharField(max_length=100, blank=True)
    query = models.TextField(blank=True)
    conditions = models.JSONField(default=dict)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.NORMAL)
    enabled = models.BooleanField(default=True)
    active_since = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: made by the program at start
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # grows with every change
    problem = models.TextField(blank=True)  # why it cannot be evaluated, if it cannot
    targets = models.ManyToManyField(Target, through="Subscription", related_name="rules")

    class Meta:
        ordering = ("name",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """A target that gets a rule's alerts: at once, or in the next digest."""

    class Mode(models.TextChoices):
        INSTANT = "instant", "Báo ngay"
        DIGEST = "digest", "Gộp vào bản tổng hợp"

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="subscriptions")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="subscriptions")
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.INSTANT)

    class Meta:
        ordering = ("target__name",)
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["rule", "target"], name="subscription_once")]

    def __str__(self) -> str:
        return f"{self.rule_id} → {self.target_id} ({self.mode})"
