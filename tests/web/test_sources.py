"""The sources page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from archive.failures import note_failure
from archive.models import Article, SourceRead
from tests.web.factory import make_article, make_outlet, make_source

Page = Callable[..., str]


def test_without_sources_the_page_teaches_where_they_come_from(page: Page) -> None:
    assert "outlets.toml" in page("/nguon/")


def test_failing_outlets_come_first_with_error_and_remedy(page: Page) -> None:
    make_source(make_outlet("a", "Báo An"))
    make_source(
        make_outlet("b", "Báo Bình"), failures=5, last_error_kind="dns", last_error="không phân giải được tên"
    )
    html = page("/nguon/")
    assert html.index("Báo Bình") < html.index("Báo An")
    assert "không phân giải được tên" in html and "Tên miền không tìm thấy" in html


def test_the_filter_keeps_one_state(page: Page) -> None:
    make_source(make_outlet("a", "Báo An"))
    make_source(make_outlet("b", "Báo Bình"), last_new_at=timezone.now() - timedelta(days=3))
    html = page("/nguon/?state=silent")
    assert "Báo Bình" in html and "Báo An" not in html


@pytest.mark.parametrize("state", ["", "x", "<script>"])
def test_an_unknown_state_shows_all(page: Page, state: str) -> None:
    make_source(make_outlet("a", "Báo An"))
    html = page(f"/nguon/?state={state}")
    assert "Báo An" in html and "<script>" not in html


def test_an_outlet_takes_the_worst_state_of_its_sources(page: Page) -> None:
    outlet = make_outlet()
    make_source(outlet)
    make_source(outlet, failures=3, last_error="hỏng")
    assert "Đang lỗi 1" in page("/nguon/")


def test_an_outlets_page_lists_readings_and_articles(page: Page) -> None:
    outlet = make_outlet()
    source = make_source(outlet)
    article = make_article(outlet)
    SourceRead.objects.create(
        source=source, at=timezone.now(), outcome="failed", error_kind="timeout", error="quá 30 giây <b>"
    )
    html = page(f"/nguon/{outlet.key}/")
    assert article.title in html and source.url in html
    assert "quá 30 giây &lt;b&gt;" in html and "Máy chủ trả lời quá chậm" in html
    assert "trang 1 / 2" in html and "trang 2 / 2" in page(f"/nguon/{outlet.key}/?page=2")


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40])
def test_a_page_of_the_history_that_is_not_there_is_another(page: Page, number: str) -> None:
    make_source(make_outlet())
    assert "trang" in page(f"/nguon/bao-lam-giang/?page={number}")


def test_an_unknown_outlet_is_not_found(page: Page) -> None:
    assert page("/nguon/khong-co/", status=404)


def test_an_outlet_without_sources_says_so(page: Page) -> None:
    make_outlet(active=False)
    assert "không còn trong hồ sơ tỉnh" in page("/nguon/bao-lam-giang/")


def test_the_number_of_queries_does_not_grow(
    browser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(15):
        make_source(make_outlet(f"bao-{number}", f"Báo {number}"), days=1)
    with django_assert_max_num_queries(10):
        browser_client.get("/nguon/")
    with django_assert_max_num_queries(13):
        browser_client.get("/nguon/bao-3/")


def test_articles_that_a_step_failed_on_are_listed_with_error_and_command(page: Page) -> None:
    assert "Bài chưa phân loại được" not in page("/nguon/")
    made = make_article(make_outlet(), "Bài lạ <b>")
    note_failure(made.pk, "classify", ValueError("quá dài <i>"), at=timezone.now())
    html = page("/nguon/")
    assert f'href="/bai/{made.pk}/"' in html
    assert "Bài lạ &lt;b&gt;" in html and "ValueError: quá dài &lt;i&gt;" in html
    assert "diembao reclassify --failed" in html


def test_articles_that_the_index_refused_are_listed_with_the_reason_and_the_remedy(page: Page) -> None:
    refused = make_article(make_outlet())
    assert "khong-vao-chi-muc" not in page("/nguon/")
    Article.objects.filter(pk=refused.pk).update(needs_index=False, index_error="mapper_parsing: too <odd>")
    html = page("/nguon/")
    assert "mapper_parsing: too &lt;odd&gt;" in html and "diembao reindex" in html
    assert f'href="/bai/{refused.pk}/"' in html
    assert "bài không vào được chỉ mục" in page("/"), "and among what waits on the first page"
