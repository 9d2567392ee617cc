"""The collector's day with a desk that is a plain list: deals, readings, errors, outages, endings."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from crawlers.collector.collector import collect
from crawlers.collector.desk import Deal
from crawlers.records import FailureKind, PageJob, PageReading, SourceJob, SourceKind, SourceReading
from tests.crawlers import mockserver as mock

ARTICLE = """<html><head><title>Khởi công cầu mới</title></head><body><h1>Khởi công cầu mới</h1>
<time datetime="2026-11-24T08:05+07:00">08:05 24/11/2026</time><h2 class="sapo">Cầu dài 300 mét.</h2>
<article><p>Sáng 24/11, tỉnh Lam Giang khởi công cầu bắc qua sông Lam, nối hai xã bên bờ.</p>
<p>Công trình dự kiến hoàn thành sau hai năm, thay cho bến đò đã hoạt động nhiều chục năm nay.</p>
<p>Người dân hai bên bờ cho biết họ đã chờ cây cầu này từ rất lâu và mong thi công đúng hẹn.</p></article>
</body></html>"""


def rss(*urls: str) -> mock.Reply:
    items = "".join(f"<item><title>Tin {n}</title><link>{url}</link></item>" for n, url in enumerate(urls))
    return mock.page(
        f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>', "application/xml"
    )


@dataclass
class ListDesk:
    """Deals its jobs once each; remembers everything that comes back."""

    sources: list[SourceJob] = field(default_factory=list)
    pages: list[PageJob] = field(default_factory=list)
    source_readings: list[SourceReading] = field(default_factory=list)
    page_readings: list[PageReading] = field(default_factory=list)
    outages: list[Deal] = field(default_factory=list)
    deals: list[tuple[int, frozenset[str], bool]] = field(default_factory=list)
    follow: bool = False  # put the links of a source back as pages
    failing: int = 0  # how many more deals raise
    due_after_first: list[SourceJob] = field(default_factory=list)

    async def deal(self, now: datetime, *, room: int, busy: frozenset[str], closing: bool) -> Deal:
        assert now.tzinfo is not None
        self.deals.append((room, busy, closing))
        if self.failing:
            self.failing -= 1
            raise RuntimeError("the database is away")
        sources = [] if closing else [job for job in self.sources if job.outlet not in busy][:room]
        pages = [job for job in self.pages if job.outlet not in busy][: room - len(sources)]
        self.sources = [job for job in self.sources if job not in sources]
        self.pages = [job for job in self.pages if job not in pages]
        return Deal(tuple(sources), tuple(pages))

    async def source_read(self, reading: SourceReading) -> None:
        self.source_readings.append(reading)
        self.sources += self.due_after_first
        if self.follow:
            self.pages += [
                PageJob(n, reading.job.outlet, link.url, 0.0, found_title=link.title)
                for n, link in enumerate(reading.links)
            ]

    async def page_read(self, reading: PageReading) -> None:
        self.page_readings.append(reading)

    async def outage(self, at: datetime, reason: str, deal: Deal) -> None:
        self.outages.append(deal)
        self.sources += deal.sources
        self.pages += deal.pages

    async def unvisited(self, until: datetime) -> int:
        return len(self.pages)


def feed(key: int, url: str, kind: SourceKind = SourceKind.FEED, **more: str) -> SourceJob:
    return SourceJob(key, f"bao-{key}", kind, url, r"\.html$", 0.0, **more)


@pytest.fixture
def day(reactor_loop, limits):
    """Runs the collector for a time, or until ``until()`` holds."""

    def run(desk: ListDesk, seconds: float | None = None, until=None, limits=limits) -> None:
        async def main() -> None:
            stop = asyncio.Event()
            collecting = asyncio.ensure_future(collect(desk, limits, stop=stop, seconds=seconds))
            while until is not None and not until() and not collecting.done():
                await asyncio.sleep(0.02)
            if until is not None:
                stop.set()
            await collecting

        reactor_loop.run(main())

    return run


def test_a_feed_is_read_and_its_articles_are_fetched_and_extracted(day, serve) -> None:
    server = serve({"/1.html": mock.page(ARTICLE)})
    server.pages["/rss"] = rss(f"{server.base}/1.html?utm_source=rss")
    desk = ListDesk([feed(1, f"{server.base}/rss")], follow=True)
    day(desk, until=lambda: desk.page_readings)
    [reading], [page] = desk.source_readings, desk.page_readings
    assert [link.url for link in reading.links] == [f"{server.base}/1.html"]
    assert page.failure is None
    assert page.article is not None
    assert page.article.title == "Khởi công cầu mới"
    assert "bến đò" in page.article.text


def test_every_kind_of_source_is_read(day, serve) -> None:
    server = serve(
        {"/chuyen-muc/": mock.page('<a href="/2.html">Cầu mới thông xe hôm nay</a><a href="/x">x</a>')}
    )
    base = server.base
    child = f"<urlset><url><loc>{base}/3.html</loc></url></urlset>"
    server.pages["/con.xml"] = mock.page(child, "application/xml")
    index = f"<sitemapindex><sitemap><loc>{base}/con.xml</loc></sitemap></sitemapindex>"
    server.pages["/muc-luc.xml"] = mock.page(index, "application/xml")
    desk = ListDesk(
        [
            feed(1, f"{base}/chuyen-muc/", SourceKind.LISTING),
            feed(2, f"{base}/muc-luc.xml", SourceKind.SITEMAP),
        ]
    )
    day(desk, until=lambda: len(desk.source_readings) == 2)
    found = {reading.job.key: [link.url for link in reading.links] for reading in desk.source_readings}
    assert found == {1: [f"{base}/2.html"], 2: [f"{base}/3.html"]}


def test_validators_and_lifetimes_come_back(day, serve) -> None:
    answer = mock.page(
        b'<rss version="2.0"><channel><item><link>http://a.example/1</link></item></channel></rss>',
        "application/xml",
        ETag='"7"',
        Last_Modified="Wed, 01 Jan 2025 00:00:00 GMT",
        Cache_Control="public, max-age=900",
    )
    server = serve({"/rss": answer, "/moi": mock.status(304)})
    desk = ListDesk([feed(1, f"{server.base}/rss"), feed(2, f"{server.base}/moi", etag='"7"')])
    day(desk, until=lambda: len(desk.source_readings) == 2)
    whole, same = sorted(desk.source_readings, key=lambda reading: reading.job.key)
    assert (whole.etag, whole.last_modified) == ('"7"', "Wed, 01 Jan 2025 00:00:00 GMT")
    assert whole.ttl == 900
    assert same.not_modified
    assert same.failure is None


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (mock.status(500), FailureKind.HTTP_STATUS),
        (mock.status(404), FailureKind.GONE),
        (mock.page("<html>không phải RSS</html>"), FailureKind.UNREADABLE),
        (mock.page(b"\x00\xff" * 2000, "application/xml"), FailureKind.UNREADABLE),
        (mock.endless, FailureKind.TOO_LARGE),
    ],
)
def test_a_bad_source_is_a_recorded_failure(day, serve, reply, kind) -> None:
    server = serve({"/rss": reply})
    desk = ListDesk([feed(1, f"{server.base}/rss")])
    day(desk, until=lambda: desk.source_readings)
    [reading] = desk.source_readings
    assert reading.failure is not None
    assert reading.failure.kind is kind
    assert reading.failure.message


def test_a_page_taken_down_keeps_its_answer_as_evidence(day, serve) -> None:
    server = serve({"/1.html": mock.status(410)})
    desk = ListDesk(pages=[PageJob(1, "bao", f"{server.base}/1.html", 0.0)])
    day(desk, until=lambda: desk.page_readings)
    [reading] = desk.page_readings
    assert reading.failure is not None
    assert reading.failure.kind is FailureKind.GONE
    assert reading.page is not None
    assert (reading.page.status, reading.page.body) == (410, b"..")


def test_a_page_that_redirects_to_the_front_page_is_no_article_and_keeps_the_way(day, serve) -> None:
    server = serve({"/1.html": mock.redirect("/"), "/": mock.page(ARTICLE)})
    desk = ListDesk(pages=[PageJob(1, "bao", f"{server.base}/1.html", 0.0)])
    day(desk, until=lambda: desk.page_readings)
    [reading] = desk.page_readings
    assert reading.article is None
    assert reading.failure is not None
    assert reading.failure.kind is FailureKind.SENT_HOME
    assert "trang chủ" in reading.failure.message
    assert reading.page is not None
    [(status, left)] = reading.page.redirects
    assert status == reading.failure.status
    assert (300 <= status < 400, left) == (True, f"{server.base}/1.html")


def test_a_redirect_to_an_endless_address_is_a_recorded_failure(day, serve) -> None:
    server = serve({"/1.html": mock.redirect("/" + "dài" * 800 + ".html")})
    desk = ListDesk(pages=[PageJob(1, "bao", f"{server.base}/1.html", 0.0)])
    day(desk, until=lambda: desk.page_readings)
    [reading] = desk.page_readings
    assert reading.failure is not None
    assert reading.failure.kind is FailureKind.ADDRESS
    assert "2000" in reading.failure.message


def test_an_outlet_that_asks_for_a_pause_is_left_alone(day, serve) -> None:
    server = serve({"/rss": mock.status(429, Retry_After="300")})
    desk = ListDesk([feed(1, f"{server.base}/rss")])
    day(desk, until=lambda: desk.deals and desk.source_readings and desk.deals[-1][1])
    assert desk.source_readings[0].failure.retry_after == 300
    assert desk.deals[-1][1] == {"bao-1"}


def test_an_outlet_with_a_job_in_progress_is_busy(day, serve) -> None:
    server = serve({"/cham": mock.slow(4.0, mock.status(404))})
    desk = ListDesk([feed(1, f"{server.base}/cham")])
    day(desk, until=lambda: len(desk.deals) > 1)
    assert desk.deals[1][1] == {"bao-1"}


def test_a_desk_that_fails_is_asked_again(day, serve, caplog) -> None:
    server = serve({"/rss": rss("http://a.example/1.html")})
    desk = ListDesk([feed(1, f"{server.base}/rss")], failing=1)
    day(desk, until=lambda: desk.source_readings)
    assert "asked again" in caplog.text


def test_the_end_of_a_timed_run_finishes_what_was_found_and_reads_no_more_sources(day, serve, limits) -> None:
    pages = {f"/{n}.html": mock.page(ARTICLE) for n in range(6)}
    server = serve(pages)
    server.pages["/rss"] = mock.slow(0.8, rss(*(server.base + path for path in pages)))
    late = feed(2, f"{server.base}/rss")
    desk = ListDesk([feed(1, f"{server.base}/rss")], follow=True, due_after_first=[late])
    day(desk, seconds=0.5, limits=replace(limits, grace_s=50.0))
    assert [reading.job.key for reading in desk.source_readings] == [1]
    assert len(desk.page_readings) == 6
    assert all(reading.article for reading in desk.page_readings)
    assert desk.deals[-1][2]


def test_a_request_to_stop_waits_for_jobs_in_progress_but_not_for_ever(day, serve, limits) -> None:
    server = serve({"/nhanh": mock.slow(0.5, mock.status(410)), "/treo": mock.slow(20, mock.status(410))})
    other = serve({"/treo": mock.slow(20, mock.status(410))})
    desk = ListDesk(
        pages=[PageJob(1, "a", f"{server.base}/nhanh", 0.0), PageJob(2, "b", f"{other.base}/treo", 0.0)]
    )
    started = time.monotonic()
    day(
        desk,
        until=lambda: len(server.seen) == 2 and len(other.seen) == 2,
        limits=replace(limits, timeout_s=30, stop_s=5.0),
    )
    assert [reading.job.key for reading in desk.page_readings] == [1]
    assert time.monotonic() - started < 15


def test_our_own_outage_counts_against_nobody_and_ends_with_an_answer(day, serve, limits, caplog) -> None:
    servers = [serve() for _ in range(4)]
    for server in servers:
        server.close()
    desk = ListDesk([feed(n, f"{server.base}/rss") for n, server in enumerate(servers)])
    revived: list[mock.MockServer] = []

    def until() -> bool:
        if len(desk.outages) >= 4 and not revived:
            gone = servers[0]
            revived.append(mock.MockServer(gone.host, gone.port, pages={"/rss": rss("http://a.example/1")}))
        return bool(desk.source_readings)

    day(desk, until=until, limits=replace(limits, hold_s=5.0, robots_retry_s=0.1))
    revived[0].close()
    [answered, *late] = desk.source_readings
    assert answered.failure is None
    assert answered.job.key == 0
    # After the outage the hosts still down are their own failures again.
    assert all(reading.failure for reading in late)
    assert "own network" in caplog.text


def test_one_dead_host_among_living_ones_is_its_own_failure(day, serve) -> None:
    dead = serve()
    dead.close()
    living = serve({"/rss": rss("http://a.example/1")})
    desk = ListDesk([feed(1, f"{dead.base}/rss"), feed(2, f"{living.base}/rss")])
    day(desk, until=lambda: len(desk.source_readings) == 2)
    outcomes = {reading.job.key: reading.failure for reading in desk.source_readings}
    assert outcomes[1] is not None
    assert outcomes[1].kind is FailureKind.CONNECTION
    assert outcomes[2] is None
    assert desk.outages == []
