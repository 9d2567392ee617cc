"""Building as a row: asked for, done by a worker, told while it goes on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from briefings.models.briefings import Briefing, BriefingVersion


class Build(models.Model):
    """One build of a week. At most one of a briefing is waiting or running.

    A running one is its worker's until ``lease_until``; after that it is taken up anew.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ lập"
        RUNNING = "running", "Đang lập"
        DONE = "done", "Đã lập xong"
        FAILED = "failed", "Không lập được"

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="builds")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=100, blank=True)  # what it is doing, Vietnamese
    done = models.PositiveSmallIntegerField(default=0)  # per cent
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: the schedule or the command line
    created_at = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    version = models.ForeignKey(
        BriefingVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-id",)
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["briefing"], condition=Q(state__in=("waiting", "running")), name="build_one_at_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id} {self.state}"
