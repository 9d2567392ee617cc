"""Articles watched for a correction: the one that was asked about, and every reprint of its story."""

from __future__ import annotations

from django.db import models

from archive.models import Article, Revision
from cases.models.cases import Case


class CaseWatch(models.Model):
    """One watched article. The program only says what it saw; a person says whether it is a correction.

    baseline     newest revision when the request was sent; later ones are looked at
    seen_version the article's ``version`` looked at last
    notice       an article of the same outlet that looks like the correction
    found        what was seen, JSON: {"method": "revision"|"notice"|"gone", "words": [str], ...}
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Chưa thấy cải chính"
        CHANGED = "changed", "Bài đã sửa, chỗ đề nghị vẫn còn"
        LOOKS_CORRECTED = "looks-corrected", "Có vẻ đã cải chính, cần người xem"
        GONE = "gone", "Bài không còn trên trang"
        CORRECTED = "corrected", "Đã cải chính"
        NOT_CORRECTED = "not-corrected", "Chưa cải chính"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="watches")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    baseline = models.PositiveIntegerField()  # revision number
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.WAITING)
    judged = models.BooleanField(default=False)  # a person said so: only newer facts change it
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    notice = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    found = models.JSONField(default=dict)
    found_at = models.DateTimeField(null=True, blank=True)
    seen_version = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "article"], name="case_watch_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.article_id} {self.status}"
