"""The decided findings, read once for each new decision: over years they are many, two pages count them."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import Max

from cases import precision as judged
from cases.models import Decision

# Decisions are only added, so that the newest one says whether there is anything new. Topics of an
# article may be corrected without a decision: that shows after so many seconds.
KEPT_S = 60


def decided_findings() -> list[judged.Decided]:
    """As ``cases.precision.decided_findings``."""
    key = f"web.decided.{Decision.objects.aggregate(newest=Max('pk'))['newest']}"
    kept: list[judged.Decided] | None = cache.get(key)
    if kept is None:
        kept = list(judged.decided_findings())
        cache.set(key, kept, KEPT_S)
    return kept
