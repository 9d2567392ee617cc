"""What is due: sources to read and pages to visit, leased to one worker until a time.

A lease that its worker never gives back (a crash) expires by itself. On PostgreSQL several workers
claim side by side (SKIP LOCKED); on SQLite writers queue, and one worker is meant.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Min, Q, Value, When, Window
from django.db.models.functions import Coalesce, Greatest, RowNumber

from archive.models import Outlet, Page, Source


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
    outlets = Outlet.objects.filter(active=True).exclude(key__in=busy_outlets)
    with transaction.atomic():
        first = Case(When(visits=0, then=Value(0)), default=Value(1))
        ranked = (
            Page.objects.filter(_free(now), due_at__lte=now, outlet__in=outlets)
            .filter(Q(visits=0) if first_visits_only else Q())
            .annotate(
                revisit=first,
                place=Window(
                    RowNumber(), partition_by=F("outlet_id"), order_by=[first.asc(), F("due_at").asc()]
                ),
            )
            .filter(place__lte=per_outlet)
            .order_by("revisit", "due_at", "pk")
            .values_list("pk", flat=True)[:limit]
        )
        # Window functions and row locks do not mix: choose first, then lock and look again.
        chosen = list(ranked)
        pages = list(
            Page.objects.filter(_free(now), pk__in=chosen, due_at__lte=now)
            .select_related("article", "outlet")
            .select_for_update(skip_locked=True, of=("self",))
        )
        until = now + lease
        Page.objects.filter(pk__in=[page.pk for page in pages]).update(lease_until=until)
    order = {pk: place for place, pk in enumerate(chosen)}
    pages.sort(key=lambda page: order[page.pk])
    for page in pages:
        page.lease_until = until
    return pages


def next_due(now: datetime) -> datetime | None:
    """When the next source or page may be claimed (``now`` or later), or None when none ever is."""
    source = Source.objects.filter(active=True, outlet__active=True).aggregate(
        at=Min(Greatest("next_due_at", Coalesce("lease_until", "next_due_at")))
    )["at"]
    page = Page.objects.filter(due_at__isnull=False, outlet__active=True).aggregate(
        at=Min(Greatest("due_at", Coalesce("lease_until", "due_at")))
    )["at"]
    times = [at for at in (source, page) if at is not None]
    return max(now, min(times)) if times else None


def first_visits_waiting(until: datetime) -> int:
    """How many pages of active outlets wait for their first visit and are due by ``until``."""
    return Page.objects.filter(visits=0, due_at__lte=until, outlet__active=True).count()


def release_leases() -> int:
    """Give back every lease; returns how many. Only for the start of a single worker."""
    with transaction.atomic():
        sources = Source.objects.filter(lease_until__isnull=False).update(lease_until=None)
        pages = Page.objects.filter(lease_until__isnull=False).update(lease_until=None)
    return sources + pages


def _free(now: datetime) -> Q:
    return Q(lease_until__isnull=True) | Q(lease_until__lte=now)
