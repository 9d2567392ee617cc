"""What is written to outlets: every version, who approved it, what was sent. Rows are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from archive.models.appendonly import AppendOnly
from cases.models.cases import Case
from cases.states import Form


class CaseDraft(AppendOnly):
    """One version of a document. ``fields`` are those of ``cases.documents.fields.DocumentFields``."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField()  # 1, 2, ... within the case
    form = models.CharField(max_length=20, choices=Form.choices)
    fields = models.JSONField()
    sha256 = models.CharField(max_length=64)  # of form and fields
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "number")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_draft_once")]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.number} {self.form}"


class DraftApproval(AppendOnly):
    """A second person's approval. ``file_sha256``: the DOCX as it was approved, kept with the files."""

    draft = models.OneToOneField(CaseDraft, on_delete=models.PROTECT, related_name="approval")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)  # of the draft
    file_sha256 = models.CharField(max_length=64)
    reason = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("drafted_by")), name="case_approval_second_person")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.at:%Y-%m-%d %H:%M}"


class SentDocument(AppendOnly):
    """What people sent, recorded by them: the program sends nothing to outlets."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sent")
    draft = models.OneToOneField(CaseDraft, on_delete=models.PROTECT, related_name="sent")
    form = models.CharField(max_length=20, choices=Form.choices)
    number = models.CharField(max_length=60)  # số, ký hiệu: "123/SVHTTDL-BC"
    sent_at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("sent_at", "id")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"
