"""What ``diembao sources check`` learns of each source."""

from __future__ import annotations

from datetime import UTC, datetime

from crawlers.probe import jobs_of, probe_sources
from provinces.records import Outlet, OutletKind, Scope
from tests.crawlers import mockserver as mock


def outlet(base: str, **lists: tuple[str, ...]) -> Outlet:
    urls = {kind: tuple(base + path for path in paths) for kind, paths in lists.items()}
    return Outlet(
        "bao-thu",
        "Báo Thử",
        OutletKind.NEWSPAPER,
        Scope.LOCAL,
        base,
        article_url=r"\.html$",
        delay=0.0,
        **urls,
    )


DATE = "<pubDate>Tue, 24 Nov 2026 08:00:00 +0700</pubDate>"
ITEM = f"<item><title>t</title><link>http://a.example/1.html</link>{DATE}</item>"
RSS = mock.page(f'<rss version="2.0"><channel>{ITEM}</channel></rss>', "application/xml")


def test_every_source_is_reported_in_order(reactor_loop, serve, limits) -> None:
    server = serve(
        {
            "/robots.txt": mock.page("User-agent: *\nDisallow: /kin", "text/plain"),
            "/rss": RSS,
            "/cu.rss": mock.redirect("/rss"),
            "/trong.rss": mock.page('<rss version="2.0"><channel></channel></rss>', "application/xml"),
            "/muc/": mock.page('<a href="/9.html">Một bài viết mới của báo</a>'),
            "/kin.xml": RSS,
        }
    )
    jobs = jobs_of(
        [
            outlet(
                server.base,
                feeds=("/rss", "/cu.rss", "/khong-co.rss", "/trong.rss"),
                sitemaps=("/kin.xml",),
                listings=("/muc/",),
            )
        ]
    )
    results = reactor_loop.run(probe_sources(jobs, limits))
    assert [result.url for result in results] == [job.url for job in jobs]
    good, moved, missing, empty, forbidden, listing = results
    assert (good.good, good.status, good.items, good.robots_allowed) == (True, 200, 1, True)
    assert good.newest == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert moved.good
    assert moved.final_url == f"{server.base}/rss"
    assert f"-> {server.base}/rss" in moved.as_line()
    assert (missing.good, missing.status) == (False, 404)
    assert not empty.good
    assert empty.error
    assert (forbidden.good, forbidden.robots_allowed) == (False, False)
    assert "/kin.xml" not in server.paths
    assert (listing.good, listing.items) == (True, 1)
    assert all(server.base in result.as_line() for result in results)


def test_the_probe_refuses_private_addresses_too(reactor_loop, limits) -> None:
    jobs = jobs_of([outlet("http://10.0.0.1", feeds=("/rss",))])
    [result] = reactor_loop.run(probe_sources(jobs, limits))
    assert not result.good
    assert "10.0.0.1" in result.error
