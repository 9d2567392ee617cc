"""What happened to a case and what it rests on. Rows are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.models import Article, Revision
from archive.models.appendonly import AppendOnly
from cases.models.cases import Case
from cases.states import State


class CaseEvent(AppendOnly):
    """One act on a case: who, when, what, why. ``by`` null: the program itself (watching).

    ``details`` is JSON that depends on the kind: the old and new agency, the pause's reason, a version's
    number, a file's name.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", "Mở hồ sơ"
        MOVED = "moved", "Chuyển bước"
        ASSIGNED = "assigned", "Giao việc"
        DUE = "due", "Đặt hạn"
        PAUSED = "paused", "Tạm dừng"
        RESUMED = "resumed", "Tiếp tục"
        EVIDENCE = "evidence", "Thêm bài"
        DRAFTED = "drafted", "Lưu dự thảo"
        APPROVED = "approved", "Duyệt văn bản"
        ATTACHED = "attached", "Đính kèm tệp"
        NOTED = "noted", "Ghi chú"
        WATCHED = "watched", "Theo dõi cải chính"
        JUDGED = "judged", "Kết luận về cải chính"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_state = models.CharField(max_length=20, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=20, choices=State.choices, blank=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ("at", "id")
        default_permissions = ()
        indexes = [models.Index(fields=["case", "at"], name="case_event_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.at:%Y-%m-%d %H:%M}"


JOIN = " […] "  # between passages


class CaseEvidence(AppendOnly):
    """An article of a case, and both sides of what is to be compared, as they stood when it was added.

    Findings are replaced when an article is classified again, so their words are kept here; ``finding`` is
    only the number it had, 0 for an article without one, whose sides are empty.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    finding = models.BigIntegerField(default=0)
    signal = models.CharField(max_length=10, blank=True)
    span = models.TextField(blank=True)  # the very words that differ; several joined by JOIN
    quote = models.TextField(blank=True)  # the sentences around them
    other = models.TextField(blank=True)  # the official side's words
    source = models.CharField(max_length=500, blank=True)
    as_of = models.CharField(max_length=60, blank=True)
    document = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "article", "finding"], name="case_evidence_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.article_id} {self.signal}"
