"""News sitemaps, plain sitemaps and indexes, packed or not."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers.errors import Unreadable
from crawlers.listing import SitemapReading, read_sitemap
from crawlers.records import FailureKind, Precision

VN = ZoneInfo("Asia/Ho_Chi_Minh")
URL = "https://bao.example.vn/sitemap.xml"
NOW = datetime(2026, 3, 20, tzinfo=UTC)
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def read(body: str | bytes) -> SitemapReading:
    return read_sitemap(body if isinstance(body, bytes) else body.encode(), url=URL, now=NOW)


def news_url(path: str, date: str, title: str) -> str:
    return (
        f"<url><loc>https://bao.example.vn{path}</loc><lastmod>2026-03-19T10:00:00+07:00</lastmod><news:news><news:publication>"
        f"<news:name>Báo</news:name></news:publication><news:publication_date>{date}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news><image:image xmlns:image='i'><image:loc>https://bao.example.vn/x.jpg</image:loc>"
        "<image:title>Ảnh</image:title></image:image></url>"
    )


def test_news_sitemaps_give_times_and_titles_newest_first() -> None:
    body = (
        f"<urlset {NS} {NEWS}>"
        + news_url("/1.html", "2026-03-08T07:00:00+07:00", "Cũ")
        + news_url("/2.html", "2026-03-09T08:07:45+07:00", "Mới &amp; hay")
    )
    reading = read(body + "</urlset>")
    assert [link.url for link in reading.links] == [
        "https://bao.example.vn/2.html",
        "https://bao.example.vn/1.html",
    ]
    newest = reading.links[0]
    assert (newest.title, newest.published_at, newest.precision) == (
        "Mới & hay",
        datetime(2026, 3, 9, 8, 7, tzinfo=VN),
        Precision.MINUTE,
    )


def test_the_last_change_of_a_plain_sitemap_is_no_published_time_but_orders() -> None:
    urls = "".join(
        f"<url><loc>https://bao.example.vn/{n}.html</loc><lastmod>2026-03-{n:02}</lastmod></url>"
        for n in (3, 9, 5)
    )
    reading = read(f"<urlset {NS}>{urls}<url><loc>https://bao.example.vn/0.html</loc></url></urlset>")
    assert [link.url[-6] for link in reading.links] == ["9", "5", "3", "0"]
    assert {(link.published_at, link.precision) for link in reading.links} == {(None, Precision.UNKNOWN)}


def test_an_index_gives_its_children_newest_first() -> None:
    body = (
        f"<sitemapindex {NS}><sitemap><loc>https://bao.example.vn/s-2025.xml</loc><lastmod>2025-12-31</lastmod></sitemap>"
        "<sitemap><loc>https://bao.example.vn/s-2026.xml.gz</loc><lastmod>2026-03-09</lastmod></sitemap></sitemapindex>"
    )
    reading = read(body)
    assert reading.children == ("https://bao.example.vn/s-2026.xml.gz", "https://bao.example.vn/s-2025.xml")
    assert reading.links == ()


def test_packed_sitemaps_are_unpacked() -> None:
    body = f"<urlset {NS}><url><loc>https://bao.example.vn/1.html</loc></url></urlset>"
    assert read(gzip.compress(body.encode())) == read(body)


def test_addresses_of_other_sites_and_schemes_are_left_out_with_a_warning() -> None:
    locs = (
        "https://khac.com/1",
        "ftp://bao.example.vn/1",
        "https://m.bao.example.vn/1",
        "",
        "https://bao.example.vn/2",
    )
    reading = read(f"<urlset {NS}>" + "".join(f"<url><loc>{loc}</loc></url>" for loc in locs) + "</urlset>")
    assert [link.url for link in reading.links] == ["https://m.bao.example.vn/1", "https://bao.example.vn/2"]
    assert reading.warnings[0].startswith("bỏ 3 địa chỉ")


@pytest.mark.parametrize(
    "body",
    [
        "<urlset><url><loc> https://bao.example.vn/1.html\n</loc></url></urlset>",
        "<urlset><url><news:news><news:title>x</news:title></news:news><loc>https://bao.example.vn/1.html</loc></url></urlset>",
        "<urlset><url><loc><![CDATA[https://bao.example.vn/1.html]]></loc></url>",
        "\n\n<urlset><url><loc>https://bao.example.vn/1.html</loc></url><url><loc>https://bao.exam",
        '<?xml version="1.0" encoding="utf-16"?><urlset><url><loc>https://bao.example.vn/1.html</loc></url></urlset>',
    ],
)
def test_sloppy_sitemaps_are_read(body: str) -> None:
    assert "https://bao.example.vn/1.html" in [link.url for link in read(body).links]


@pytest.mark.parametrize("body", ["<html><body>Không tìm thấy</body></html>", "", "<rss></rss>", "{}"])
def test_what_is_no_sitemap_is_unreadable(body: str) -> None:
    with pytest.raises(Unreadable, match="không phải sitemap") as caught:
        read(body)
    assert caught.value.kind is FailureKind.UNREADABLE


def test_at_most_fifty_thousand_links_are_taken() -> None:
    body = (
        "<urlset>"
        + "".join(f"<url><loc>https://bao.example.vn/{n}</loc></url>" for n in range(50_010))
        + "</urlset>"
    )
    reading = read(body)
    assert len(reading.links) == 50_000
    assert any("phần còn lại bị bỏ" in warning for warning in reading.warnings)
