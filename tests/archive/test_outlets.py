"""Profiles and sources files become outlets and sources; nothing is ever deleted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from archive.models import Outlet, Source
from archive.outlets import SyncReport, sync_outlets
from provinces import records
from tests.archive.conftest import HOST, NOW

pytestmark = pytest.mark.django_db


def outlet(key: str = "lam-giang", **fields: object) -> records.Outlet:
    values = {
        "name": "Báo Lam Giang",
        "kind": records.OutletKind.NEWSPAPER,
        "scope": records.Scope.LOCAL,
        "home": HOST,
        "feeds": (f"{HOST}/rss/home.rss",),
    }
    return records.Outlet(id=key, **(values | fields))  # type: ignore[arg-type]


def sync(*outlets: records.Outlet, **fields: object) -> SyncReport:
    return sync_outlets(outlets, **({"now": NOW, "default_delay": 2.0} | fields))  # type: ignore[arg-type]


def test_a_profile_becomes_rows_due_at_once() -> None:
    report = sync(outlet(sitemaps=(f"{HOST}/sitemap.xml",), listings=(f"{HOST}/xa-hoi",)))
    assert report == SyncReport(outlets=1, sources=3, new_sources=3, retired_sources=0)
    row = Outlet.objects.get()
    assert (row.key, row.name, row.kind, row.scope, row.delay_s) == (
        "lam-giang", "Báo Lam Giang", "newspaper", "local", 2.0,
    )  # fmt: skip
    assert {source.kind for source in Source.objects.all()} == {"feed", "sitemap", "listing"}
    assert all(NOW <= source.next_due_at <= NOW + timedelta(seconds=5) for source in Source.objects.all())


def test_a_repeated_synchronisation_changes_nothing() -> None:
    sync(outlet())
    Source.objects.update(next_due_at=NOW + timedelta(hours=1), etag='"a"', failures=3)
    before = list(Source.objects.values())
    assert sync(outlet()).new_sources == 0
    assert list(Source.objects.values()) == before


def test_changed_facts_are_taken_over() -> None:
    sync(outlet())
    sync(outlet(name="Báo và Đài Lam Giang", delay=5.0, status="verified"))
    row = Outlet.objects.get()
    assert (row.name, row.delay_s, row.status) == ("Báo và Đài Lam Giang", 5.0, "verified")


def test_what_is_no_longer_listed_becomes_inactive_and_may_come_back() -> None:
    sync(outlet(), outlet("trung-du", feeds=("https://trungdu.example/rss",)))
    later = NOW + timedelta(days=1)
    assert sync(outlet(), now=later).retired_sources == 1
    assert not Outlet.objects.get(key="trung-du").active
    gone = Source.objects.get(outlet="trung-du")
    assert not gone.active
    sync(outlet(), outlet("trung-du", feeds=("https://trungdu.example/rss",)), now=later)
    gone.refresh_from_db()
    assert gone.active and gone.next_due_at >= later


def test_an_addition_without_replacement_leaves_the_others() -> None:
    sync(outlet())
    sync(outlet("trung-du", feeds=()), replace=False)
    assert set(Outlet.objects.filter(active=True).values_list("key", flat=True)) == {"lam-giang", "trung-du"}


def test_a_closed_outlet_is_kept_but_not_read() -> None:
    sync(outlet(closed_on=date(2025, 7, 1)))
    assert (Outlet.objects.get().active, Source.objects.get().active) == (False, False)


def test_a_source_that_moves_to_another_outlet_or_kind_follows() -> None:
    sync(outlet())
    sync(outlet("trung-du", feeds=(), listings=(f"{HOST}/rss/home.rss",)))
    source = Source.objects.get()
    assert (source.outlet_id, source.kind, source.active) == ("trung-du", "listing", True)
