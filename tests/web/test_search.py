"""The search page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from search.port import EngineUnavailable
from tests.web.factory import find, make_article, make_outlet, make_source, take_down
from web.clock import today

Page = Callable[..., str]
Index = Callable[[], None]


def hrefs(html: str) -> list[str]:
    return [address.replace("&amp;", "&") for address in re.findall(r'href="([^"]*)"', html)]


def found(html: str) -> list[int]:
    """Numbers of the articles in order."""
    part = html.partition('<ol class="items results"')[2]
    return [int(pk) for pk in re.findall(r'<h2><a class="headline" href="/bai/(\d+)/', part)]


def test_what_was_found_is_marked_in_title_and_passage(page: Page, index: Index) -> None:
    article = make_article(make_outlet())
    index()
    html = page("/tim-kiem/?q=sat+lo")
    assert found(html) == [article.pk]
    assert '<mark class="hit">sạt lở</mark>' in html


def test_markup_in_titles_texts_and_queries_stays_text(page: Page, index: Index) -> None:
    evil = "<script>alert(1)</script>"
    outlet = make_outlet(name="Báo <b>Lam</b>")
    make_article(outlet, f"Cầu {evil} nứt", lead=f'"><img src=x onerror=alert(1)> cầu {evil}')
    index()
    html = page("/tim-kiem/") + page("/tim-kiem/?q=cầu+<script>alert(1)</script>")
    html += page('/tim-kiem/?q="><script>alert(1)</script>', status=400)
    assert evil not in html and "<img src=x" not in html and "<b>Lam" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("precision", ["minute", "day", "unknown"])
def test_times_are_shown_no_more_exactly_than_they_are_known(
    page: Page, index: Index, precision: str
) -> None:
    article = make_article(make_outlet(), precision=precision)
    index()
    html = page("/tim-kiem/?q=sạt")
    clock = f"{timezone.localtime(article.first_seen_at) - timedelta(minutes=2):%H:%M}"
    assert (clock in html.partition("results")[2]) == (precision == "minute")
    assert ("trang chỉ ghi ngày" in html) == (precision == "day")
    assert ("không rõ giờ đăng" in html) == (precision == "unknown")


def test_a_facet_narrows_and_its_chip_widens_again(page: Page, index: Index) -> None:
    one, two = make_outlet(), make_outlet("bao-khac", "Báo Khác")
    mine = make_article(one)
    make_article(two)
    index()
    html = page("/tim-kiem/?q=sạt")
    narrow = next(href for href in hrefs(html) if "outlet=bao-lam-giang" in href)
    narrowed = page("/tim-kiem/" + narrow)
    assert found(narrowed) == [mine.pk]
    chip = re.search(r'<a class="chip chosen" href="([^"]+)"', narrowed)
    assert chip is not None
    assert len(found(page("/tim-kiem/" + chip[1].replace("&amp;", "&")))) == 2


def test_topics_have_their_names(page: Page, index: Index) -> None:
    find(make_article(make_outlet()), "topic", "disaster-weather")
    index()
    assert "Thiên tai, thời tiết" in page("/tim-kiem/?topic=disaster-weather")


def test_a_day_of_the_timeline_leads_to_that_day(page: Page, index: Index) -> None:
    outlet = make_outlet()
    now = timezone.now()
    old = make_article(outlet, at=now - timedelta(days=3))
    make_article(outlet, at=now)
    index()
    day = today(old.published_at).isoformat()
    html = page("/tim-kiem/?q=sạt")
    link = next(href for href in hrefs(html) if f"from={day}&to={day}" in href)
    assert found(page(link)) == [old.pk]


def test_badges_say_changed_and_gone(page: Page, index: Index) -> None:
    take_down(make_article(make_outlet(), revision_count=3))
    index()
    html = page("/tim-kiem/?q=sạt")
    assert "Đã gỡ" in html and "3 phiên bản" in html


def test_paging_shows_every_article_once(page: Page, index: Index) -> None:
    outlet = make_outlet()
    pks = {make_article(outlet).pk for _ in range(45)}
    index()
    address, seen = "?q=sạt&sort=newest", []
    for _ in range(3):
        html = page("/tim-kiem/" + address)
        seen += found(html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        if following:
            address = following[1].replace("&amp;", "&")
    assert following is None
    assert sorted(seen) == sorted(pks)
    assert "41–45" in html


def test_a_malformed_query_says_where(page: Page, index: Index) -> None:
    html = page("/tim-kiem/?q=l%C5%A9+AND+%28%22s%E1%BA%A1t%22", status=400)
    assert "Câu tìm chưa đúng" in html
    assert '<mark class="wrong">(</mark>' in html
    assert re.search(r"^ {7}\^", html, re.MULTILINE)


@pytest.mark.parametrize(
    "query",
    ["cursor=%00%ff", "cursor=abc", "cursor=" + "A" * 5000, "cursor=eyJzb3J0IjoibmV3ZXN0In0"],
)
def test_a_bad_cursor_leads_back_to_the_first_page(page: Page, index: Index, query: str) -> None:
    make_article(make_outlet())
    index()
    assert "Về trang đầu của kết quả" in page(f"/tim-kiem/?q=sạt&{query}", status=400)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "a" * 5000,
        "sort=<script>",
        "outlet=" + "x" * 500,
        "at=99999999999999999999",
        "at=-1",
        "&".join(f"topic={n}" for n in range(100)),
        "place=%F0%9F%98%80&about='&kind=\"",
        "gone=maybe",
    ],
)
def test_strange_addresses_are_no_error(page: Page, index: Index, query: str) -> None:
    make_article(make_outlet())
    index()
    assert "<main" in page(f"/tim-kiem/?{query}")


def test_a_day_that_is_none_is_named_and_left_out(page: Page, index: Index) -> None:
    make_article(make_outlet())
    index()
    html = page("/tim-kiem/?q=sạt&from=31/02/2026")
    assert "31/02/2026" in html and "không phải là ngày" in html
    assert len(found(html)) == 1


def test_nothing_found_says_how_complete_collection_was(page: Page, index: Index) -> None:
    make_source(make_outlet(name="Báo Thử"), last_new_at=timezone.now() - timedelta(days=3))
    index()
    html = page("/tim-kiem/?q=chẳng+có+gì")
    assert "Không tìm thấy bài nào" in html
    assert "Thu thập chưa đầy đủ" in html and "Báo Thử" in html


def test_an_engine_that_is_away_is_told_and_nothing_is_lost(
    page: Page, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> None:
        raise EngineUnavailable("máy tìm kiếm không trả lời")

    from web import engine

    index()
    monkeypatch.setattr(type(engine.engine()), "search", away)
    html = page("/tim-kiem/?q=sạt", status=503)
    assert "máy tìm kiếm không trả lời" in html and "Không mất bài nào" in html


def test_the_number_of_queries_does_not_grow(
    browser_client: Client, index: Index, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        find(make_article(make_outlet(f"bao-{number}", f"Báo {number}")), "topic", "environment")
    index()
    browser_client.get("/tim-kiem/?q=sạt")
    with django_assert_max_num_queries(8):
        assert len(found(browser_client.get("/tim-kiem/?q=sạt").content.decode())) == 20


def test_a_mistyped_outlet_or_topic_is_told_with_what_exists(page: Page, index: Index) -> None:
    make_article(make_outlet())
    index()
    html = page("/tim-kiem/?q=" + quote('báo:"Lam Gianh" OR chủđề:"thiên tay"'))
    assert "Không theo dõi báo nào tên" in html
    assert '<mark class="wrong">&quot;Lam Gianh&quot;</mark>' in html
    assert '<b lang="vi">Báo Lam Giang</b>' in html
    assert "Không có chủ đề nào tên" in html
    assert "Không biết địa danh" not in html


def test_a_mistyped_place_is_told_when_nothing_is_found(page: Page, index: Index) -> None:
    index()
    html = page("/tim-kiem/?q=" + quote('nơi:"Hà Tỉnk"'))
    assert "Không biết địa danh nào tên" in html
    assert "Hà Tĩnh</b>" in html
    assert "Không biết địa danh" not in page("/tim-kiem/?q=" + quote('nơi:"Hà Tĩnh"'))
