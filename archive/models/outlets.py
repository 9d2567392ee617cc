"""Outlets, the sources that list their articles, and how each reading of a source went."""

from __future__ import annotations

from django.db import models


class Outlet(models.Model):
    """One outlet, synchronised from the province profile or a sources file at start."""

    key = models.SlugField(primary_key=True, max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)  # provinces.records.OutletKind
    scope = models.CharField(max_length=20)  # provinces.records.Scope
    home = models.URLField(max_length=500)
    article_url = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=20, default="unverified")
    delay_s = models.FloatField(default=1.0)
    active = models.BooleanField(default=True)  # false: no longer in the profile, kept for its archive

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """A feed, sitemap or section page, with the state of reading it.

    ``next_due_at`` says when it is read next; a worker leases it until ``lease_until``. Failures
    lengthen the interval but never stop a source.
    """

    class Kind(models.TextChoices):
        FEED = "feed", "RSS/Atom"
        SITEMAP = "sitemap", "Sitemap"
        LISTING = "listing", "Trang mục"

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    url = models.CharField(max_length=1000, unique=True)
    active = models.BooleanField(default=True)

    next_due_at = models.DateTimeField(db_index=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    interval_s = models.FloatField(default=600.0)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    last_full_at = models.DateTimeField(null=True, blank=True)  # last time it sent its whole list
    unchanged_reads = models.PositiveIntegerField(default=0)  # "not modified" in a row
    distrusted_at = models.DateTimeField(null=True, blank=True)  # caught at a false "not modified"
    last_tried_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_new_at = models.DateTimeField(null=True, blank=True)  # last time it listed something new
    failures = models.PositiveIntegerField(default=0)  # in a row; 0 after a success
    failing_since = models.DateTimeField(null=True, blank=True)
    last_error_kind = models.CharField(max_length=20, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ("outlet", "kind", "url")
        indexes = [models.Index(fields=["active", "next_due_at"], name="source_due")]

    def __str__(self) -> str:
        return self.url


class SourceRead(models.Model):
    """One reading of a source: the history behind its health and usual rhythm."""

    class Outcome(models.TextChoices):
        READ = "read", "Đã đọc"
        NOT_MODIFIED = "not-modified", "Không đổi"
        FAILED = "failed", "Lỗi"
        OUTAGE = "outage", "Mạng của ta hỏng"  # our own outage: counted against no source

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="reads")
    at = models.DateTimeField(db_index=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    status = models.PositiveIntegerField(null=True, blank=True)
    items = models.PositiveIntegerField(default=0)
    new_items = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    error_kind = models.CharField(max_length=20, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ("-at",)
        indexes = [models.Index(fields=["source", "-at"], name="read_by_source")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.at:%Y-%m-%d %H:%M} {self.outcome}"


class SourceHour(models.Model):
    """What an hour brought from a source: small enough to keep when the readings are pruned."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="hours")
    hour = models.DateTimeField()  # its start
    day = models.DateField()  # of Việt Nam
    good = models.PositiveIntegerField(default=0)  # readings: read or not modified
    failed = models.PositiveIntegerField(default=0)
    outage = models.PositiveIntegerField(default=0)
    new_items = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "hour"], name="source_hour_once")]
        indexes = [
            models.Index(fields=["hour"], name="source_hour"),
            models.Index(fields=["source", "day", "new_items"], name="source_hour_days"),
            models.Index(fields=["hour"], name="source_hour_bad", condition=models.Q(good=0)),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.hour:%Y-%m-%d %H}h"
