"""The register of official figures: what is counted, the dated values, and who changed them when and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from archive.models.appendonly import AppendOnly
from archive.models.articles import Article


class Indicator(models.Model):
    """Something that is counted, in one unit, with the other names that newspapers give it."""

    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=60)
    aliases = models.JSONField(default=list)  # [str], those of the entry approved last

    class Meta:
        ordering = ("name", "unit")
        constraints = [models.UniqueConstraint(fields=["name", "unit"], name="indicator_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"


class RegisterEntry(models.Model):
    """One dated official value of an indicator.

    ``value`` is the figure as the register writes it: "1930", "11.7", "184/210", "~1000", ">80".
    Only approved entries are compared with coverage, and only from ``valid_from`` to ``valid_to``.
    A replacement names the entry it ``replaces``; when it is approved, that one is ``superseded_by`` it.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Chờ duyệt"
        APPROVED = "approved", "Đã duyệt"
        WITHDRAWN = "withdrawn", "Đã rút"

    class Merger(models.TextChoices):
        """Which administrative map the figure counts, where it makes a difference."""

        UNSAID = "", "Không phân biệt"
        BEFORE = "before", "Trước sáp nhập"
        AFTER = "after", "Sau sáp nhập"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="entries")
    value = models.CharField(max_length=60)
    province = models.CharField(max_length=20)  # code, as in the province's register.csv
    district = models.CharField(max_length=120, blank=True)  # or commune; "" is the whole province
    scope = models.CharField(max_length=300, blank=True)  # what is counted in and out, in words
    period = models.CharField(max_length=120, blank=True)  # "cả năm", "6 tháng đầu năm"
    merger = models.CharField(max_length=10, choices=Merger.choices, blank=True)
    as_of = models.CharField(max_length=40)  # "2025", "12/2025", "12/09/2026", "năm học 2025-2026"
    quote = models.TextField(blank=True)  # the document's own sentence
    document = models.CharField(max_length=300, blank=True)  # number, date and issuer
    aliases = models.JSONField(default=list)  # [str]; the indicator's once the entry is approved
    tolerance = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)  # per cent
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # last day; null: until superseded
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replacements"
    )
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    source_article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="register_candidates"
    )
    source_span = models.JSONField(null=True, blank=True)  # {"field", "start", "end", "text"}
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: loaded from the province's profile, or found on a portal
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # grows with every change

    class Meta:
        ordering = ("indicator__name", "province", "-valid_from", "-id")
        indexes = [
            models.Index(fields=["status", "province"], name="register_by_status"),
            models.Index(fields=["indicator", "-valid_from"], name="register_by_indicator"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (
                    (Q(created_by__isnull=True) | ~Q(approved_by=F("created_by")))
                    & (Q(edited_by__isnull=True) | ~Q(approved_by=F("edited_by")))
                ),
                name="register_second_person",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="register_validity",
            ),
            models.UniqueConstraint(
                fields=["indicator", "province", "district", "scope", "period", "as_of", "valid_from"],
                condition=Q(status="approved", superseded_by__isnull=True),
                name="register_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.province} {self.value} ({self.as_of})"


class RegisterChange(AppendOnly):
    """One act on an entry. ``before`` and ``after`` hold the fields that changed, as text."""

    class Action(models.TextChoices):
        CREATED = "created", "Tạo"
        EDITED = "edited", "Sửa"
        APPROVED = "approved", "Duyệt"
        WITHDRAWN = "withdrawn", "Rút"
        SUPERSEDED = "superseded", "Được thay thế"

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="changes")
    action = models.CharField(max_length=12, choices=Action.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.action} {self.at:%Y-%m-%d %H:%M}"
