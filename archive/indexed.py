"""What the search index should hold, and what it was when it was seen last.

An article is settled when the index has taken it and nothing of it waits to be indexed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import F

from archive.models import Article, SearchIndex

_ONLY = 1


def settled_articles() -> int:
    """How many articles the index must hold at least. Counted by indexes alone, without reading texts."""
    # In this order: what comes, or changes, between two counts makes the answer too small, never too large.
    every = Article.objects.count()
    refused = Article.objects.exclude(index_error="").count()
    waiting = Article.objects.filter(needs_index=True).count()
    return every - refused - waiting


def waits_from_before(moment: datetime) -> bool:
    """Whether an article that was there at that moment waits to be indexed."""
    return Article.objects.filter(needs_index=True, first_seen_at__lt=moment).exists()


def settled_ids(after: int, limit: int) -> list[int]:
    """The next ``limit`` ids above ``after``, rising."""
    rows = Article.objects.filter(pk__gt=after, needs_index=False, index_error="")
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def mark_for_index(article_ids: Collection[int]) -> int:
    """Have settled articles indexed again, since the index lost them; returns how many.

    Rules that have seen them are not asked again.
    """
    lost = Article.objects.filter(pk__in=article_ids, needs_index=False)
    told = lost.filter(needs_alert=False).update(needs_index=True, alerted_version=F("version"))
    return told + lost.filter(needs_alert=True).update(needs_index=True)


def written_before() -> Mapping[str, int] | None:
    """What ``SearchEngine.written`` said last; None: it was never asked."""
    return SearchIndex.objects.values_list("written", flat=True).first()


def forget_written() -> None:
    """Another index may be in use from now on, and that is as it should be."""
    SearchIndex.objects.all().delete()


def remember_written(written: Mapping[str, int]) -> None:
    """The index is known to be whole as it is now."""
    SearchIndex.objects.update_or_create(pk=_ONLY, defaults={"written": dict(written)})
