"""What is due: sources to read and pages to visit, leased to one worker until a time.

A lease that its worker never gives back (a crash) expires by itself. On PostgreSQL several workers
claim side by side (SKIP LOCKED); on SQLite writers queue, and one worker is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from archive.models import Page, Source


def claim_sources(
    now: datetime, limit: int, lease: timedelta, busy_outlets: Collection[str] = ()
) -> list[Source]:
    """Lease up to ``limit`` due sources, longest due first, none of ``busy_outlets``."""
    with transaction.atomic():
        due = (
            Source.objects.filter(_free(now), active=True, outlet__active=True, next_due_at__lte=now)
            .exclude(outlet__in=busy_outlets)
            .select_related("outlet")
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("next_due_at", "pk")[:limit]
        )
        sources = list(due)
        until = now + lease
        Source.objects.filter(pk__in=[source.pk for source in sources]).update(lease_until=until)
    for source in sources:
        source.lease_until = until
    return sources


def claim_pages(
    now: datetime,
    limit: int,
    lease: timedelta,
    busy_outlets: Collection[str] = (),
    per_outlet: int = 2,
    first_visits_only: bool = False,
) -> list[Page]:
    """Lease up to ``limit`` due pages: first visits before revisits, then longest due first.

    At most ``per_outlet`` of one outlet, so that a slow host cannot hold all claims. ``article`` and
    ``outlet`` are loaded. ``first_visits_only``: a run that ends finishes what was found.
    """
    kinds = [Q(visits=0)] if first_visits_only else [Q(visits=0), Q(visits__gt=0)]
    pages: list[Page] = []
    taken: Counter[str] = Counter()
    until = now + lease
    with transaction.atomic():
        for kind in kinds:
            due = Page.objects.filter(kind, due_at__lte=now)
            for outlet in _outlets_of(due, busy_outlets):
                room = min(per_outlet - taken[outlet], limit - len(pages))
                if room > 0:
                    found = _lock_pages(due.filter(outlet=outlet), now, room)
                    taken[outlet] += len(found)
                    pages += found
        Page.objects.filter(pk__in=[page.pk for page in pages]).update(lease_until=until)
    pages.sort(key=lambda page: (page.visits > 0, page.due_at, page.pk))
    for page in pages:
        page.lease_until = until
    return pages


def first_visits_waiting(until: datetime) -> int:
    """How many pages of active outlets wait for their first visit and are due by ``until``."""
    return Page.objects.filter(visits=0, due_at__lte=until, outlet__active=True).count()


def release_leases() -> int:
    """Give back every lease; returns how many. Only for the start of a single worker."""
    with transaction.atomic():
        sources = Source.objects.filter(lease_until__isnull=False).update(lease_until=None)
        pages = Page.objects.filter(lease_until__isnull=False).update(lease_until=None)
    return sources + pages


def _outlets_of(due: QuerySet[Page], busy_outlets: Collection[str]) -> list[str]:
    """Keys of active, idle outlets with due pages, the longest waiting first."""
    rows = due.filter(outlet__active=True).exclude(outlet__in=busy_outlets)
    oldest = rows.values_list("outlet").annotate(oldest=Min("due_at")).order_by("oldest", "outlet")
    return [outlet for outlet, _ in oldest]


def _lock_pages(due: QuerySet[Page], now: datetime, room: int) -> list[Page]:
    free = due.filter(_free(now)).select_related("article", "outlet")
    return list(free.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")[:room])


def _free(now: datetime) -> Q:
    return Q(lease_until__isnull=True) | Q(lease_until__lte=now)
