"""Correcting topics on the article page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from archive.corrections import topics_of
from archive.models import Article, TopicCorrection
from tests.web.factory import find, make_article, make_outlet, revise
from tests.web.roles import signed_in

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def article() -> Article:
    row = make_article(make_outlet())
    find(row, "topic", "disaster-weather", "di dời")
    return row


def post(
    article: Article, topics: str, shown: str = "disaster-weather", reason: str = "đọc cả bài"
) -> object:
    data = {"topic": topics.split(), "shown": shown.split(), "reason": reason}
    return signed_in("officer").post(f"/bai/{article.pk}/chu-de/", data)


def topics(article: Article) -> set[str]:
    return set(topics_of(list(article.findings.all())))


def page(article: Article, client: Client | None = None) -> str:
    return (client or signed_in("officer")).get(f"/bai/{article.pk}/").content.decode()


def test_ticked_boxes_become_the_topics_and_show_at_once(article: Article) -> None:
    assert post(article, "minerals environment").status_code == 302
    assert topics(article) == {"minerals", "environment"}
    html = page(article)
    assert "+ Khoáng sản" in html and "− Thiên tai, thời tiết" in html and "đọc cả bài" in html
    chips = html.partition('<dl class="findings">')[2].partition("</dl>")[0]
    assert "Khoáng sản" in chips and "Thiên tai" not in chips


def test_the_index_will_see_the_correction(article: Article, index: Callable[[], None]) -> None:
    index()
    Article.objects.update(needs_index=False)
    post(article, "disaster-weather minerals")
    assert Article.objects.get().needs_index


def test_only_what_the_officer_changed_counts(article: Article) -> None:
    post(article, "disaster-weather minerals")
    post(article, "disaster-weather environment")  # from a page that was loaded before
    assert topics(article) == {"disaster-weather", "minerals", "environment"}


def test_a_correction_without_a_reason_keeps_what_was_ticked(article: Article) -> None:
    response = post(article, "minerals", reason=" ")
    html = response.content.decode()
    assert response.status_code == 409 and "Hãy ghi lý do" in html
    assert 'value="minerals" checked' in html and 'value="disaster-weather" checked' not in html
    assert not TopicCorrection.objects.exists()


def test_topics_that_do_not_exist_are_never_added(article: Article) -> None:
    assert post(article, f"disaster-weather {EVIL.replace(' ', '')}").status_code == 409
    assert topics(article) == {"disaster-weather"}


def test_reasons_stay_text(article: Article) -> None:
    post(article, "minerals", reason=EVIL)
    assert EVIL not in page(article)


def test_an_officers_topic_outlives_a_new_version(article: Article) -> None:
    post(article, "disaster-weather minerals")
    revise(article, text="Chuyện khác hẳn.")
    assert "Khoáng sản" in page(article).partition('<dl class="findings">')[2].partition("</dl>")[0]
