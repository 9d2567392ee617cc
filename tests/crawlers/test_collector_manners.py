"""robots.txt, one request at a time, the delay, and a host that asks us to stay away."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawlers.collector.fetcher import Fetcher
from crawlers.collector.runner import with_fetcher
from crawlers.records import FailureKind, FetchedPage, FetchFailure
from tests.crawlers import mockserver as mock

DELAY = 0.15


def robots(text: str) -> mock.Reply:
    return mock.page(text, "text/plain")


@pytest.fixture
def fetch_at_once(reactor_loop, limits):
    """Fetches addresses all at the same time, with the delay."""

    def run(*urls: str, delay: float = DELAY):
        async def work(fetcher: Fetcher, gate: object):
            return await asyncio.gather(*(fetcher.fetch(url, delay=delay) for url in urls))

        return reactor_loop.run(with_fetcher(limits, work))

    return run


def test_what_robots_txt_forbids_is_never_asked_for(fetch, serve) -> None:
    rules = "User-agent: *\nDisallow: /noi-bo/\nAllow: /noi-bo/cong-khai\n"
    server = serve(
        {"/robots.txt": robots(rules), "/noi-bo/cong-khai": mock.page("x"), "/bai": mock.page("y")}
    )
    forbidden, allowed, page = fetch(
        *(server.base + path for path in ("/noi-bo/lich", "/noi-bo/cong-khai", "/bai"))
    )
    assert forbidden.kind is FailureKind.ROBOTS
    assert isinstance(allowed, FetchedPage)
    assert isinstance(page, FetchedPage)
    assert server.paths == ["/robots.txt", "/noi-bo/cong-khai", "/bai"]


def test_rules_for_us_by_name_hold(fetch, serve) -> None:
    server = serve({"/robots.txt": robots("User-agent: DiemBao\nDisallow: /\n\nUser-agent: *\nAllow: /\n")})
    [result] = fetch(f"{server.base}/bai")
    assert result.kind is FailureKind.ROBOTS


def test_a_redirect_to_a_forbidden_page_is_not_followed(fetch, serve) -> None:
    server = serve({"/robots.txt": robots("User-agent: *\nDisallow: /kin"), "/mo": mock.redirect("/kin/1")})
    [result] = fetch(f"{server.base}/mo")
    assert result.kind is FailureKind.ROBOTS
    assert "/kin/1" not in server.paths


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_no_robots_txt_allows_everything(fetch, serve, code: int) -> None:
    server = serve({"/robots.txt": mock.status(code), "/bai": mock.page("x")})
    [result] = fetch(f"{server.base}/bai")
    assert isinstance(result, FetchedPage)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (mock.status(500), FailureKind.HTTP_STATUS),
        (mock.status(503), FailureKind.HTTP_STATUS),
        (mock.status(429), FailureKind.HTTP_STATUS),
        (mock.reset, FailureKind.CONNECTION),
        (mock.slow(5.0, mock.status(404)), FailureKind.TIMEOUT),
    ],
    ids=["500", "503", "429", "reset", "timeout"],
)
def test_nothing_is_asked_while_robots_txt_cannot_be_read(fetch, serve, limits, reply, kind) -> None:
    server = serve({"/robots.txt": reply, "/bai": mock.page("x")})
    patient = replace(limits, timeout_s=2.0, robots_retry_s=60.0)
    first, second = fetch(f"{server.base}/bai", f"{server.base}/bai", limits=patient)
    assert isinstance(first, FetchFailure)
    assert first.kind is kind
    assert isinstance(second, FetchFailure)
    assert server.paths == ["/robots.txt"]


def test_robots_txt_is_read_again_and_kept_while_the_server_fails(reactor_loop, serve, limits) -> None:
    server = serve({"/robots.txt": robots("User-agent: *\nDisallow: /kin"), "/bai": mock.page("x")})
    urls = f"{server.base}/bai", f"{server.base}/kin"

    async def work(fetcher: Fetcher, gate: object):
        before = [await fetcher.fetch(url, delay=0) for url in urls]
        server.pages["/robots.txt"] = mock.status(500)
        await asyncio.sleep(0.4)
        failing = [await fetcher.fetch(url, delay=0) for url in urls]
        server.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /bai")
        await asyncio.sleep(0.4)
        return before, failing, [await fetcher.fetch(url, delay=0) for url in urls]

    brief = replace(limits, robots_ttl_s=0.3, robots_retry_s=0.3)
    before, failing, after = reactor_loop.run(with_fetcher(brief, work))
    kinds = [[getattr(result, "kind", "page") for result in results] for results in (before, failing, after)]
    assert kinds[0] == ["page", FailureKind.ROBOTS]
    assert kinds[1] == ["page", FailureKind.ROBOTS]
    assert kinds[2][0] is FailureKind.ROBOTS


def test_one_request_at_a_time_and_the_delay_between_any_two(fetch_at_once, serve) -> None:
    pages = {f"/{n}": mock.page("x") for n in range(4)}
    server = serve(
        {**pages, "/cham": mock.slow(0.3, mock.page("x")), "/di": mock.redirect("/0"), "/loi": mock.reset}
    )
    results = fetch_at_once(
        *(server.base + path for path in ("/0", "/cham", "/di", "/loi", "/1", "/2", "/3"))
    )
    assert sum(isinstance(result, FetchedPage) for result in results) == 6
    assert len(server.seen) == 9  # robots.txt and the redirect's target among them
    assert server.most_at_once == 1
    assert min(server.gaps()) >= DELAY


def test_hosts_do_not_wait_for_each_other(fetch_at_once, serve) -> None:
    late = {"/robots.txt": mock.slow(1.5, mock.status(404))}
    servers = [serve({**late, "/a": mock.page("x")}) for _ in range(3)]
    results = fetch_at_once(*(f"{server.base}/a" for server in servers))
    assert all(isinstance(result, FetchedPage) for result in results)
    starts = [server.seen[0].at for server in servers]
    assert max(starts) < min(server.seen[1].at for server in servers)


def test_a_redirect_to_another_host_waits_for_that_hosts_turn(fetch_at_once, serve) -> None:
    target = serve({f"/{n}": mock.page("x") for n in range(3)})
    origin = serve({f"/{n}": mock.redirect(f"{target.base}/{n}") for n in range(3)})
    fetch_at_once(*(f"{origin.base}/{n}" for n in range(3)))
    assert len(target.seen) == 4
    assert target.most_at_once == 1
    assert min(target.gaps()) >= DELAY


def test_a_crawl_delay_in_robots_txt_is_honoured(fetch_at_once, serve) -> None:
    rules = "User-agent: *\nCrawl-delay: 0.4\n"
    server = serve({"/robots.txt": robots(rules), **{f"/{n}": mock.page("x") for n in range(3)}})
    fetch_at_once(*(f"{server.base}/{n}" for n in range(3)))
    assert min(server.gaps()[1:]) >= 0.4


def test_the_whole_host_pauses_as_long_as_it_asks(fetch_at_once, serve) -> None:
    server = serve({"/dong": mock.status(429, Retry_After="1"), "/b": mock.page("x"), "/c": mock.page("x")})
    throttled, *others = fetch_at_once(*(server.base + path for path in ("/dong", "/b", "/c")))
    assert throttled.status == 429
    assert all(isinstance(result, FetchedPage) for result in others)
    place = server.paths.index("/dong")
    assert server.gaps()[place] >= 1.0


@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.parametrize("code", [429, 503])
def test_a_long_pause_sends_the_jobs_back_instead_of_waiting(
    fetch_at_once, serve, form: str, code: int
) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=600), usegmt=True)
    asked = "600" if form == "seconds" else until
    server = serve({"/dong": mock.status(code, Retry_After=asked), "/b": mock.page("x")})
    throttled, other = fetch_at_once(server.base + "/dong", server.base + "/b")
    assert throttled.status == code
    assert isinstance(other, FetchFailure)
    assert other.kind is FailureKind.THROTTLED
    assert other.retry_after is not None
    assert 590 <= other.retry_after <= 600
    assert "/b" not in server.paths
