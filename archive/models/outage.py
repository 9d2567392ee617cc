"""What is amiss with the search index: said on the pages, whichever process noticed."""

from __future__ import annotations

from django.db import models


class SearchOutage(models.Model):
    """One row of a kind while it lasts, none otherwise."""

    class Kind(models.TextChoices):
        AWAY = "away", "Không nhận bài"  # articles cannot be indexed
        SHORT = "short", "Thiếu bài"  # articles that were indexed are not there any more

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.AWAY, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} since {self.since}"


class SearchIndex(models.Model):
    """The index as it was seen last; one row. ``written``: see ``search.port.SearchEngine.written``."""

    written = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.written)
