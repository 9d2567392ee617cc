"""Whoever changes stories does so alone: one row is locked until the transaction ends.

So two workers that hold a reprint each cannot overlook each other: the second sees what the first wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from archive.models import ArticleSignature, StoryTip

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored signature: of which article, when that was first seen, and the packed form."""

    sequence: int
    article_id: int
    at: datetime
    data: bytes


class StoryLock:
    """Held while stories change. Only ``story_lock`` makes one."""

    def __init__(self, tip: StoryTip):
        self._tip = tip

    def write_signature(self, article_id: int, at: datetime, data: bytes) -> int:
        """Put ``data`` in the place of the article's signature; returns its sequence."""
        self._tip.sequence += 1
        self._tip.save(update_fields=["sequence"])
        row = ArticleSignature(article_id=article_id, sequence=self._tip.sequence, at=at, data=data)
        ArticleSignature.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=["sequence", "at", "data"],
        )
        return self._tip.sequence

    @property
    def sequence(self) -> int:
        """The last sequence given out."""
        return self._tip.sequence


@contextmanager
def story_lock() -> Iterator[StoryLock]:
    """A transaction that no other change of stories overlaps; rolled back when the block raises."""
    with transaction.atomic():
        tips = StoryTip.objects.select_for_update()
        tip = tips.filter(pk=1).first()
        if tip is None:
            StoryTip.objects.bulk_create([StoryTip(pk=1)], ignore_conflicts=True)
            tip = tips.get(pk=1)
        yield StoryLock(tip)


def prune_signatures(before: datetime) -> int:
    """Drop the signatures of articles first seen before; nothing new is compared with them. Returns how many.

    Their stories and links stay.
    """
    return ArticleSignature.objects.filter(at__lt=before).delete()[0]


def signatures_after(
    sequence: int, since: datetime | None = None, most: int | None = None
) -> Iterator[Stored]:
    """Signatures written after ``sequence``, in order; of articles first seen from ``since`` on, and only
    the last ``most`` of them."""
    rows = ArticleSignature.objects.filter(sequence__gt=sequence)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if most is not None:
        start = rows.order_by("-sequence").values_list("sequence", flat=True)[most : most + 1].first()
        if start is not None:
            rows = rows.filter(sequence__gt=start)
    values = rows.order_by("sequence").values_list("sequence", "article_id", "at", "data")
    for number, article_id, at, data in values.iterator(CHUNK):
        yield Stored(number, article_id, at, bytes(data))
