"""Deadlines of a case as reckoned last: rows that the board, the calendar and reminders read."""

from __future__ import annotations

from django.db import models

from cases.models.cases import Case


class CaseDeadline(models.Model):
    """One deadline of one case. Derived from the case's history and the dated rules, and rewritten with them.

    rule      id of the rule in deadlines.toml; "assigned" for the day that a superior set
    due_at    the first moment at which it is missed (UTC); null while stopped or when the law's figure
              is not known
    last_day  the day at whose end it falls due; null for deadlines in hours
    why       how it was reckoned, Vietnamese
    """

    class Status(models.TextChoices):
        RUNNING = "running", "Đang tính"
        STOPPED = "stopped", "Đang dừng"
        MET = "met", "Đúng hạn"
        LATE = "late", "Xong, quá hạn"
        UNKNOWN = "unknown", "Chưa có số liệu của luật"

    class Basis(models.TextChoices):
        STATUTORY = "statutory", "Theo pháp luật"
        INTERNAL = "internal", "Nội bộ"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    rule = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    legal = models.CharField(max_length=500, blank=True)  # the document
    status = models.CharField(max_length=10, choices=Status.choices)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("due_at", "id")
        default_permissions = ()
        indexes = [models.Index(fields=["status", "due_at"], name="case_deadline_due")]
        constraints = [models.UniqueConstraint(fields=["case", "rule"], name="case_deadline_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.rule} {self.status}"
