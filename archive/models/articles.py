"""Addresses to visit, the articles found there, and every version of each article."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from archive.models.outlets import Outlet


class Page(models.Model):
    """An article address that a source listed: the frontier and the re-fetch schedule in one row.

    ``due_at`` says when it is visited next (null: never again); ``visits`` counts successful visits
    and is the place in the re-fetch schedule. Addresses are stored with known trackers stripped.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ tải"  # not fetched yet
        FETCHED = "fetched", "Đã tải"
        GONE = "gone", "Đã gỡ"  # 404 or 410
        REFUSED = "refused", "Không tải"  # robots.txt, forbidden address, no article
        FAILED = "failed", "Lỗi"  # tried and not yet had; tried again later

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="pages")
    url = models.CharField(max_length=2000, unique=True)
    article = models.ForeignKey(
        "Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="pages"
    )
    found_at = models.DateTimeField()
    found_title = models.TextField(blank=True)
    found_published_at = models.DateTimeField(null=True, blank=True)
    found_precision = models.CharField(max_length=10, default="unknown")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    visits = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    last_error_kind = models.CharField(max_length=20, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["outlet", "visits", "due_at"], name="page_due", condition=Q(due_at__isnull=False)
            ),
            models.Index(fields=["outlet", "state"], name="page_by_outlet"),
        ]

    def __str__(self) -> str:
        return self.url


class Article(models.Model):
    """One article of one outlet, known by its canonical URL. The texts are the newest revision's.

    ``needs_classify``, ``needs_story``, ``needs_signals``, ``needs_index`` and ``needs_alert`` mark rows
    that await a step; ``version`` grows with every change that the search index must see, so that a step
    that read an older state cannot clear a mark set after it.
    """

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="articles")
    url = models.CharField(max_length=2000)
    canonical_url = models.CharField(max_length=2000, unique=True)
    title = models.TextField()
    lead = models.TextField(blank=True)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)  # SHA-256 of the newest revision's content
    segments = models.TextField(blank=True)  # marks of search.text.segments; "": not worked out yet
    language = models.CharField(max_length=8, default="vi")
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    published_precision = models.CharField(max_length=10, default="unknown")
    first_seen_at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField()  # newest revision seen, or gone
    gone_at = models.DateTimeField(null=True, blank=True)
    revision_count = models.PositiveIntegerField(default=1)
    story = models.ForeignKey(
        "Story", on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )  # null: not assigned yet

    version = models.PositiveIntegerField(default=1)
    needs_classify = models.BooleanField(default=True)
    needs_story = models.BooleanField(default=True)
    needs_signals = models.BooleanField(default=True)
    needs_index = models.BooleanField(default=True)
    needs_alert = models.BooleanField(default=False)  # set when indexed
    alerted_version = models.PositiveIntegerField(null=True)  # the version that the rules saw last
    index_error = models.TextField(blank=True)  # why the engine refused it, if it did

    class Meta:
        ordering = ("-first_seen_at", "-id")
        indexes = [
            models.Index(fields=["id"], name="article_classify", condition=Q(needs_classify=True)),
            models.Index(fields=["id"], name="article_story", condition=Q(needs_story=True)),
            models.Index(fields=["id"], name="article_signals", condition=Q(needs_signals=True)),
            models.Index(fields=["id"], name="article_index", condition=Q(needs_index=True)),
            models.Index(fields=["id"], name="article_alert", condition=Q(needs_alert=True)),
            models.Index(fields=["id"], name="article_refused", condition=~Q(index_error="")),
            models.Index(fields=["outlet", "-first_seen_at"], name="article_by_outlet"),
            # Counts by day and lists of numbers are answered by these alone: the texts of a row come
            # before its times, and SQLite would read through them.
            models.Index(fields=["first_seen_at", "published_at"], name="article_days"),
            models.Index(fields=["-id", "changed_at"], name="article_changes"),
            models.Index(fields=["-id"], name="article_gone", condition=Q(gone_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """One version of an article as it stood when seen. Number 1 is the first; rows never change."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    seen_at = models.DateTimeField()
    title = models.TextField()
    lead = models.TextField(blank=True)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    snapshot = models.ForeignKey(
        "Snapshot", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    material = models.BooleanField(default=False)  # numbers, names, negations or headline changed
    changes = models.JSONField(default=list)  # archive.diff: what changed since the one before

    class Meta:
        ordering = ("article", "number")
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_once"),
        ]
        # Edits by time, without reading every first version.
        indexes = [models.Index(fields=["seen_at"], name="revision_edits", condition=Q(number__gt=1))]

    def __str__(self) -> str:
        return f"{self.article_id} #{self.number}"


class ArticleEvent(models.Model):
    """A fact in an article's life that is no new version: taken down, or back again."""

    class Kind(models.TextChoices):
        GONE = "gone", "Đã gỡ"
        BACK = "back", "Đăng lại"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    status = models.PositiveIntegerField(null=True, blank=True)  # HTTP status that showed it
    snapshot = models.ForeignKey(
        "Snapshot", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.article_id} {self.kind} {self.at:%Y-%m-%d %H:%M}"
