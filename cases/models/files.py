"""Files that people attached to cases."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.models.appendonly import AppendOnly
from cases.models.cases import Case


class Attachment(AppendOnly):
    """One file; its bytes lie in the data folder under their SHA-256 (``cases.files``)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)  # as the person's computer called it, cleaned
    content_type = models.CharField(max_length=100)  # as its bytes say
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "sha256"], name="case_file_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"
