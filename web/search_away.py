"""Whether the search index takes no articles now or lacks some, since when, and how many wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.models import Article, SearchOutage
from archive.outage import outages


@dataclass(frozen=True, slots=True)
class SearchAway:
    """Outages under way: no articles are taken since ``away``, earlier ones lack since ``short``."""

    waiting: int
    away: datetime | None
    short: datetime | None


def search_away() -> SearchAway | None:
    """None while articles are indexed and none is missing."""
    if not (known := outages()):
        return None
    waiting = Article.objects.filter(needs_index=True).count()
    return SearchAway(waiting, known.get(SearchOutage.Kind.AWAY), known.get(SearchOutage.Kind.SHORT))
