"""Which articles are compared for signals again because their story grew."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from archive.models import Article

WINDOW = timedelta(days=7)  # older coverage is not compared with what is printed now
MOST = 30  # for one growth; the newest


def around(stories: Collection[int], linked: Collection[int], now: datetime) -> dict[int, int | None]:
    """The newest articles of these stories and among those linked, each with its story."""
    if not stories and not linked:
        return {}
    rows = Article.objects.filter(Q(story__in=stories) | Q(pk__in=linked), first_seen_at__gte=now - WINDOW)
    return dict(rows.order_by("-pk").values_list("pk", "story_id")[:MOST])
