"""What an officer decided about a finding, and why. Rows are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models import Article, Finding, Revision
from archive.models.appendonly import AppendOnly


class Decision(AppendOnly):
    """One verdict on one finding. The newest holds; an earlier one that it overturns stays readable.

    Signal, score and detector are kept as they were: the thresholds are judged by these rows.
    """

    class Verdict(models.TextChoices):
        FALSE_ALARM = "false-alarm", "Báo động nhầm"
        VALID_CRITICISM = "valid-criticism", "Phê bình hợp lệ"
        REGISTER_CORRECTED = "register-corrected", "Đính chính sổ số liệu"
        NEEDS_REPLY = "needs-reply", "Cần phản hồi"

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="decisions")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="decisions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="decisions")
    signal = models.CharField(max_length=200)
    score = models.FloatField()
    detector = models.CharField(max_length=60)
    detector_version = models.CharField(max_length=60)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    overturns = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="overturned_by"
    )

    class Meta:
        ordering = ("at", "id")
        default_permissions = ()
        permissions = [
            ("decide", "Kết luận về dấu hiệu cần đối chiếu"),
            ("correct_topics", "Sửa chủ đề của bài"),
            ("edit_register", "Lập và sửa mục trong sổ số liệu"),
            ("approve_register", "Duyệt mục trong sổ số liệu"),
            ("manage_signals", "Bật, tắt dấu hiệu và đặt ngưỡng"),
        ]
        constraints = [
            # Together with the one-to-one above: of two decisions made at once, one is refused.
            models.UniqueConstraint(
                fields=["finding"], condition=Q(overturns__isnull=True), name="decision_first_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.verdict} {self.at:%Y-%m-%d %H:%M}"
