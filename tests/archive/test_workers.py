"""Several workers on PostgreSQL at once: everything is done once, and nobody deadlocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from archive import evidence
from archive.findings import FindingRow, awaiting_classification, replace_findings
from archive.frontier import claim_pages, claim_sources
from archive.intake import record_page
from archive.models import Article, Finding, Outlet, Page, Snapshot, Source
from archive.outlets import sync_outlets
from archive.polling import PollPolicy
from archive.sources import LinkRow, record_read
from archive.warc import WarcFolder
from provinces import records
from tests.archive.conftest import HOST, NOW, SCHEDULE, answer, article, make_page

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

WORKERS = 6
LEASE = timedelta(minutes=2)
T = TypeVar("T")


def together(work: Callable[[int], T]) -> list[T]:
    """Run ``work`` in all workers, started at the same instant; raises what any of them raised."""
    barrier = Barrier(WORKERS)

    def start(number: int) -> T:
        try:
            barrier.wait(timeout=30)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(start, range(WORKERS)))


def test_each_page_is_claimed_by_one_worker(transactional_db: None, outlet: Outlet) -> None:
    for number in range(120):
        make_page(outlet, f"/{number}")

    def work(_: int) -> list[int]:
        claimed: list[int] = []
        for _round in range(60):
            claimed += [page.pk for page in claim_pages(NOW, 5, LEASE, per_outlet=5)]
        return claimed

    counts = Counter(pk for claimed in together(work) for pk in claimed)
    assert set(counts.values()) == {1}
    assert len(counts) == 120


def test_each_source_is_claimed_by_one_worker(transactional_db: None, outlet: Outlet) -> None:
    for number in range(50):
        Source.objects.create(outlet=outlet, kind="feed", url=f"{HOST}/{number}", next_due_at=NOW)
    claims = together(lambda _: [s.pk for _round in range(30) for s in claim_sources(NOW, 4, LEASE)])
    counts = Counter(pk for claimed in claims for pk in claimed)
    assert (len(counts), set(counts.values())) == (50, {1})


def test_one_article_at_many_addresses_is_made_once(
    transactional_db: None, outlet: Outlet, store: WarcFolder
) -> None:
    for round_number in range(5):
        canonical = f"{HOST}/bai-{round_number}.html"
        pages = [make_page(outlet, f"/amp{n}/bai-{round_number}.html") for n in range(WORKERS)]

        def work(number: int, pages: list[Page] = pages, canonical: str = canonical) -> str:
            page = pages[number]
            content = article(page, canonical_url=canonical)
            raw = answer(page.url, content.text.encode())
            return record_page(
                page.pk, at=NOW, snapshot=raw, content=content, schedule=SCHEDULE, store=store
            ).outcome

        assert Counter(together(work)) == {"new": 1, "duplicate": WORKERS - 1}
    assert Article.objects.count() == 5
    assert evidence.verify(store.folder).good


def test_one_page_taken_in_twice_at_once_is_one_article(
    transactional_db: None, page: Page, store: WarcFolder
) -> None:
    content = article(page)
    raw = answer(page.url, content.text.encode())
    outcomes = together(
        lambda _: (
            record_page(
                page.pk, at=NOW, snapshot=raw, content=content, schedule=SCHEDULE, store=store
            ).outcome
        )
    )
    assert Counter(outcomes) == {"new": 1, "unchanged": WORKERS - 1}


def test_the_evidence_chain_has_no_gap_and_no_fork(
    transactional_db: None, outlet: Outlet, store: WarcFolder
) -> None:
    pages = [[make_page(outlet, f"/{w}-{n}") for n in range(15)] for w in range(WORKERS)]

    def work(worker: int) -> None:
        for page in pages[worker]:
            content = article(page, title=page.url, text=page.url)
            raw = answer(page.url, page.url.encode())
            record_page(page.pk, at=NOW, snapshot=raw, content=content, schedule=SCHEDULE, store=store)

    together(work)
    report = evidence.verify(store.folder)
    assert (report.good, report.checked, report.orphan_bytes) == (True, 15 * WORKERS, 0)
    assert list(Snapshot.objects.values_list("sequence", flat=True)) == list(range(1, 15 * WORKERS + 1))


def test_feeds_that_list_the_same_pages_at_once_do_not_deadlock(
    transactional_db: None, outlet: Outlet
) -> None:
    sources = [
        Source.objects.create(outlet=outlet, kind="feed", url=f"{HOST}/{n}", next_due_at=NOW)
        for n in range(WORKERS)
    ]
    links = [LinkRow(f"{HOST}/bai-{n}.html") for n in range(1200)]

    def work(worker: int) -> int:
        mine = links if worker % 2 else links[::-1]
        return record_read(sources[worker].pk, at=NOW, outcome="read", links=mine, policy=PollPolicy()).known

    together(work)
    assert Page.objects.count() == 1200


def test_starting_together_synchronises_once(transactional_db: None) -> None:
    outlets = [
        records.Outlet(
            f"bao-{n}", f"Báo {n}", records.OutletKind.NEWSPAPER, records.Scope.LOCAL, HOST, (f"{HOST}/{n}",)
        )
        for n in range(40)
    ]
    together(lambda worker: sync_outlets(outlets if worker % 2 else outlets[::-1], now=NOW, default_delay=1))
    assert (Outlet.objects.count(), Source.objects.count()) == (40, 40)


def test_findings_are_written_by_one_of_two_classifiers(
    transactional_db: None, page: Page, store: WarcFolder
) -> None:
    content = article(page)
    record_page(page.pk, at=NOW, snapshot=None, content=content, schedule=SCHEDULE, store=store)
    (waiting,) = awaiting_classification(1)
    rows = [FindingRow("topic", "roads", 0.9, "topics", "1")]
    done = together(
        lambda _: replace_findings(
            waiting.article.pk, waiting.revision_id, waiting.version, ["topics"], rows, now=NOW
        )
    )
    assert Counter(done) == {True: 1, False: WORKERS - 1}
    assert Finding.objects.count() == 1
