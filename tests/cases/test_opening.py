"""Opening cases: one per story and kind while it is open, with both sides' words kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from archive.models import Article, Finding
from archive.stories import merge
from cases.changes import CaseForbidden, CaseRefused
from cases.models import Case, CaseEvent, CaseEvidence
from cases.opening import open_case, open_cases_of, open_question
from cases.states import Kind, Outcome, State
from tests.archive.register_maker import draft
from tests.cases.maker import NOW, opened, step, story_of
from tests.web.factory import find, make_article, make_outlet

pytestmark = pytest.mark.django_db


def ask(by: User, **fields: object) -> Case:
    values = {
        "outlet_key": make_outlet().pk,
        "question": "Bao giờ cầu Bến Trò thông xe?",
        "received_at": NOW - timedelta(days=2),
        "agency": "so-xay-dung",
        "by": by,
        "now": NOW,
    }
    return open_question(**(values | fields)).case


def test_a_case_starts_received_with_its_reason_in_the_history(article: Article, officer: User) -> None:
    case = opened(article, officer)
    assert (case.state, case.title, case.outlet_id) == ("received", article.title, article.outlet_id)
    assert (case.province, case.received_at, case.opened_by) == ("LG", NOW, officer)
    event = CaseEvent.objects.get()
    assert (event.kind, event.by, event.reason, event.to_state) == (
        "opened",
        officer,
        "số liệu khác sổ",
        "received",
    )


def test_pressing_twice_opens_one(article: Article, officer: User, approver: User) -> None:
    first = open_case(Kind.REPLY, article_id=article.pk, by=officer, now=NOW, reason="x")
    second = open_case(Kind.REPLY, article_id=article.pk, by=approver, now=NOW, reason="y")
    assert (first.created, second.created) == (True, False)
    assert first.case.pk == second.case.pk


def test_reprints_of_a_story_share_a_case_and_are_added_to_it(article: Article, officer: User) -> None:
    other = make_article(make_outlet("bao-khac", "Báo Khác"), "Đèo Sơn Vàng sạt lở")
    story_of(article, other)
    first = opened(article, officer)
    second = open_case(Kind.CORRECTION, article_id=other.pk, by=officer, now=NOW, reason="cũng sai số")
    assert second.case.pk == first.pk
    assert sorted(CaseEvidence.objects.values_list("article_id", flat=True)) == [article.pk, other.pk]
    assert CaseEvent.objects.filter(kind="evidence", reason="cũng sai số").exists()


def test_a_case_from_before_the_story_was_known_is_the_story_s_case(article: Article, officer: User) -> None:
    case = opened(article, officer)
    other = make_article(make_outlet("bao-khac", "Báo Khác"), "Đèo Sơn Vàng sạt lở")
    story_of(article, other)
    again = open_case(Kind.CORRECTION, article_id=other.pk, by=officer, now=NOW, reason="x")
    assert (again.created, again.case.pk) == (False, case.pk)


def test_another_kind_is_another_case(article: Article, officer: User) -> None:
    assert opened(article, officer, Kind.REPLY).pk != opened(article, officer, Kind.CRITICISM).pk
    assert len(open_cases_of(None, article)) == 2


def test_a_merged_story_still_leads_to_its_open_case(article: Article, officer: User) -> None:
    other = make_article(make_outlet("bao-khac", "Báo Khác"), "Tin khác")
    older, newer = story_of(other), story_of(article)
    case = opened(article, officer)
    merge(older.pk, newer.pk, by=officer, now=NOW)
    again = open_case(Kind.CORRECTION, article_id=other.pk, by=officer, now=NOW, reason="x")
    assert (again.created, again.case.pk) == (False, case.pk)


def test_after_it_is_closed_a_new_one_may_be_opened(article: Article, officer: User) -> None:
    first = opened(article, officer)
    step(first, State.CLOSED, officer, outcome=Outcome.NOTHING)
    again = open_case(Kind.CORRECTION, article_id=article.pk, by=officer, now=NOW, reason="x")
    assert again.created
    with pytest.raises(CaseRefused, match="đã có hồ sơ khác cùng loại"):
        step(first, State.VERIFYING, officer)
    first.refresh_from_db()
    assert first.state == "closed"


def test_both_sides_are_kept_even_when_the_finding_is_replaced(article: Article, officer: User) -> None:
    entry = draft("ai-do", value="1930", quote="Có 1.930 dịch vụ công.", document="Báo cáo 12/BC-UBND")
    other = {"kind": "register", "ids": [str(entry.pk)], "text": "x"}
    finding = find(article, "signal", "S1", "12 hộ dân", evidence={"other": other})
    open_case(Kind.CORRECTION, finding_ids=[finding.pk], by=officer, now=NOW, reason="x")
    Finding.objects.all().delete()
    row = CaseEvidence.objects.get()
    assert (row.span, row.quote) == ("12 hộ dân", "Sáng 24/11, 12 hộ dân được di dời.")
    assert (row.document, row.source) == ("Báo cáo 12/BC-UBND", "Có 1.930 dịch vụ công.")
    assert row.other == "dân số: 1.930 người"


@pytest.mark.parametrize("kind", ["", "question", "sai"])
def test_only_known_kinds_of_coverage_are_opened(article: Article, officer: User, kind: str) -> None:
    with pytest.raises(CaseRefused, match="loại hồ sơ"):
        open_case(kind, article_id=article.pk, by=officer, now=NOW, reason="x")


@pytest.mark.parametrize("reason, says", [("  ", "lý do"), ("x" * 2001, "2001")])
def test_a_case_needs_a_reason(article: Article, officer: User, reason: str, says: str) -> None:
    with pytest.raises(CaseRefused, match=says):
        open_case(Kind.REPLY, article_id=article.pk, by=officer, now=NOW, reason=reason)


def test_without_an_article_nothing_is_opened(officer: User) -> None:
    with pytest.raises(CaseRefused, match="Không còn bài"):
        open_case(Kind.REPLY, article_id=404, by=officer, now=NOW, reason="x")
    assert not Case.objects.exists()


def test_viewers_open_nothing(article: Article, viewer: User) -> None:
    with pytest.raises(CaseForbidden):
        opened(article, viewer)
    with pytest.raises(CaseForbidden):
        ask(viewer)


def test_a_question_counts_against_an_agency_and_names_no_person(officer: User) -> None:
    case = ask(officer)
    assert (case.kind, case.agency, case.agency_name) == (
        "question",
        "so-xay-dung",
        "Sở Xây dựng tỉnh Lam Giang",
    )
    names = {field.name for field in Case._meta.get_fields()}
    assert not names & {"author", "journalist", "reporter", "byline", "nha_bao"}


def test_the_same_question_of_a_day_is_recorded_once(officer: User) -> None:
    first = ask(officer)
    assert ask(officer, question="bao giờ cầu  Bến Trò thông xe?").pk == first.pk
    assert ask(officer, received_at=NOW - timedelta(days=3)).pk != first.pk


@pytest.mark.parametrize(
    "fields, says",
    [
        ({"question": " "}, "nội dung câu hỏi"),
        ({"outlet_key": "khong-co"}, "cơ quan báo chí"),
        ({"agency": "so-gtvt"}, "danh sách hiện hành"),  # dissolved in 2025
        ({"received_at": NOW + timedelta(minutes=1)}, "tương lai"),
        ({"question": "x" * 5001}, "5001"),
    ],
)
def test_a_question_that_cannot_be_is_refused(officer: User, fields: dict[str, object], says: str) -> None:
    with pytest.raises(CaseRefused, match=says):
        ask(officer, **fields)


def test_the_other_side_tells_its_time_as_a_letter_does(article: Article, officer: User) -> None:
    other = {"kind": "article", "text": "14 lượt trong 60 ngày", "as_of": "2026-11-25T09:57:00+00:00"}
    finding = find(article, "signal", "S9", evidence={"other": other})
    open_case(Kind.REPLY, finding_ids=[finding.pk], by=officer, now=NOW, reason="x")
    assert CaseEvidence.objects.get(finding=finding.pk).as_of == "16:57 25/11/2026"
