"""How a province's briefing is made, as administrators set it. Rows are only ever added."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.appendonly import AppendOnly


class BriefingSetting(AppendOnly):
    """The newest row of a province holds. ``weekday``: 0 Monday .. 6 Sunday; times are Việt Nam's.

    ``scheduled``: a draft is built by itself at the cut-off. Texts left "" are taken from the profile.
    """

    province = models.CharField(max_length=80)  # id of the profile
    weekday = models.PositiveSmallIntegerField(default=3)
    at_time = models.TimeField(default=time(17))
    scheduled = models.BooleanField(default=True)
    superior = models.CharField(max_length=200, blank=True)  # "UBND TỈNH ..."
    office = models.CharField(max_length=200, blank=True)  # who issues the document
    number = models.CharField(max_length=100, blank=True)  # "Số:      /BC-SVHTTDL"
    place = models.CharField(max_length=100, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    recipients = models.JSONField(default=list)  # [str], the lines under "Nơi nhận"
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(weekday__lte=6), name="briefing_weekday")]

    def __str__(self) -> str:
        return f"{self.province}: {self.weekday} {self.at_time:%H:%M}"
