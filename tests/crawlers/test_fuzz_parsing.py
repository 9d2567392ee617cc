"""Hostile and broken bytes: every door answers or says ``Unreadable``, soon and in bounded memory."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.errors import Unreadable
from crawlers.extraction import extract
from crawlers.listing import read_feed, read_listing, read_sitemap
from crawlers.records import FailureKind

URL = "https://bao.example.vn/tin-1.html"
NOW = datetime(2026, 3, 20, tzinfo=UTC)
DOORS: dict[str, Callable[[bytes], object]] = {
    "page": lambda body: extract(body, url=URL, content_type="text/html", fetched_at=NOW),
    "feed": lambda body: read_feed(body, url=URL, content_type="application/xml"),
    "sitemap": lambda body: read_sitemap(body, url=URL),
    "listing": lambda body: read_listing(body, url=URL, article_url=r"-\d+\.html$"),
}
MB = 1024 * 1024

RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo</title>'
    + "<item><title>Tin số một</title><link>https://bao.example.vn/tin-1.html</link>"
    "<pubDate>Mon, 09 Mar 2026 08:07:00 +0700</pubDate></item>" * 20 + "</channel></rss>"
).encode()
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    + "<url><loc>https://bao.example.vn/tin-1.html</loc><lastmod>2026-03-09</lastmod></url>" * 20
    + "</urlset>"
).encode()
PAGE = (
    "<!DOCTYPE html><html><head><title>Tiêu đề bài báo</title></head><body><h1>Tiêu đề bài báo</h1>"
    + "<p>Đoạn văn thứ nhất của bài báo, đủ dài để được coi là văn bản.</p>" * 20
    + '<a href="/bai-viet-so-2.html">Bài viết số hai của tờ báo</a></body></html>'
).encode()
SAMPLES = {"feed": RSS, "sitemap": SITEMAP, "page": PAGE}

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BILLION = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def deep(before: str, tag: str, inside: str, after: str, depth: int = 10_000) -> bytes:
    return (before + f"<{tag}>" * depth + inside + f"</{tag}>" * depth + after).encode()


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\t ",
    "one NUL": b"\x00",
    "a MB of NULs": b"\x00" * MB,
    "random bytes": random.Random(5).randbytes(300_000),
    "a picture": b"\x89PNG\r\n\x1a\n" + random.Random(6).randbytes(50_000),
    "UTF-16 without a mark": PAGE.decode().encode("utf-16-le"),
    "UTF-16 with a mark": RSS.decode().encode("utf-16"),
    "UTF-32": SITEMAP.decode().encode("utf-32"),
    "a wrong declaration": RSS.replace(b'encoding="utf-8"', b'encoding="utf-16"'),
    "an unknown declaration": RSS.replace(b'encoding="utf-8"', b'encoding="x-klingon"'),
    "NULs between": b"\x00".join(bytes([b]) for b in PAGE),
    "billion laughs, feed": (
        BILLION + "<rss><channel><item><title>&l11;</title></item></channel></rss>"
    ).encode(),
    "billion laughs, sitemap": (BILLION + "<urlset><url><loc>&l11;</loc></url></urlset>").encode(),
    "billion laughs, page": (BILLION + "<html><body><h1>&l11;</h1><p>&l11;</p></body></html>").encode(),
    "file entity, feed": (
        OUTSIDE + "<rss><channel><item><title>&f;</title><link>&f;</link></item></channel></rss>"
    ).encode(),
    "file entity, sitemap": (OUTSIDE + "<urlset><url><loc>&f;</loc></url></urlset>").encode(),
    "nested divs": deep("<html><body><h1>Tiêu đề</h1>", "div", "<p>Một đoạn văn.</p>", "</body></html>"),
    "nested spans": deep("<html><body><h1>Tiêu đề</h1><p>", "span", "Một đoạn văn.", "</p></body></html>"),
    "nested tables": deep("<html><body>", "table><tr><td", "Một đoạn văn.", "</body></html>"),
    "nested channel": deep("<rss><channel>", "item", "<title>Tin</title>", "</channel></rss>"),
    "nested urls": deep("<urlset>", "url", "<loc>https://bao.example.vn/1.html</loc>", "</urlset>"),
    "never closed": b"<div>" * 50_000,
    "never opened": b"</div>" * 100_000,
    "a tag without an end": b"<a href='" + b"x" * MB,
    "a million ampersands": b"<rss><channel>" + b"&" * MB + b"</channel></rss>",
    "many open brackets": b"<rss>" + b"<" * 200_000,
    "many CDATA": b"<rss><channel>" + b"<![CDATA[" * 100_000,
    "many attributes": b"<html><body><p "
    + b" ".join(b"a%d='1'" % n for n in range(50_000))
    + b">x</p></body></html>",
    "many doctypes": b"<!DOCTYPE rss [" * 20_000 + b"<rss></rss>",
    "one long word": b"<html><body><h1>t</h1><p>" + b"a" * (2 * MB) + b"</p></body></html>",
    "one long line of digits": b"<html><body><h1>t</h1><div class='date'>"
    + b"1/" * MB
    + b"</div></body></html>",
    "many headlines": b"<html><title>t u v w</title><body>"
    + b"<h1>t u v w</h1>" * 20_000
    + b"</body></html>",
    "deep JSON": b"<html><script type='application/ld+json'>"
    + b"[" * 100_000
    + b"</script><body><p>x</p></body></html>",
    "gzip of nothing": gzip.compress(b""),
    "cut gzip": gzip.compress(SITEMAP)[:-20],
    "damaged gzip": b"\x1f\x8b" + random.Random(7).randbytes(5_000),
    "gzip bomb": gzip.compress(b"<urlset>" + b" " * (200 * MB), compresslevel=9),
}


def answers(door: str, body: bytes) -> object:
    """What the door gives, or the ``Unreadable`` that it raises; nothing else may come out."""
    try:
        return DOORS[door](body)
    except Unreadable as error:
        assert error.kind in (FailureKind.UNREADABLE, FailureKind.TOO_LARGE)
        assert error.message.startswith(URL)
        return error


@pytest.mark.timeout(30)
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_bytes_end_as_an_answer(door: str, kind: str) -> None:
    answer = answers(door, HOSTILE[kind])
    assert "root:" not in repr(answer)
    assert "hahahaha" not in repr(answer)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("door", DOORS)
def test_fifty_megabytes_are_answered(door: str) -> None:
    sample = SAMPLES.get(door, PAGE)
    half = len(sample) // 2
    answer = answers(door, sample[:half] + b"<p>x</p>\n" * (50 * MB // 9) + sample[half:])
    assert isinstance(answer, Unreadable)
    assert answer.kind is FailureKind.TOO_LARGE


def test_a_gzip_bomb_is_refused_as_too_large() -> None:
    answer = answers("sitemap", HOSTILE["gzip bomb"])
    assert isinstance(answer, Unreadable)
    assert answer.kind is FailureKind.TOO_LARGE


@pytest.mark.timeout(60)
@pytest.mark.parametrize("door", DOORS)
def test_bytes_cut_anywhere_are_answered(door: str) -> None:
    sample = SAMPLES.get(door, PAGE)
    for at in range(0, len(sample), max(1, len(sample) // 60)):
        answers(door, sample[:at])


@settings(max_examples=80, deadline=None)
@given(
    door=st.sampled_from(sorted(DOORS)),
    sample=st.sampled_from(sorted(SAMPLES)),
    wounds=st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=12)), max_size=8),
)
def test_wounded_documents_are_answered(door: str, sample: str, wounds: list[tuple[int, bytes]]) -> None:
    body = bytearray(SAMPLES[sample])
    for at, piece in wounds:
        at %= len(body)
        body[at : at + len(piece)] = piece
    answers(door, bytes(body))


@settings(max_examples=60, deadline=None)
@given(door=st.sampled_from(sorted(DOORS)), body=st.binary(max_size=400))
def test_any_bytes_are_answered(door: str, body: bytes) -> None:
    answers(door, body)
