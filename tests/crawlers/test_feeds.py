"""RSS, Atom and RDF feeds as outlets really write them."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawlers.errors import Unreadable
from crawlers.listing import FeedReading, read_feed
from crawlers.records import FailureKind, Precision

VN = ZoneInfo("Asia/Ho_Chi_Minh")
URL = "https://bao.example.vn/rss/home.rss"
NOW = datetime(2026, 3, 20, tzinfo=UTC)
AT = datetime(2026, 3, 9, 8, 7, tzinfo=VN)


def rss(items: str, channel: str = "", namespaces: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {namespaces}><channel><title>Báo</title>'
        f"{channel}{items}</channel></rss>"
    ).encode()


def item(title: str = "Tin một", link: str = "https://bao.example.vn/tin-1.html", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def read(body: bytes, content_type: str = "application/xml") -> FeedReading:
    return read_feed(body, url=URL, content_type=content_type, now=NOW)


def test_rss_gives_links_titles_and_times_in_feed_order() -> None:
    date = "<pubDate>Mon, 09 Mar 2026 08:07:31 +0700</pubDate>"
    reading = read(rss(item(more=date) + item("Tin hai", "https://bao.example.vn/tin-2.html")))
    assert [(link.url[-6:], link.title) for link in reading.links] == [
        ("1.html", "Tin một"),
        ("2.html", "Tin hai"),
    ]
    assert (reading.links[0].published_at, reading.links[0].precision) == (AT, Precision.MINUTE)
    assert (reading.links[1].published_at, reading.links[1].precision) == (None, Precision.UNKNOWN)
    assert reading.warnings == ()


def test_atom_takes_published_before_updated_and_the_alternate_link() -> None:
    body = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Báo</title>
    <entry><title>Tin một</title>
    <link rel="self" href="https://bao.example.vn/api/1"/><link rel="alternate" href="https://bao.example.vn/tin-1.html"/>
    <published>2026-03-09T01:07:00Z</published><updated>2026-03-10T01:07:00Z</updated></entry></feed>"""
    (link,) = read(body.encode()).links
    assert (link.url, link.published_at) == ("https://bao.example.vn/tin-1.html", AT)


