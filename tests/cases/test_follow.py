"""Watching for a correction: what the program sees, and that only a person says what it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from archive.frontier import claim_pages
from archive.models import Article, Page
from cases.changes import CaseForbidden, CaseRefused
from cases.correction import Text, correction_words, seems_corrected, speaks_of
from cases.follow import REVISIT_EVERY, keep_following, look, look_for_notices
from cases.models import Case, CaseEvent, CaseWatch
from cases.opening import open_case
from cases.states import Kind, Outcome, State
from cases.watching import judge, start_watching
from tests.cases.maker import NOW, step, story_of
from tests.web.factory import find, make_article, make_outlet, revise, take_down

LATER = NOW + timedelta(hours=2)
TITLE = "3.100 hộ dân Lam Giang bị ảnh hưởng vì mưa lũ"
SAID = "3.100 hộ dân bị ảnh hưởng"


def told(title: str = "", text: str = "", lead: str = "") -> Text:
    return Text(title, lead, text)


def test_a_correction_names_itself_in_the_places_where_readers_look() -> None:
    assert correction_words(told("ĐÍNH CHÍNH: số hộ dân")) == ["đính chính"]
    assert correction_words(told(text="x" * 2000 + " Tòa soạn xin lỗi bạn đọc.")) == ["xin lỗi bạn đọc"]
    assert correction_words(told(text="y " * 500 + "đính chính" + " y" * 500)) == []
    assert correction_words(told("Sửa đường", "Công nhân sửa lỗi máy bơm.")) == []


def test_a_newer_version_looks_corrected_when_the_words_went_or_the_figure_came() -> None:
    before = told(text=f"Có {SAID}.")
    reasons = seems_corrected(before, told(text="Có 1.930 hộ dân bị ảnh hưởng."), [SAID], ["1.930 hộ"])
    assert reasons == [f"không còn chữ “{SAID}”", "đã có số 1.930 của hồ sơ chính thức"]
    assert seems_corrected(before, told(text=f"Có {SAID}. Trời đã tạnh."), [SAID], ["1.930 hộ"]) == []
    noted = told(text=f"Có {SAID}. Đính chính: số đúng ở dưới.")
    assert seems_corrected(before, noted, [SAID], []) == ["có chữ “đính chính”"]


def test_a_figure_within_another_is_not_that_figure() -> None:
    assert seems_corrected(told(text="x"), told(text="Có 21.930,5 ha."), [], ["1.930 hộ"]) == []


def test_a_notice_speaks_of_an_article_by_address_or_title() -> None:
    url = "https://bao.example/bai-7.html"
    assert speaks_of(told(text=f"Về bài tại {url}, chúng tôi đính chính."), TITLE, url)
    assert speaks_of(
        told(text="Trong bài “3.100 hộ dân Lam Giang bị ảnh hưởng vì mưa lũ” có sai sót."), TITLE, url
    )
    assert not speaks_of(told(text="Về một bài khác trên báo, chúng tôi đính chính giá vàng."), TITLE, url)


@pytest.fixture
def article(db: None) -> Article:
    row = make_article(make_outlet(), TITLE, text=f"Có {SAID}.", at=NOW - timedelta(hours=5))
    find(row, "signal", "S1", SAID, evidence={"other": {"text": "Sổ ghi 1.930 hộ"}})
    return row


@pytest.fixture
def case(article: Article, officer: User) -> Case:
    """A request that was sent at NOW."""
    finding = article.findings.get()
    row = open_case(Kind.CORRECTION, finding_ids=[finding.pk], by=officer, now=NOW, reason="x").case
    Case.objects.filter(pk=row.pk).update(state=State.REQUESTED)
    row.refresh_from_db()
    start_watching(row, NOW)
    look(10, NOW)
    return row


def page_of(article: Article, **fields: object) -> Page:
    values = {"url": article.url, "found_at": NOW, "state": "fetched", "visits": 7, "due_at": None}
    return Page.objects.create(outlet=article.outlet, article=article, **(values | fields))


def watch(case: Case) -> CaseWatch:
    return case.watches.get()


def bump(article: Article) -> None:
    """As the archive does with every change."""
    article.version += 1
    article.save()


def test_nothing_new_is_nothing_said(case: Case) -> None:
    assert look(10, LATER) == 0
    assert watch(case).status == "waiting"
    assert not CaseEvent.objects.filter(kind="watched").exists()


def test_a_corrected_version_is_noticed_and_left_to_a_person(
    case: Case, article: Article, officer: User
) -> None:
    revise(article, text="Có 1.930 hộ dân bị ảnh hưởng.", at=LATER)
    bump(article)
    assert look(10, LATER) == 1
    row = watch(case)
    assert (row.status, row.judged, row.found["method"]) == ("looks-corrected", False, "revision")
    assert len(row.found["reasons"]) == 2
    event = CaseEvent.objects.get(kind="watched")
    assert event.by is None and "1.930" in event.reason
    case.refresh_from_db()
    assert case.state == "correction-requested"  # the machine moves nothing
    judge(row.pk, "corrected", version=case.version, by=officer, now=LATER, reason="đã đọc")
    assert (watch(case).status, watch(case).judged) == ("corrected", True)


def test_an_edit_that_leaves_the_words_is_said_to_be_no_more_than_an_edit(
    case: Case, article: Article
) -> None:
    revise(article, text=f"Có {SAID}. Trời đã tạnh.", at=LATER)
    bump(article)
    look(10, LATER)
    assert watch(case).status == "changed"


def test_a_person_says_no_and_a_newer_version_asks_again(case: Case, article: Article, officer: User) -> None:
    revise(article, text="Khác hẳn.", at=LATER)
    bump(article)
    look(10, LATER)
    case.refresh_from_db()
    judge(watch(case).pk, "not-corrected", version=case.version, by=officer, now=LATER, reason="bỏ hẳn đoạn")
    look(10, LATER)
    assert watch(case).status == "not-corrected"
    revise(article, text="Đính chính: 1.930 hộ.", at=LATER)
    bump(article)
    look(10, LATER)
    assert (watch(case).status, watch(case).judged) == ("looks-corrected", False)


def test_an_article_that_went_is_said_to_be_gone_and_may_come_back(case: Case, article: Article) -> None:
    take_down(article, LATER)
    bump(article)
    look(10, LATER)
    assert watch(case).status == "gone"
    article.gone_at = None
    bump(article)
    look(10, LATER)
    assert watch(case).status == "waiting"


def test_a_notice_of_the_same_outlet_is_found(case: Case, article: Article) -> None:
    make_article(make_outlet("bao-khac", "Báo Khác"), f"Đính chính bài “{TITLE}”", at=LATER)
    make_article(article.outlet, "Đính chính giá vàng hôm nay", text="Giá vàng.", at=LATER)
    assert look_for_notices(LATER) == 0
    notice = make_article(
        article.outlet, "Đính chính thông tin", text=f"Bài “{TITLE}” ghi sai số hộ.", at=LATER
    )
    assert look_for_notices(LATER + timedelta(minutes=1)) == 1
    row = watch(case)
    assert (row.notice, row.status, row.found["method"]) == (notice, "looks-corrected", "notice")
    assert look_for_notices(LATER + timedelta(minutes=2)) == 0


def test_a_notice_from_before_the_request_does_not_count(case: Case, article: Article) -> None:
    make_article(article.outlet, f"Đính chính bài “{TITLE}”", at=NOW - timedelta(hours=1))
    assert look_for_notices(LATER) == 0


def test_every_reprint_is_watched_those_that_join_later_too(case: Case, article: Article) -> None:
    reprint = make_article(make_outlet("bao-khac", "Báo Khác"), TITLE, text=f"Có {SAID}.", at=NOW)
    case.story = story_of(article, reprint)
    case.save()
    keep_following(LATER)
    assert [row.article for row in case.watches.order_by("pk")] == [article, reprint]
    revise(reprint, text="Có 1.930 hộ.", at=LATER)
    bump(reprint)
    look(10, LATER)
    assert [row.status for row in case.watches.order_by("pk")] == ["waiting", "looks-corrected"]


def test_watched_pages_are_read_again_until_the_case_closes(
    case: Case, article: Article, officer: User
) -> None:
    page = page_of(article)
    assert keep_following(LATER) == 1
    page.refresh_from_db()
    assert page.due_at == LATER + REVISIT_EVERY
    assert claim_pages(LATER, 5, timedelta(minutes=1)) == []
    assert claim_pages(LATER + REVISIT_EVERY, 5, timedelta(minutes=1)) == [page]  # the collector's next job
    assert keep_following(LATER + timedelta(minutes=1)) == 0
    step(case, State.CLOSED, officer, outcome=Outcome.CORRECTED)
    Page.objects.update(due_at=None)
    assert keep_following(LATER) == 0


def test_pages_that_fail_or_are_refused_keep_their_own_pace(case: Case, article: Article) -> None:
    page_of(article, state="refused", due_at=NOW + timedelta(days=20))
    page_of(article, url=article.url + "?a", due_at=None)  # another address of it is not read again
    assert keep_following(LATER) == 0
    Page.objects.filter(state="refused").update(state="fetched", failures=2)
    assert keep_following(LATER) == 0


def test_a_corrected_article_is_not_read_for_the_case_any_more(
    case: Case, article: Article, officer: User
) -> None:
    page_of(article)
    case.refresh_from_db()
    judge(watch(case).pk, "corrected", version=case.version, by=officer, now=LATER, reason="x")
    assert keep_following(LATER) == 0


def test_who_may_not_work_on_cases_judges_nothing(case: Case, viewer: User, officer: User) -> None:
    with pytest.raises(CaseForbidden):
        judge(watch(case).pk, "corrected", version=case.version, by=viewer, now=LATER, reason="x")
    with pytest.raises(CaseRefused, match="đã cải chính"):
        judge(watch(case).pk, "waiting", version=case.version, by=officer, now=LATER, reason="x")
