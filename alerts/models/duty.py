"""Who is told when nobody answers, when nothing is sent, and who is who on Slack."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alerts.models.rules import Severity, Target


class EscalationStep(models.Model):
    """One rung of a team's ladder: after so many minutes without anybody taking the alert on.

    It tells ``target``, or whoever has ``place`` on the roster of that day, at all of that person's targets.
    """

    team = models.CharField(max_length=100, blank=True)  # "": rules without a team
    after_minutes = models.PositiveIntegerField()
    target = models.ForeignKey(Target, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    severity_from = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.HIGH)

    class Meta:
        ordering = ("team", "after_minutes", "id")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["team", "after_minutes", "target"], name="escalation_once"),
            models.UniqueConstraint(fields=["team", "after_minutes", "place"], name="escalation_place_once"),
            models.CheckConstraint(
                condition=Q(target__isnull=False, place__isnull=True)
                | Q(target__isnull=True, place__isnull=False),
                name="escalation_target_or_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.after_minutes} min → {self.target_id or f'place {self.place}'}"


class DutyDay(models.Model):
    """Who is on duty on a day of Việt Nam. Place 1 is told first, place 2 stands in."""

    day = models.DateField()
    place = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("day", "place")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "place"], name="duty_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.place}: {self.officer_id}"


class Maintenance(models.Model):
    """A time in which nothing is sent; what would have been is sent after it."""

    starts = models.DateTimeField()
    ends = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-starts",)
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="maintenance_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m-%d %H:%M} – {self.ends:%Y-%m-%d %H:%M}"


class SlackAccount(models.Model):
    """Whose hand presses a button on Slack: only people named here may act, within their role."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="slack_account"
    )
    slack_id = models.CharField(max_length=40, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.slack_id} = {self.user_id}"
