"""Whether the search index takes no articles now, since when, and how many wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.models import Article
from archive.outage import search_away_since


@dataclass(frozen=True, slots=True)
class SearchAway:
    """An outage under way."""

    since: datetime
    waiting: int


def search_away() -> SearchAway | None:
    """None while articles are indexed."""
    since = search_away_since()
    return SearchAway(since, Article.objects.filter(needs_index=True).count()) if since else None
