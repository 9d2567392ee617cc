"""Since when the search engine takes no articles: said on the pages, whichever process noticed."""

from __future__ import annotations

from django.db import models


class SearchOutage(models.Model):
    """One row while articles cannot be indexed, none otherwise."""

    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"since {self.since}"
