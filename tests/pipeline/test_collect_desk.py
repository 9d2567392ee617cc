"""Between rows and jobs: what is due is dealt, what is read is recorded, nothing counts twice."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from archive.evidence import read_snapshot
from archive.models import Article, Outlet, Page, Source, SourceRead
from crawlers.collector.desk import Deal
from crawlers.records import (
    ExtractedArticle,
    FailureKind,
    FetchedPage,
    FetchFailure,
    FoundLink,
    PageJob,
    PageReading,
    Precision,
    SourceJob,
    SourceReading,
)
from pipeline.collect.desk import ArchiveDesk
from pipeline.collect.settings import CollectSettings

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
T = TypeVar("T")


class SameThread:
    """Stands in for the database thread: the test's transaction lives in the test's thread."""

    async def run(self, function: Any, *args: Any) -> Any:
        return function(*args)


def done(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never waits."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("the desk waited for something")


@pytest.fixture
def woken() -> list[bool]:
    return []


@pytest.fixture
def desk(tmp_path: Path, woken: list[bool]) -> Iterator[ArchiveDesk]:
    settings = CollectSettings(
        user_agent="DiemBao/test",
        snapshots=tmp_path,
        feed_floor_s=10,
        feed_ceiling_s=60,
        revisit_steps=(45, 100),
    )
    made = ArchiveDesk(settings, SameThread(), lambda: woken.append(True))  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def source() -> Source:
    outlet = Outlet.objects.create(
        key="bao-thu", name="Báo Thử", kind="newspaper", scope="local", home="http://a.example/", delay_s=0.5
    )
    return Source.objects.create(outlet=outlet, kind="feed", url="http://a.example/rss", next_due_at=NOW)


def deal(
    desk: ArchiveDesk, at: datetime = NOW, closing: bool = False, busy: frozenset[str] = frozenset()
) -> Deal:
    return done(desk.deal(at, room=10, busy=busy, closing=closing))


def listed(job: SourceJob, *urls: str, **more: Any) -> SourceReading:
    links = tuple(FoundLink(url, "Tiêu đề", NOW - timedelta(minutes=5), Precision.MINUTE) for url in urls)
    return SourceReading(job, NOW, links=links, status=200, **more)


def article(url: str, text: str = "Nội dung bài.") -> ExtractedArticle:
    return ExtractedArticle(url, url, "Tiêu đề", "Sapo.", text, NOW, Precision.MINUTE)


def fetched(url: str, status: int = 200) -> FetchedPage:
    body = b"<html>"
    return FetchedPage(url, url, status, (), body, NOW, hashlib.sha256(body).hexdigest())


def test_a_source_goes_out_once_and_its_links_become_pages(desk: ArchiveDesk, source: Source) -> None:
    [job] = deal(desk).sources
    assert (job.key, job.outlet, job.delay, job.etag) == (source.pk, "bao-thu", 0.5, "")
    assert not deal(desk)
    done(desk.source_read(listed(job, "http://a.example/1.html", etag='"1"')))
    [page] = deal(desk).pages
    assert (page.url, page.found_title, page.found_precision) == (
        "http://a.example/1.html",
        "Tiêu đề",
        Precision.MINUTE,
    )
    assert page.found_published_at == NOW - timedelta(minutes=5)


def test_a_busy_outlet_is_left_alone(desk: ArchiveDesk, source: Source) -> None:
    assert not deal(desk, busy=frozenset(["bao-thu"]))


def test_validators_are_sent_until_a_full_check_is_due(desk: ArchiveDesk, source: Source) -> None:
    [first] = deal(desk).sources
    done(desk.source_read(listed(first, "http://a.example/1.html", etag='"1"', last_modified="x")))
    [second] = deal(desk, NOW + timedelta(seconds=61)).sources
    assert (second.etag, second.last_modified) == ('"1"', "x")
    done(desk.source_read(SourceReading(second, NOW + timedelta(seconds=61), not_modified=True, status=304)))
    [third] = deal(desk, NOW + timedelta(hours=7)).sources
    assert (third.etag, third.last_modified) == ("", "")
    outcomes = SourceRead.objects.order_by("at").values_list("outcome", flat=True)
    assert list(outcomes) == ["read", "not-modified"]


def test_a_page_becomes_an_article_and_the_next_step_is_woken(
    desk: ArchiveDesk, source: Source, woken: list[bool]
) -> None:
    [job] = deal(desk).sources
    done(desk.source_read(listed(job, "http://a.example/1.html")))
    [page] = deal(desk).pages
    done(desk.page_read(PageReading(page, NOW, fetched(page.url), article(page.url))))
    assert Article.objects.get().text == "Nội dung bài."
    assert woken == [True]
    # Nothing new the second time: the next step is left asleep.
    later = NOW + timedelta(seconds=50)
    [again] = deal(desk, later).pages
    assert again.known_digest
    done(desk.page_read(PageReading(again, later, fetched(page.url), article(page.url))))
    assert woken == [True]
    assert Article.objects.get().revision_count == 1


def test_a_page_taken_down_is_gone_and_keeps_its_text(
    desk: ArchiveDesk, source: Source, woken: list[bool]
) -> None:
    [job] = deal(desk).sources
    done(desk.source_read(listed(job, "http://a.example/1.html")))
    [page] = deal(desk).pages
    done(desk.page_read(PageReading(page, NOW, fetched(page.url), article(page.url))))
    later = NOW + timedelta(seconds=50)
    failure = FetchFailure(page.url, FailureKind.GONE, "410", 410)
    done(desk.page_read(PageReading(page, later, fetched(page.url, 410), failure=failure)))
    gone = Article.objects.get()
    assert gone.gone_at == later
    assert gone.text == "Nội dung bài."
    assert len(woken) == 2


def test_one_page_that_cannot_be_recorded_leaves_its_neighbours_alone(
    desk: ArchiveDesk, source: Source
) -> None:
    [job] = deal(desk).sources
    done(desk.source_read(listed(job, "http://a.example/1.html", "http://a.example/2.html")))
    first, second = deal(desk).pages
    wrong = dataclasses.replace(fetched(first.url), sha256="0" * 64)
    bad, good = desk._pages_read(
        [
            PageReading(first, NOW, wrong, article(first.url)),
            PageReading(second, NOW, fetched(second.url), article(second.url)),
        ]
    )
    assert isinstance(bad, ValueError)
    assert good is True
    assert [made.url for made in Article.objects.all()] == [second.url]
    other = Page.objects.get(pk=first.key)
    assert (other.visits, other.state, other.lease_until) == (0, "failed", None)
    assert "không lưu được" in other.last_error


def sent_home(job: PageJob, at: datetime) -> PageReading:
    home = dataclasses.replace(fetched("http://a.example/"), redirects=((302, job.url),))
    failure = FetchFailure(job.url, FailureKind.SENT_HOME, "về trang chủ", 302)
    return PageReading(job, at, home, failure=failure)


def test_an_article_that_leads_to_the_front_page_twice_is_gone_with_proof(
    desk: ArchiveDesk, source: Source, woken: list[bool]
) -> None:
    [job] = deal(desk).sources
    done(desk.source_read(listed(job, "http://a.example/1.html")))
    [page] = deal(desk).pages
    done(desk.page_read(PageReading(page, NOW, fetched(page.url), article(page.url))))
    first = NOW + timedelta(seconds=50)
    [again] = deal(desk, first).pages
    done(desk.page_read(sent_home(again, first)))
    assert Article.objects.get().gone_at is None
    assert deal(desk, first + timedelta(minutes=9)).pages == ()
    second = first + timedelta(minutes=13)
    [third] = deal(desk, second).pages
    done(desk.page_read(sent_home(third, second)))
    gone = Article.objects.get()
    assert (gone.gone_at, gone.text, len(woken)) == (second, "Nội dung bài.", 2)
    [event] = gone.events.all()
    assert (event.kind, event.status) == ("gone", 302)
    assert event.snapshot is not None
    headers, _ = read_snapshot(desk._store.folder, event.snapshot)
    assert ("X-Archive-Redirect", f"302 {page.url}") in headers


def test_a_site_that_sends_everybody_home_once_takes_nothing_down(desk: ArchiveDesk, source: Source) -> None:
    [job] = deal(desk).sources
    done(desk.source_read(listed(job, "http://a.example/1.html")))
    [page] = deal(desk).pages
    done(desk.page_read(PageReading(page, NOW, fetched(page.url), article(page.url))))
    for minutes in (1, 12, 13, 24):  # home, the article, home, the article
        at = NOW + timedelta(minutes=minutes)
        Page.objects.update(due_at=at, lease_until=None)
        [again] = deal(desk, at).pages
        reading = PageReading(again, at, fetched(page.url), article(page.url))
        done(desk.page_read(sent_home(again, at) if minutes in (1, 13) else reading))
    assert Article.objects.get().gone_at is None


def test_failures_are_recorded_with_their_kind_and_tried_again(desk: ArchiveDesk, source: Source) -> None:
    [job] = deal(desk).sources
    failure = FetchFailure(job.url, FailureKind.THROTTLED, "xin chờ", 429, retry_after=120.0)
    done(desk.source_read(SourceReading(job, NOW, failure=failure, status=429)))
    source.refresh_from_db()
    assert (source.last_error_kind, source.failures) == ("throttled", 1)
    assert source.next_due_at >= NOW + timedelta(seconds=120)
    assert source.lease_until is None


def test_our_own_outage_counts_against_nobody(desk: ArchiveDesk, source: Source) -> None:
    [job] = deal(desk).sources
    done(desk.source_read(listed(job, "http://a.example/1.html")))
    later = NOW + timedelta(seconds=70)
    out = deal(desk, later)
    assert len(out) == 2
    done(desk.outage(later, "mạng của ta hỏng", out))
    source.refresh_from_db()
    page = Page.objects.get()
    assert (source.failures, page.failures) == (0, 0)
    assert source.last_error == page.last_error == ""
    assert (source.lease_until, page.lease_until) == (None, None)
    assert SourceRead.objects.filter(outcome="outage").count() == 1
    assert len(deal(desk, later + timedelta(seconds=30))) == 2


def test_the_end_of_a_run_wants_first_visits_only(desk: ArchiveDesk, source: Source) -> None:
    [job] = deal(desk).sources
    urls = ["http://a.example/1.html", "http://a.example/2.html"]
    done(desk.source_read(listed(job, *urls)))
    [first, _] = deal(desk).pages
    done(desk.page_read(PageReading(first, NOW, fetched(first.url), article(first.url))))
    Page.objects.update(lease_until=None)
    later = NOW + timedelta(hours=1)
    assert done(desk.unvisited(later)) == 1
    closing = deal(desk, later, closing=True)
    assert closing.sources == ()
    assert [page.url for page in closing.pages] == [url for url in urls if url != first.url]
