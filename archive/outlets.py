"""Outlets and sources as the profile or a sources file lists them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from archive.models import Outlet, Source
from provinces import records

# New sources do not all start in the same second.
SPREAD_S = 3.0
FIELDS = ["name", "kind", "scope", "home", "article_url", "status", "delay_s", "active"]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a synchronisation changed, in numbers of rows."""

    outlets: int  # listed now
    sources: int  # listed now
    new_sources: int
    retired_sources: int  # no longer listed: inactive from now on, rows kept


def sync_outlets(
    outlets: Iterable[records.Outlet],
    *,
    now: datetime,
    default_delay: float,
    replace: bool = True,
) -> SyncReport:
    """Create and update outlets and sources; with ``replace``, all others become inactive.

    Nothing is deleted. A source that comes back is due now; one that stays keeps its state. An
    outlet closed by ``now`` keeps its row and is not read. Safe to repeat and to race.
    """
    # Everything is locked and inserted in one order, so that two start-ups cannot deadlock.
    listed = sorted(outlets, key=lambda outlet: outlet.id)
    with transaction.atomic():
        list(Outlet.objects.select_for_update().order_by("key").values_list("key"))
        rows = [_row(outlet, now, default_delay) for outlet in listed]
        Outlet.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=FIELDS)
        wanted = {source.url: source for source in _sources(listed, now)}
        everything = Source.objects.select_for_update().order_by("url")
        known = {source.url: source for source in everything if source.url in wanted}
        fresh = [wanted[url] for url in sorted(wanted) if url not in known]
        Source.objects.bulk_create(fresh, ignore_conflicts=True)
        for url, source in known.items():
            _refresh(source, wanted[url])
        retired = 0
        if replace:
            keys = [outlet.id for outlet in listed]
            Outlet.objects.exclude(key__in=keys).filter(active=True).update(active=False)
            gone = Source.objects.exclude(url__in=wanted).filter(active=True)
            retired = gone.update(active=False, lease_until=None)
    return SyncReport(len(listed), len(wanted), len(fresh), retired)


def _row(outlet: records.Outlet, now: datetime, default_delay: float) -> Outlet:
    return Outlet(
        key=outlet.id,
        name=outlet.name,
        kind=str(outlet.kind),
        scope=str(outlet.scope),
        home=outlet.home,
        article_url=outlet.article_url,
        status=outlet.status,
        delay_s=default_delay if outlet.delay is None else outlet.delay,
        active=_open(outlet, now),
    )


def _open(outlet: records.Outlet, now: datetime) -> bool:
    return outlet.closed_on is None or outlet.closed_on > now.date()


def _sources(outlets: Iterable[records.Outlet], now: datetime) -> Iterator[Source]:
    rng = random.Random()  # noqa: S311  (spreads load, guards nothing)
    for outlet in outlets:
        lists = (
            (Source.Kind.FEED, outlet.feeds),
            (Source.Kind.SITEMAP, outlet.sitemaps),
            (Source.Kind.LISTING, outlet.listings),
        )
        for kind, urls in lists:
            for url in urls:
                due = now + timedelta(seconds=rng.uniform(0, SPREAD_S))
                yield Source(
                    outlet_id=outlet.id, kind=kind, url=url, next_due_at=due, active=_open(outlet, now)
                )


def _refresh(source: Source, wanted: Source) -> None:
    changes: dict[str, object] = {}
    for name in ("outlet_id", "kind", "active"):
        if getattr(source, name) != getattr(wanted, name):
            changes[name] = getattr(wanted, name)
    if wanted.active and not source.active:
        changes |= {"next_due_at": wanted.next_due_at, "lease_until": None}
    if changes:
        Source.objects.filter(pk=source.pk).update(**changes)
