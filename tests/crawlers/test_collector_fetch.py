"""One fetch against servers that behave and misbehave: an answer or a recorded failure, never a hang."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawlers.collector.failures import retry_after_seconds
from crawlers.collector.fetcher import header, judge
from crawlers.records import FailureKind, FetchedPage, FetchFailure
from tests.crawlers import mockserver as mock
from tests.crawlers.conftest import AGENT


def test_an_answer_comes_as_received(fetch, serve) -> None:
    server = serve({"/bai": mock.page("<p>Hà Tĩnh</p>", ETag='"1"')})
    [result] = fetch(f"{server.base}/bai")
    assert isinstance(result, FetchedPage)
    assert (result.status, result.body) == (200, "<p>Hà Tĩnh</p>".encode())
    assert header(result, "etag") == '"1"'
    assert judge(result) is None


def test_we_say_who_we_are_and_send_no_cookie_or_referer(fetch, serve) -> None:
    server = serve(
        {
            "/a": mock.status(302, Location="/b", Set_Cookie="track=1"),
            "/b": mock.page("b", Set_Cookie="track=2"),
        }
    )
    fetch(f"{server.base}/a", f"{server.base}/b")
    assert server.paths == ["/robots.txt", "/a", "/b", "/b"]
    for seen in server.seen:
        assert seen.headers["User-Agent"] == AGENT
        assert "Cookie" not in seen.headers
        assert "Referer" not in seen.headers


def test_a_conditional_request_is_answered_not_modified(fetch, serve) -> None:
    server = serve({"/rss": mock.status(304)})
    [result] = fetch(f"{server.base}/rss", etag='"abc"', last_modified="Wed, 01 Jan 2025 00:00:00 GMT")
    assert result.status == 304
    assert judge(result) is None
    assert server.seen[-1].headers["If-None-Match"] == '"abc"'
    assert server.seen[-1].headers["If-Modified-Since"] == "Wed, 01 Jan 2025 00:00:00 GMT"
    assert "If-None-Match" not in server.seen[0].headers


def test_gzip_is_unpacked(fetch, serve) -> None:
    packed = gzip.compress(b"<p>xin chao</p>" * 100)
    server = serve({"/z": mock.page(packed, Content_Encoding="gzip")})
    [result] = fetch(f"{server.base}/z")
    assert result.body == b"<p>xin chao</p>" * 100


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (mock.drip, FailureKind.TIMEOUT),
        (mock.slow(5.0, mock.page("late")), FailureKind.TIMEOUT),
        (mock.cut_short, FailureKind.CONNECTION),
        (mock.reset, FailureKind.CONNECTION),
        (mock.endless, FailureKind.TOO_LARGE),
        (mock.page(b"x" * 50_000_000), FailureKind.TOO_LARGE),
        (mock.page(gzip.compress(b"\0" * 20_000_000), Content_Encoding="gzip"), FailureKind.TOO_LARGE),
    ],
    ids=["slow-loris", "no-answer", "cut-short", "reset", "endless", "50-MB", "gzip-bomb"],
)
def test_a_hostile_answer_is_a_recorded_failure_and_the_next_fetch_works(
    fetch, serve, limits, reply, kind
) -> None:
    server = serve({"/bad": reply, "/good": mock.page("tốt")})
    bad, good = fetch(f"{server.base}/bad", f"{server.base}/good", limits=replace(limits, timeout_s=2.0))
    assert isinstance(bad, FetchFailure)
    assert bad.kind is kind, bad.message
    assert isinstance(good, FetchedPage)
    assert good.body == "tốt".encode()


def test_a_corrupt_gzip_body_is_no_crash(fetch, serve) -> None:
    server = serve({"/z": mock.page(b"\x1f\x8bnot gzip at all", Content_Encoding="gzip")})
    [result] = fetch(f"{server.base}/z")
    assert isinstance(result, FetchedPage | FetchFailure)


def test_a_refused_connection_is_a_connection_failure(fetch, serve) -> None:
    server = serve()
    server.close()
    [result] = fetch(f"{server.base}/")
    assert result.kind is FailureKind.CONNECTION


def test_five_redirects_are_followed_and_six_are_not(fetch, serve) -> None:
    pages = {f"/{n}": mock.redirect(f"/{n - 1}") for n in range(1, 7)}
    server = serve({**pages, "/0": mock.page("đến nơi")})
    five, six = fetch(f"{server.base}/5", f"{server.base}/6")
    assert five.url == f"{server.base}/0"
    assert five.requested_url == f"{server.base}/5"
    assert six.kind is FailureKind.REDIRECTS


def test_a_redirect_loop_ends(fetch, serve) -> None:
    server = serve({"/a": mock.redirect("/b"), "/b": mock.redirect("/a")})
    [result] = fetch(f"{server.base}/a")
    assert result.kind is FailureKind.REDIRECTS
    assert len(server.seen) <= 7


@pytest.mark.parametrize(
    ("code", "headers", "kind", "retry_after"),
    [
        (404, {}, FailureKind.GONE, None),
        (410, {}, FailureKind.GONE, None),
        (403, {}, FailureKind.HTTP_STATUS, None),
        (500, {}, FailureKind.HTTP_STATUS, None),
        (503, {}, FailureKind.HTTP_STATUS, None),
        (503, {"Retry-After": "0"}, FailureKind.THROTTLED, 0.0),
        (429, {"Retry-After": "1"}, FailureKind.THROTTLED, 1.0),
        (429, {}, FailureKind.THROTTLED, 30.0),
        (302, {}, FailureKind.REDIRECTS, None),
    ],
)
def test_every_status_has_its_failure(fetch, serve, code, headers, kind, retry_after) -> None:
    server = serve({"/x": mock.status(code, **headers)})
    [answer] = fetch(f"{server.base}/x")
    failure = judge(answer)
    assert failure is not None
    assert (failure.kind, failure.status, failure.retry_after) == (kind, code, retry_after)


def test_retry_after_is_read_in_both_forms_and_bounded() -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    later = format_datetime(now + timedelta(seconds=90), usegmt=True)
    earlier = format_datetime(now - timedelta(days=3), usegmt=True)
    read = [retry_after_seconds(text, now.timestamp()) for text in ("120", later, earlier, "9" * 30)]
    assert read == [120.0, 90.0, 0.0, 86_400.0]
    for nonsense in (None, "", "soon", "-5", "1.5", "٣", "Wed, 99 Foo 2025 00:00:00 GMT"):
        assert retry_after_seconds(nonsense, now.timestamp()) is None


@pytest.mark.parametrize(
    "url", ["khong-phai-url", "http://[::1", "http:///x", f"http://{'a' * 300}.example/", ""]
)
def test_what_is_no_address_is_refused_and_not_taken_for_a_network_failure(fetch, url: str) -> None:
    [result] = fetch(url)
    assert isinstance(result, FetchFailure)
    assert result.kind in (FailureKind.ADDRESS, FailureKind.DNS), result.message
