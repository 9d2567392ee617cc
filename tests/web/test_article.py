"""The article page, its comparison of versions and its evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from archive.evidence import RawAnswer, append
from archive.models import Article, Snapshot
from archive.warc import WarcFolder
from tests.web.factory import find, make_article, make_outlet, revise, take_down

Page = Callable[..., str]
RAW = b"<html><script>alert(1)</script>"


def keep(article: Article, folder: Path, raw: bytes = RAW) -> Snapshot:
    store = WarcFolder(folder)
    answer = RawAnswer(article.url, 200, (), raw, timezone.now(), hashlib.sha256(raw).hexdigest())
    snapshot = append(store, answer, article)
    store.close()
    article.revisions.filter(number=1).update(snapshot=snapshot)
    return snapshot


def test_the_words_of_the_query_are_marked(page: Page) -> None:
    article = make_article(make_outlet())
    assert '<mark class="hit">12</mark>' in page(f"/bai/{article.pk}/?q=12")


def test_a_query_that_cannot_be_understood_marks_nothing(page: Page) -> None:
    article = make_article(make_outlet())
    assert '<mark class="hit">' not in page(f"/bai/{article.pk}/?q=((")


def test_markup_of_an_outlet_stays_text(page: Page) -> None:
    evil = "<script>alert(1)</script>"
    article = make_article(
        make_outlet(), f"{evil} tựa", lead=f"{evil} sapo", text=f"{evil}\n<img src=x onerror=alert(1)>"
    )
    find(article, "topic", f"{evil}", "script")
    find(article, "signal", "S1", "alert(1)", evidence={evil: evil})
    html = page(f"/bai/{article.pk}/?q=script")
    assert evil not in html and "<img src=x" not in html


def test_a_javascript_address_is_shown_and_never_linked(page: Page) -> None:
    article = make_article(make_outlet(home="javascript:alert(2)"), url="javascript:alert(1)")
    html = page(f"/bai/{article.pk}/") + page("/nguon/bao-lam-giang/")
    assert 'href="javascript:' not in html
    assert "<code>javascript:alert(1)</code>" in html


def test_links_to_outlets_tell_them_nothing(page: Page) -> None:
    article = make_article(make_outlet())
    html = page(f"/bai/{article.pk}/")
    assert f'<a href="{article.url}" rel="noopener noreferrer nofollow"' in html


def test_findings_are_chips_and_signals_are_to_be_checked(page: Page) -> None:
    article = make_article(make_outlet())
    find(article, "topic", "disaster-weather", "di dời")
    find(article, "province", "about", evidence={"name": "Lam Giang"})
    find(article, "signal", "S1", "12 hộ", evidence={"Sổ số liệu": "10 hộ"})
    html = page(f"/bai/{article.pk}/")
    assert "Thiên tai, thời tiết" in html and "Lam Giang" in html
    assert "Cần đối chiếu" in html and '<mark class="signal">12 hộ</mark>' in html and "10 hộ" in html


def test_findings_of_an_older_version_are_not_shown_as_todays(page: Page) -> None:
    article = make_article(make_outlet())
    find(article, "topic", "minerals")
    revise(article, text="Chuyện khác hẳn.")
    assert "Khoáng sản" not in page(f"/bai/{article.pk}/")


@pytest.mark.parametrize(
    "spans",
    [[{}], [{"field": "body", "start": 0, "end": 3}], [{"field": "text", "start": -4, "end": 9999}]],
)
def test_spans_that_do_not_fit_are_no_error(page: Page, spans: list[dict[str, object]]) -> None:
    article = make_article(make_outlet())
    finding = find(article, "signal", "S1")
    finding.spans = spans
    finding.save()
    assert "Số liệu khác sổ đăng ký" in page(f"/bai/{article.pk}/")


def test_an_article_taken_down_keeps_text_and_evidence(page: Page, snapshots: Path) -> None:
    article = make_article(make_outlet())
    snapshot = keep(article, snapshots)
    take_down(article)
    html = page(f"/bai/{article.pk}/")
    assert "Bài đã bị gỡ khỏi trang của báo" in html and "12 hộ dân" in html
    assert snapshot.payload_sha256 in html and snapshot.warc_file in html and "mắt xích khớp" in html


def test_a_row_that_was_tampered_with_breaks_its_link(page: Page, snapshots: Path) -> None:
    article = make_article(make_outlet())
    keep(article, snapshots)
    Snapshot.objects.update(status=404)
    assert "mắt xích không khớp" in page(f"/bai/{article.pk}/")


def test_the_raw_page_is_a_text_file_and_never_rendered(browser_client: Client, snapshots: Path) -> None:
    snapshot = keep(make_article(make_outlet()), snapshots)
    response = browser_client.get(f"/bang-chung/{snapshot.sequence}/tai-ve/")
    assert response.content == RAW
    assert response["Content-Type"] == "text/plain"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_raw_page_that_cannot_be_read_says_so(browser_client: Client, snapshots: Path) -> None:
    snapshot = keep(make_article(make_outlet()), snapshots)
    (snapshots / snapshot.warc_file).write_bytes(b"x" * 2000)
    response = browser_client.get(f"/bang-chung/{snapshot.sequence}/tai-ve/")
    assert response.status_code == 500
    assert "verify-evidence" in response.content.decode()


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 40, "-1", "abc", "1e3", "%00"])
def test_a_number_that_is_no_article_is_not_found(page: Page, number: str) -> None:
    assert "Không có trang này" in page(f"/bai/{number}/", status=404)


def test_a_comparison_shows_what_changed_and_that_it_matters(page: Page) -> None:
    article = make_article(make_outlet())
    revise(article, text=article.text.replace("12 hộ", "21 hộ"))
    html = page(f"/bai/{article.pk}/so-sanh/")
    assert "<del>12</del>" in html and "<ins>21</ins>" in html
    assert "Quan trọng: số liệu" in html


def test_any_two_versions_are_compared_older_first(page: Page) -> None:
    article = make_article(make_outlet())
    revise(article, title="Tựa hai")
    revise(article, title="Tựa ba")
    html = page(f"/bai/{article.pk}/so-sanh/?from=3&to=1")
    assert html.index("Phiên bản 1") < html.index("Phiên bản 3")
    assert "<ins>Tựa ba</ins>" in html


def test_markup_in_a_version_stays_text(page: Page) -> None:
    article = make_article(make_outlet())
    revise(article, text="<script>alert(1)</script> mới")
    assert "<script>alert" not in page(f"/bai/{article.pk}/so-sanh/")


@pytest.mark.parametrize("query", ["from=0", "to=9", "from=x", "to=-1", "from=" + "9" * 50, "to=²"])
def test_a_version_that_is_not_there_is_not_found(page: Page, query: str) -> None:
    article = make_article(make_outlet())
    assert page(f"/bai/{article.pk}/so-sanh/?{query}", status=404)


def test_the_number_of_queries_does_not_grow(
    browser_client: Client, snapshots: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article(make_outlet())
    for number in range(15):
        revision = revise(article, title=f"Tựa {number}")
        revision.snapshot = keep(article, snapshots)
        revision.save()
        find(article, "place", "commune", code=str(number))
    take_down(article)
    with django_assert_max_num_queries(11):
        browser_client.get(f"/bai/{article.pk}/")
