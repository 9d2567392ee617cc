"""A case: something that the office answers, has corrected or sees to, from its receipt to its end."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models import Article, Outlet, Story
from cases.states import APPROVE, WORK, Kind, Outcome, State


class Case(models.Model):
    """One case. There is no journalist in it: questions count for outlets and against agencies.

    open_key     unique while the case is open, null when closed: of one story (or article, or question)
                 there is one open case of a kind ("correction/story/7")
    received_at  when the office learned of it: deadlines count from here
    assigned_due the day by which a superior wants it done, with the document that says so
    version      grows with every change by a person; whoever saw an older one is refused
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    province = models.CharField(max_length=20)  # code, as in the profile
    title = models.CharField(max_length=300)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    question = models.TextField(blank=True)  # what an outlet asked; of questions only
    agency = models.CharField(max_length=60, blank=True)  # id in the province's profile
    agency_name = models.CharField(max_length=200, blank=True)  # as it was called when it was given the case
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.RECEIVED)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    open_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    received_at = models.DateTimeField(db_index=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(null=True, blank=True)  # null: the clock runs
    assigned_due = models.DateField(null=True, blank=True)
    assigned_by = models.CharField(max_length=300, blank=True)  # number and date of the document
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-received_at", "-id")
        default_permissions = ()
        permissions = [(WORK, "Lập và xử lý hồ sơ"), (APPROVE, "Duyệt văn bản của hồ sơ")]
        indexes = [
            models.Index(fields=["state", "-received_at"], name="case_by_state"),
            models.Index(fields=["agency", "state"], name="case_by_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, open_key__isnull=True, closed_at__isnull=False)
                | (~Q(state=State.CLOSED) & Q(open_key__isnull=False, closed_at__isnull=True)),
                name="case_open_or_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"
