"""How far the first-run wizard has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SetupStep(models.Model):
    """One step that was done or skipped. ``key``: a step of ``web.setup.STEPS``."""

    key = models.CharField(max_length=20, primary_key=True)
    skipped = models.BooleanField(default=False)
    result = models.JSONField(default=dict)  # what the step found, shown when one comes back
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
