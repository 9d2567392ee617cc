"""Remembers since when the search engine takes no articles, until it does again."""

from __future__ import annotations

from datetime import datetime

from archive.models import SearchOutage

_ONLY = 1


def search_is_away(now: datetime) -> None:
    """Articles could not be indexed; an outage that is known already began earlier."""
    SearchOutage.objects.get_or_create(pk=_ONLY, defaults={"since": now})


def search_is_back() -> None:
    """Articles are indexed, or none waits."""
    SearchOutage.objects.all().delete()


def search_away_since() -> datetime | None:
    """When the outage began; None: there is none."""
    return SearchOutage.objects.values_list("since", flat=True).first()
