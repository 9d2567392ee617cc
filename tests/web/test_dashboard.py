"""The dashboard of today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from archive.models import Article
from archive.outage import index_is_short, index_is_whole, search_is_away, search_is_back
from tests.web.factory import make_article, make_outlet, make_source, revise, take_down
from web.clock import VIETNAM
from web.today import read_today

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=VIETNAM)
Page = Callable[..., str]


def test_an_empty_archive_teaches_how_to_begin(page: Page) -> None:
    html = page("/")
    assert "Kho bài còn trống" in html
    assert "diembao watch" in html


def test_watched_sources_without_articles_ask_for_patience(page: Page) -> None:
    source = make_source(make_outlet(), days=0, last_error="quá thời gian chờ")
    html = page("/")
    assert "Đang theo dõi 1 nguồn" in html
    assert source.url in html and "quá thời gian chờ" in html


@pytest.mark.django_db
def test_a_day_is_counted_in_viet_nam_and_by_publication() -> None:
    outlet = make_outlet()
    make_article(outlet, at=datetime(2026, 11, 25, 0, 10, tzinfo=VIETNAM))
    make_article(outlet, at=datetime(2026, 11, 25, 0, 1, tzinfo=VIETNAM))  # published 23:59 the day before
    assert read_today(NOON).count == 1


@pytest.mark.django_db
def test_usual_is_the_median_of_the_days_before_up_to_this_hour() -> None:
    outlet = make_outlet()
    for back, mornings in ((1, 2), (2, 4), (3, 6)):
        for _ in range(mornings):
            make_article(outlet, at=NOON - timedelta(days=back, hours=3))
        make_article(outlet, at=NOON - timedelta(days=back) + timedelta(hours=6))  # after this hour
    assert read_today(NOON).usual_by_now == 4.0


@pytest.mark.django_db
def test_too_few_days_have_no_usual_number() -> None:
    make_article(make_outlet(), at=NOON - timedelta(days=1))
    assert read_today(NOON).usual_by_now is None


def test_edits_and_removals_of_today_are_listed(page: Page) -> None:
    outlet = make_outlet()
    changed, gone = make_article(outlet, "Bài bị sửa"), make_article(outlet, "Bài bị gỡ")
    revise(changed, text="Sáng 24/11, 21 hộ dân được di dời.")
    take_down(gone)
    html = page("/")
    assert f"/bai/{changed.pk}/so-sanh/?from=1&amp;to=2" in html
    assert "sửa nội dung quan trọng" in html
    assert "Chưa thấy bài nào bị gỡ" not in html


def test_failing_sources_are_named_with_what_to_do(page: Page) -> None:
    make_source(make_outlet(name="Báo Thử"), failures=4, last_error="hết thời gian chờ", days=0)
    html = page("/")
    assert "Báo Thử" in html and "hết thời gian chờ" in html


def test_the_live_part_is_a_fragment_that_is_never_stored(browser_client: Client) -> None:
    response = browser_client.get("/hom-nay/")
    assert response["Cache-Control"] == "no-store"
    assert b"<html" not in response.content


def test_the_number_of_queries_does_not_grow(
    browser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        outlet = make_outlet(f"bao-{number}", f"Báo {number}")
        make_source(outlet, days=1, failures=5)
        article = make_article(outlet)
        revise(article, title=f"Tiêu đề {number}")
        take_down(make_article(outlet, at=timezone.now()))
    with django_assert_max_num_queries(34):
        browser_client.get("/")


def test_an_outage_of_the_search_is_said_with_since_when_and_what_waits(browser_client: Client) -> None:
    article = make_article(make_outlet())
    Article.objects.filter(pk=article.pk).update(needs_index=True)
    search_is_away(timezone.now())
    assert "Chỉ mục tìm kiếm chưa nhận bài mới từ" in browser_client.get("/hom-nay/").content.decode()
    browser_client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert "has taken no new articles since" in browser_client.get("/hom-nay/").content.decode()
    search_is_back()
    assert "has taken no new articles" not in browser_client.get("/hom-nay/").content.decode()


def test_an_index_that_lost_articles_is_said_until_it_is_whole_again(browser_client: Client) -> None:
    article = make_article(make_outlet())
    Article.objects.filter(pk=article.pk).update(needs_index=True)
    index_is_short(timezone.now())
    for address in ("/hom-nay/", "/tim-kiem/?q=xa"):
        html = browser_client.get(address).content.decode()
        assert "Chỉ mục tìm kiếm thiếu bài, phát hiện từ" in html, address
        assert "1 bài đang được đưa vào lại" in html
    search_is_away(timezone.now())
    html = browser_client.get("/hom-nay/").content.decode()
    assert "Chỉ mục tìm kiếm chưa nhận bài mới từ" in html
    assert "Chỉ mục tìm kiếm thiếu bài, phát hiện từ" in html
    search_is_back()
    browser_client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert "The search index lacks articles, noticed at" in browser_client.get("/hom-nay/").content.decode()
    index_is_whole()
    assert "lacks articles" not in browser_client.get("/hom-nay/").content.decode()
