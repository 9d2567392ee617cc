"""When an article was printed, as well as that is known, and in which order articles came."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from archive.models import Article
from archive.vietnam import VIETNAM

AGGREGATOR = "aggregator"


def printed_at(article: Article) -> datetime:
    """The best estimate: the page's own time; where it only names the day, the moment on that day nearest to
    when we first saw it; where it says nothing, when we first saw it. Never later than that.
    """
    seen, said = article.first_seen_at, article.published_at
    if said is None or article.published_precision == "unknown":
        return seen
    if article.published_precision == "minute":
        return min(said, seen)
    start = datetime.combine(said.astimezone(VIETNAM).date(), time(), tzinfo=VIETNAM)
    return min(max(start, seen), start + timedelta(days=1) - timedelta(seconds=1), seen)


def printing_order(article: Article) -> tuple[datetime, bool, int]:
    """Sorts articles as they were printed; of two at one moment an aggregator comes after the other.

    The outlet must be loaded.
    """
    return printed_at(article), article.outlet.kind == AGGREGATOR, article.pk
