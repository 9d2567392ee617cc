"""Which signals are on and from what score, as administrators set it. Rows are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.appendonly import AppendOnly


class SignalSetting(AppendOnly):
    """One setting of one signal; the newest holds. Without any, the signal is on at its own threshold."""

    signal = models.CharField(max_length=10)  # S1 ... S10
    enabled = models.BooleanField(default=True)
    threshold = models.FloatField(default=0.0)  # findings that score lower are dropped; 0 keeps all
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: from the command line
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        ordering = ("at", "id")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold__gte=0.0, threshold__lte=1.0), name="signal_threshold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal} {'on' if self.enabled else 'off'} from {self.threshold}"
