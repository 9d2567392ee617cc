"""The story page: who printed first, what each changed, and what people decide on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from archive.models import Article, Story, StoryChange
from archive.stories import Resemblance, assign, story_lock
from cases.roles import OFFICER, ensure_roles, give_role
from tests.web.factory import make_article, make_outlet

Page = Callable[..., str]
TEXT = "Sáng 24/11, 12 hộ dân được di dời.\nNgành giao thông bố trí hai máy xúc.\nĐèo thông xe một làn."


@pytest.fixture
def deciding(browser_client: Client, officer: User) -> Client:
    """Signed in as somebody who may decide."""
    ensure_roles()
    give_role(officer, OFFICER)
    return browser_client


def put(article: Article, *likes: tuple[Article, str]) -> Story:
    article.refresh_from_db()
    rows = [
        Resemblance(other.pk, kind, 0.93, "shingles5-v1", {"containment": 0.87, "resemblance": 0.7})
        for other, kind in likes
    ]
    with story_lock() as lock:
        done = assign(lock, article.pk, article.version, b"", rows, now=timezone.now())
    assert done is not None
    return Story.objects.get(pk=done.story_id)


@pytest.fixture
def told(db: None) -> tuple[Story, Article, Article]:
    """An origin and its altered, shortened reprint five minutes later."""
    now = timezone.now() - timedelta(hours=1)
    first = make_article(make_outlet(), "Đèo Sơn Vàng sạt lở", text=TEXT, at=now)
    reprint = make_article(
        make_outlet("diem-tin", "Điểm Tin 365", kind="aggregator"),
        "Nóng: Đèo Sơn Vàng sạt lở",
        text=TEXT.replace("12 hộ", "21 hộ").rsplit("\n", 1)[0] + "\nTheo Báo Lam Giang",
        at=now + timedelta(minutes=5),
    )
    put(first)
    return put(reprint, (first, "reprint")), first, reprint


def test_the_page_tells_who_was_first_and_what_the_reprint_changed(
    page: Page, told: tuple[Story, Article, Article]
) -> None:
    story, _first, _reprint = told
    html = page(f"/chuyen/{story.pk}/")
    assert html.index("đăng trước nhất") < html.index("Nóng: Đèo Sơn Vàng sạt lở")
    assert "Giống bài của Báo Lam Giang: 87\u00a0% phần chữ" in html and "Bài có ghi nguồn này." in html
    assert "Bỏ 1 câu." in html or "Đổi" in html
    assert "đổi số liệu" in html and "đổi tiêu đề" in html


def test_a_time_that_the_page_did_not_give_is_never_invented(page: Page) -> None:
    story = put(make_article(make_outlet(), precision="unknown"))
    html = page(f"/chuyen/{story.pk}/")
    assert "không rõ giờ đăng" in html and "thấy lúc" in html


def test_two_articles_are_compared_side_by_side(page: Page, told: tuple[Story, Article, Article]) -> None:
    story, first, reprint = told
    html = page(f"/chuyen/{story.pk}/so-sanh/?from={first.pk}&to={reprint.pk}")
    assert "<del>12</del>" in html and "<ins>21</ins>" in html and "Điểm Tin 365" in html
    assert page(f"/chuyen/{story.pk}/so-sanh/").count("<ins>21</ins>") == 1


@pytest.mark.parametrize("query", ["from=0", "to=x", "from=" + "9" * 50, "to=²"])
def test_articles_of_other_stories_are_not_compared(
    page: Page, told: tuple[Story, Article, Article], query: str
) -> None:
    assert page(f"/chuyen/{told[0].pk}/so-sanh/?{query}", status=404)


def test_a_story_of_one_article_has_nothing_to_compare(page: Page) -> None:
    story = put(make_article(make_outlet()))
    assert page(f"/chuyen/{story.pk}/")
    assert page(f"/chuyen/{story.pk}/so-sanh/", status=404)


@pytest.mark.parametrize("number", ["0", "9" * 18, "abc"])
def test_a_number_that_is_no_story_is_not_found(page: Page, number: str) -> None:
    assert "Không có" in page(f"/chuyen/{number}/", status=404)


def test_markup_of_an_outlet_stays_text(page: Page, told: tuple[Story, Article, Article]) -> None:
    story, _first, reprint = told
    evil = "<script>alert(1)</script>"
    Article.objects.filter(pk=reprint.pk).update(title=evil, lead=evil, text=evil)
    Story.objects.update(title=evil)
    for address in (f"/chuyen/{story.pk}/", f"/chuyen/{story.pk}/so-sanh/"):
        assert evil not in page(address)


def test_the_article_page_and_the_search_lead_to_the_story(
    page: Page, told: tuple[Story, Article, Article], index: Callable[[], None]
) -> None:
    index()
    link = f'href="/chuyen/{told[0].pk}/">2 bài cùng chuyện</a>'
    assert link in page(f"/bai/{told[1].pk}/")
    assert page("/tim-kiem/?q=sạt+lở").count(link) == 2


def test_suggested_stories_are_merged_by_a_person_and_the_old_address_leads_on(deciding: Client) -> None:
    first, other = make_article(make_outlet()), make_article(make_outlet(), "Tựa khác")
    story, maybe = put(first), put(other, (first, "suggested"))
    assert "Có thể là cùng một bài" in deciding.get(f"/chuyen/{story.pk}/").content.decode()
    answer = deciding.post(f"/chuyen/{story.pk}/gop/", {"other": maybe.pk, "reason": "cùng thông cáo"})
    assert answer["Location"] == f"/chuyen/{story.pk}/"
    assert deciding.get(f"/chuyen/{maybe.pk}/")["Location"] == f"/chuyen/{story.pk}/"
    html = deciding.get(f"/chuyen/{story.pk}/").content.decode()
    assert "Lịch sử gộp và tách" in html and "cùng thông cáo" in html and "do người gộp" in html


def test_a_suggestion_that_was_denied_is_gone(deciding: Client) -> None:
    first, other = make_article(make_outlet()), make_article(make_outlet(), "Tựa khác")
    story, maybe = put(first), put(other, (first, "suggested"))
    deciding.post(f"/chuyen/{story.pk}/giu-rieng/", {"other": maybe.pk})
    assert "Có thể là cùng một bài" not in deciding.get(f"/chuyen/{story.pk}/").content.decode()


def test_chosen_articles_are_split_off(deciding: Client, told: tuple[Story, Article, Article]) -> None:
    story, first, reprint = told
    deciding.post(f"/chuyen/{story.pk}/tach/", {"article": [reprint.pk], "reason": "khác sự việc"})
    first.refresh_from_db()
    reprint.refresh_from_db()
    assert first.story_id == story.pk != reprint.story_id
    assert StoryChange.objects.get().reason == "khác sự việc"


@pytest.mark.parametrize(
    ("act", "form", "said"),
    [
        ("tach", {}, "Hãy chọn ít nhất một bài"),
        ("tach", {"article": ["x", "-1"]}, "Hãy chọn ít nhất một bài"),
        ("gop", {"other": "abc"}, "Không có câu chuyện số 0"),
        ("gop", {"other": "9" * 17}, "Không có câu chuyện"),
        ("giu-rieng", {}, "Không có câu chuyện số 0"),
    ],
)
def test_what_cannot_be_done_is_told_and_what_was_typed_stays(
    deciding: Client, told: tuple[Story, Article, Article], act: str, form: dict[str, object], said: str
) -> None:
    answer = deciding.post(f"/chuyen/{told[0].pk}/{act}/", form | {"reason": "vì <b>"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert said in html and "vì &lt;b&gt;" in html


@pytest.mark.parametrize("act", ["gop", "tach", "giu-rieng"])
def test_only_who_may_decide_changes_stories(
    browser_client: Client, told: tuple[Story, Article, Article], act: str
) -> None:
    address = f"/chuyen/{told[0].pk}/"
    assert browser_client.post(f"{address}{act}/", {"other": "1", "article": [told[2].pk]}).status_code == 403
    assert browser_client.get(f"{address}{act}/").status_code in (403, 405)
    assert "<button>Gộp</button>" not in browser_client.get(address).content.decode()


def test_a_long_chain_of_reprints_is_shown_and_the_queries_do_not_grow(
    browser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now() - timedelta(hours=2)
    before: list[Article] = []
    for number in range(40):
        outlet = make_outlet(f"bao-{number}", f"Báo Số {number}x")
        text = f"{TEXT}\nTheo {before[-1].outlet.name}" if before else TEXT
        article = make_article(outlet, text=text, at=now + timedelta(minutes=number))
        story = put(article, *((one, "reprint") for one in before[-1:]))
        before.append(article)
    with django_assert_max_num_queries(12):
        html = browser_client.get(f"/chuyen/{story.pk}/").content.decode()
    assert html.count("Báo Số 39x") >= 2
