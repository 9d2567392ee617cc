"""Keeping pages in the re-fetch schedule beyond its end, for those who wait for a change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, Q

from archive.models import Page


def revisit_by(article_ids: Collection[int], moment: datetime) -> int:
    """See to it that each article's own page is visited by ``moment``; returns how many were brought forward.

    Pages that are due sooner stay as they are, and so do refused and failing ones: those follow their own
    back-off. Idempotent.
    """
    pages = Page.objects.filter(
        article__in=article_ids, url=F("article__url"), state__in=(Page.State.FETCHED, Page.State.GONE)
    )
    late = pages.filter(Q(due_at__isnull=True) | Q(due_at__gt=moment), failures=0)
    return Page.objects.filter(pk__in=list(late.values_list("pk", flat=True))).update(due_at=moment)
