"""Claims: fair between outlets, leased once, given back by time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.frontier import claim_pages, claim_sources, first_visits_waiting, release_leases
from archive.models import Outlet, Page, Source
from tests.archive.conftest import HOST, NOW, make_page

LEASE = timedelta(minutes=2)


@pytest.fixture
def second(db: None) -> Outlet:
    return Outlet.objects.create(
        key="trung-du", name="Báo Trung Du", kind="newspaper", scope="local", home="https://trungdu.example"
    )


def paths(pages: list[Page]) -> list[str]:
    return [page.url.removeprefix(HOST) for page in pages]


def test_a_source_is_leased_to_one_and_free_again_when_the_lease_ends(source: Source) -> None:
    assert claim_sources(NOW, 10, LEASE) == [source]
    assert claim_sources(NOW + timedelta(minutes=1), 10, LEASE) == []
    assert claim_sources(NOW + timedelta(minutes=2), 10, LEASE) == [source]


def test_only_due_sources_of_active_and_idle_outlets_are_claimed(source: Source, second: Outlet) -> None:
    Source.objects.create(
        outlet=second, kind="feed", url="https://trungdu.example/rss", next_due_at=NOW + LEASE
    )
    assert claim_sources(NOW, 10, LEASE, busy_outlets=["lam-giang"]) == []
    Outlet.objects.filter(key="lam-giang").update(active=False)
    assert claim_sources(NOW, 10, LEASE) == []


def test_the_longest_due_source_comes_first(source: Source, second: Outlet) -> None:
    older = Source.objects.create(
        outlet=second, kind="feed", url="https://trungdu.example/rss", next_due_at=NOW - LEASE
    )
    assert claim_sources(NOW, 1, LEASE) == [older]
    assert claim_sources(NOW, 1, LEASE) == [source]


def test_first_visits_come_before_revisits_and_the_longest_due_first(outlet: Outlet) -> None:
    make_page(outlet, "/again", visits=1, due_at=NOW - timedelta(hours=9))
    make_page(outlet, "/new", due_at=NOW - timedelta(minutes=1))
    make_page(outlet, "/older", due_at=NOW - timedelta(minutes=5))
    make_page(outlet, "/later", due_at=NOW + timedelta(minutes=5))
    make_page(outlet, "/never", due_at=None)
    assert paths(claim_pages(NOW, 10, LEASE, per_outlet=10)) == ["/older", "/new", "/again"]


def test_one_outlet_cannot_hold_all_claims(outlet: Outlet, second: Outlet) -> None:
    for number in range(20):
        make_page(outlet, f"/{number}", due_at=NOW - timedelta(hours=1))
    Page.objects.create(outlet=second, url="https://trungdu.example/1", found_at=NOW, due_at=NOW)
    claimed = claim_pages(NOW, 10, LEASE)
    assert sorted(page.outlet_id for page in claimed) == ["lam-giang", "lam-giang", "trung-du"]
    assert claim_pages(NOW, 10, LEASE, busy_outlets=["lam-giang"]) == []


def test_every_page_is_claimed_once(outlet: Outlet) -> None:
    for number in range(7):
        make_page(outlet, f"/{number}")
    rounds = [paths(claim_pages(NOW, 10, LEASE)) for _ in range(5)]
    assert [len(claimed) for claimed in rounds] == [2, 2, 2, 1, 0]
    assert len({path for claimed in rounds for path in claimed}) == 7


def test_a_run_that_ends_asks_for_first_visits_only(outlet: Outlet) -> None:
    make_page(outlet, "/new")
    make_page(outlet, "/later", due_at=NOW + timedelta(minutes=5))
    make_page(outlet, "/again", visits=1)
    assert first_visits_waiting(NOW) == 1
    assert paths(claim_pages(NOW, 10, LEASE, first_visits_only=True)) == ["/new"]


def test_first_visits_of_one_outlet_come_before_revisits_of_another(outlet: Outlet, second: Outlet) -> None:
    make_page(outlet, "/again", visits=1, due_at=NOW - timedelta(hours=9))
    Page.objects.create(outlet=second, url="https://trungdu.example/1", found_at=NOW, due_at=NOW)
    assert [page.outlet_id for page in claim_pages(NOW, 1, LEASE)] == ["trung-du"]
    assert [page.outlet_id for page in claim_pages(NOW, 1, LEASE)] == ["lam-giang"]


def test_a_single_worker_takes_up_what_its_killed_predecessor_held(source: Source) -> None:
    make_page(source.outlet)
    claim_sources(NOW, 1, LEASE)
    claim_pages(NOW, 1, LEASE)
    assert release_leases() == 2
    assert (len(claim_sources(NOW, 1, LEASE)), len(claim_pages(NOW, 1, LEASE))) == (1, 1)
