"""What classifiers said of a revision, with the words that made them say so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from archive.models.articles import Article, Revision


class Finding(models.Model):
    """One finding (see ``classifiers.records.Finding``). Signals read "cần đối chiếu": people decide.

    A re-classification replaces the findings of the same detector, except those that a person has
    decided on (``status`` other than open).
    """

    class Status(models.TextChoices):
        OPEN = "open", "Cần đối chiếu"
        FALSE_ALARM = "false-alarm", "Báo động nhầm"
        VALID_CRITICISM = "valid-criticism", "Phê bình hợp lệ"
        REGISTER_CORRECTED = "register-corrected", "Đính chính sổ số liệu"
        NEEDS_REPLY = "needs-reply", "Cần phản hồi"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="findings")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=12)  # place, province, topic, signal
    label = models.CharField(max_length=200)
    code = models.CharField(max_length=12, blank=True)
    score = models.FloatField()
    spans = models.JSONField(default=list)  # [{"field", "start", "end", "text"}]
    evidence = models.JSONField(default=dict)
    detector = models.CharField(max_length=60)
    version = models.CharField(max_length=60)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("kind", "-score", "id")
        indexes = [
            models.Index(fields=["article", "kind"], name="finding_by_article"),
            models.Index(fields=["kind", "label", "-created_at"], name="finding_by_label"),
            # Signals, newest first: of one status, and of several. ``kind`` leads, though it is always the
            # same: without it SQLite takes the index above and sorts whole rows.
            models.Index(
                fields=["kind", "status", "-created_at", "-id"],
                name="finding_by_status",
                condition=Q(kind="signal"),
            ),
            models.Index(
                fields=["kind", "-created_at", "-id", "status"],
                name="finding_newest_signals",
                condition=Q(kind="signal"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label} ({self.score:.2f})"