def test_rdf_with_dublin_core_dates() -> None:
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Báo</title></channel>
    <item rdf:about="a"><title>Tin một</title><link>https://bao.example.vn/tin-1.html</link><dc:date>2026-03-09T08:07</dc:date></item>
    </rdf:RDF>"""
    (link,) = read(body.encode()).links
    assert (link.title, link.published_at) == ("Tin một", AT)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Gi&amp;#225; c&amp;agrave; ph&amp;ecirc;", "Giá cà phê"),
        ("Giá &amp;quot;cà phê&amp;quot; tăng", 'Giá "cà phê" tăng'),
        ("<![CDATA[Giá <b>cà phê</b> &amp; tiêu]]>", "Giá cà phê & tiêu"),
        ("\n  Giá cà\n phê ", "Giá cà phê"),
        (unicodedata.normalize("NFD", "Giá cà phê"), "Giá cà phê"),
        ("Lãi &lt; 5 % và &gt; 3 %", "Lãi < 5 % và > 3 %"),
    ],
)
def test_titles_read_as_a_reader_sees_them(raw: str, shown: str) -> None:
    assert read(rss(item(raw))).links[0].title == shown


def test_a_bare_ampersand_hides_no_item() -> None:
    reading = read(rss(item("Cà phê & tiêu", "https://bao.example.vn/a?id=1&b=2") + item("Tin hai")))
    assert [link.title for link in reading.links] == ["Cà phê & tiêu", "Tin hai"]
    assert reading.links[0].url == "https://bao.example.vn/a?id=1&b=2"
    assert any("&" in warning for warning in reading.warnings)


def test_a_wrong_charset_header_is_not_believed() -> None:
    reading = read(rss(item("Đường vành đai")), "application/xml; charset=iso-8859-1")
    assert reading.links[0].title == "Đường vành đai"


def test_a_cut_feed_gives_what_came_and_a_warning() -> None:
    body = rss(item() + item("Tin hai", "https://bao.example.vn/tin-2.html"))
    reading = read(body[: body.index(b"</rss>") - 30])
    assert reading.links[0].title == "Tin một"
    assert any("XML hỏng" in warning for warning in reading.warnings)


def test_items_without_a_link_are_skipped_with_a_warning_and_a_permalink_guid_serves() -> None:
    guid = "<item><title>Tin ba</title><guid>https://bao.example.vn/tin-3.html</guid></item>"
    reading = read(
        rss("<item><title>Không có liên kết</title></item>" + item("x", "javascript:void(0)") + guid)
    )
    assert [link.url for link in reading.links] == ["https://bao.example.vn/tin-3.html"]
    assert any("2 mục" in warning for warning in reading.warnings)


def test_links_are_absolute_clean_and_each_once() -> None:
    reading = read(
        rss(item(link="/tin-1.html?utm_source=rss") + item(link="https://bao.example.vn/tin-1.html#x"))
    )
    assert [link.url for link in reading.links] == ["https://bao.example.vn/tin-1.html"]


@pytest.mark.parametrize(
    "date", ["Fri, 31 Dec 9999 23:59:59 GMT", "Sun, 22 Mar 2026 08:00:00 +0700", "hôm qua", ""]
)
def test_impossible_dates_are_dropped(date: str) -> None:
    (link,) = read(rss(item(more=f"<pubDate>{date}</pubDate>"))).links
    assert (link.published_at, link.precision) == (None, Precision.UNKNOWN)


@pytest.mark.parametrize(
    "date", ["2026-03-09 08:07:00", "09/03/2026 08:07", "3/9/2026 8:07:00 AM", "Mon, 09 Mar 2026 08:07:00"]
)
def test_a_missing_zone_is_viet_nams(date: str) -> None:
    assert read(rss(item(more=f"<pubDate>{date}</pubDate>"))).links[0].published_at == AT


SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>15</ttl>", 900.0),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800.0),
        ("<ttl>5</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3600.0),
        ("<ttl>-3</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>999999</ttl>", 604_800.0),
        ("", None),
    ],
)
def test_the_longest_interval_a_feed_asks_for(channel: str, seconds: float | None) -> None:
    assert read(rss(item(), channel, SY)).ttl == seconds


@pytest.mark.parametrize("body", [b"<html><body>404</body></html>", b"{}", b"", b"plain text"])
def test_what_is_no_feed_is_unreadable_and_says_so(body: bytes) -> None:
    with pytest.raises(Unreadable, match="không phải RSS, Atom hay RDF") as caught:
        read(body)
    assert caught.value.kind is FailureKind.UNREADABLE


def test_an_empty_feed_is_no_fault() -> None:
    assert read(rss("")) == FeedReading(())


@pytest.mark.corpus
@pytest.mark.parametrize("day", ["2017-07-26", "2017-08-30"])
def test_real_feeds_are_read_whole(shared_data: Path, day: str) -> None:
    gold = json.loads((shared_data / "pages" / f"vnexpress_rss_{day}.json").read_text(encoding="utf-8"))
    body = (shared_data / "pages" / gold["file"]).read_bytes()
    links = read_feed(body, url="http://vnexpress.net/rss/tin-moi-nhat.rss", content_type="text/xml").links
    assert len(links) == gold["distinct_links"]
    for link, which in ((links[0], "first"), (links[-1], "last")):
        stated = datetime.strptime(gold[f"{which}_pubDate"], "%a, %d %b %Y %H:%M:%S %z").replace(second=0)
        assert (link.title, link.url, link.published_at) == (
            gold[f"{which}_title"],
            gold[f"{which}_link"],
            stated,
        )
