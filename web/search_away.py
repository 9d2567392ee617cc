"""Whether the search index takes no articles now or lacks some, since when, and how many wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.models import Article, SearchOutage
from archive.outage import outages


@dataclass(frozen=True, slots=True)
class SearchAway:
    """An outage under way. ``short``: articles are taken, but earlier ones are not all back yet."""

    since: datetime
    waiting: int
    short: bool = False


def search_away() -> SearchAway | None:
    """None while articles are indexed and none is missing."""
    if not (known := outages()):
        return None
    short = SearchOutage.Kind.AWAY not in known
    since = known[SearchOutage.Kind.SHORT if short else SearchOutage.Kind.AWAY]
    return SearchAway(since, Article.objects.filter(needs_index=True).count(), short)
