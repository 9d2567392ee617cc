"""Moving cases: what is allowed to whom, nothing overwritten, nothing lost from the history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from archive.models import Article
from archive.models.appendonly import AppendOnlyError
from cases.changes import CaseForbidden, CaseRefused
from cases.deadlines.due import due_soon
from cases.models import Case, CaseDeadline, CaseEvent
from cases.moving import assign, move, pause, resume, set_due, write_note
from cases.opening import open_question
from cases.states import RANK, TRANSITIONS, Kind, Outcome, State, find_move, moves_from
from tests.cases.maker import NOW, given, opened, step
from tests.web.factory import make_article, make_outlet
from web.case_wording import CASE_MOVES, CASE_STATES

pytestmark = pytest.mark.django_db


def deadline(case: Case, rule: str) -> CaseDeadline:
    return CaseDeadline.objects.get(case=case, rule=rule)


def test_every_state_is_reached_and_left_and_every_move_has_its_name() -> None:
    assert {row.target for row in TRANSITIONS} == set(State) - {State.RECEIVED}
    assert {row.source for row in TRANSITIONS} == set(State)
    assert {(row.source, row.target) for row in TRANSITIONS} == set(CASE_MOVES)
    assert set(CASE_STATES) == set(RANK) == set(State)


@pytest.mark.parametrize("kind", Kind)
def test_from_every_state_a_case_of_every_kind_can_be_closed(kind: Kind) -> None:
    for state in set(State) - {State.CLOSED}:
        seen, waiting = {state}, [state]
        while waiting:
            for row in moves_from(waiting.pop(), kind):
                if row.target not in seen:
                    seen.add(row.target)
                    waiting.append(row.target)
        assert State.CLOSED in seen


def test_a_question_never_leads_to_a_correction_request() -> None:
    assert find_move(State.APPROVAL, State.REQUESTED, Kind.QUESTION) is None
    assert find_move(State.APPROVAL, State.REQUESTED, Kind.CORRECTION) is not None


@pytest.mark.parametrize("target", [state for state in State if state not in ("verifying", "closed")])
def test_a_step_that_is_no_neighbour_is_refused(article: Article, officer: User, target: State) -> None:
    case = opened(article, officer)
    with pytest.raises(CaseRefused, match="không chuyển thẳng"):
        step(case, target, officer)
    assert CaseEvent.objects.count() == 1


def test_a_stale_page_is_told_to_read_again(article: Article, officer: User, approver: User) -> None:
    case = opened(article, officer)
    step(case, State.VERIFYING, officer)
    with pytest.raises(CaseRefused, match="vừa được người khác thay đổi"):
        move(case.pk, State.CLOSED, version=1, by=approver, now=NOW, reason="x", outcome="no-action")
    assert Case.objects.get().state == "verifying"


def test_viewers_move_nothing(article: Article, officer: User, viewer: User) -> None:
    case = opened(article, officer)
    with pytest.raises(CaseForbidden):
        step(case, State.VERIFYING, viewer)
    with pytest.raises(CaseForbidden):
        pause(case.pk, "other", version=1, by=viewer, now=NOW, reason="x")
    with pytest.raises(CaseForbidden):
        write_note(case.pk, "x", by=viewer, now=NOW)
    case.refresh_from_db()
    assert (case.version, case.state) == (1, "received")


def test_a_case_is_given_to_an_agency_before_it_stands_there(article: Article, officer: User) -> None:
    case = opened(article, officer)
    step(case, State.VERIFYING, officer)
    with pytest.raises(CaseRefused, match="chưa giao cho cơ quan nào"):
        step(case, State.ASSIGNED, officer)
    given_to = {"agency": "so-y-te", "officer": officer, "reason": "đúng ngành"}
    case.refresh_from_db()
    assign(case.pk, version=case.version, by=officer, now=NOW, **given_to)
    case.refresh_from_db()
    assert (case.agency_name, case.officer) == ("Sở Y tế tỉnh Lam Giang", officer)
    assert CaseEvent.objects.get(kind="assigned").details == {
        "before": {"agency": "", "officer": ""},
        "after": {"agency": "Sở Y tế tỉnh Lam Giang", "officer": "hoa"},
    }
    with pytest.raises(CaseRefused, match="Không có gì khác"):
        assign(case.pk, version=case.version, by=officer, now=NOW, **given_to)


def test_nobody_is_given_a_case_who_may_not_work_on_it(article: Article, officer: User, viewer: User) -> None:
    case = opened(article, officer)
    with pytest.raises(CaseRefused, match="không có quyền xử lý"):
        assign(case.pk, version=1, agency="", officer=viewer, by=officer, now=NOW, reason="x")


def test_a_case_is_closed_with_its_outcome_and_opened_again(article: Article, officer: User) -> None:
    case = opened(article, officer)
    with pytest.raises(CaseRefused, match="chọn kết quả"):
        step(case, State.CLOSED, officer)
    step(case, State.CLOSED, officer, outcome=Outcome.NOTHING)
    case.refresh_from_db()
    assert (case.outcome, case.open_key) == ("no-action", None)
    with pytest.raises(CaseRefused, match="đã đóng"):
        pause(case.pk, "other", version=case.version, by=officer, now=NOW, reason="x")
    step(case, State.VERIFYING, officer, minutes=3 * 1440)
    case.refresh_from_db()
    assert (case.outcome, case.closed_at) == ("", None)
    assert deadline(case, "xac-minh").starts_at == NOW + timedelta(days=3)


def test_the_history_is_never_changed_or_deleted(article: Article, officer: User) -> None:
    event = CaseEvent.objects.get(case=opened(article, officer))
    event.reason = "khác"
    for act in (
        event.save,
        event.delete,
        CaseEvent.objects.all().delete,
        lambda: CaseEvent.objects.update(reason=""),
        lambda: CaseEvent.objects.bulk_update([event], ["reason"]),
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            act()
    assert CaseEvent.objects.get().reason == "số liệu khác sổ"


def test_the_database_itself_refuses_a_closed_case_with_a_key(article: Article, officer: User) -> None:
    case = opened(article, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=State.CLOSED)


def test_internal_deadlines_run_and_are_met_by_the_step_they_wait_for(
    article: Article, officer: User
) -> None:
    case = opened(article, officer)
    row = deadline(case, "xac-minh")
    assert (row.status, row.due_at) == ("running", NOW + timedelta(hours=24))
    given(case, officer)
    row = deadline(case, "xac-minh")
    assert (row.status, row.met_at) == ("met", NOW + timedelta(hours=1))
    report = deadline(case, "co-quan-bao-cao")
    assert (report.status, report.last_day) == ("running", date(2026, 11, 30))
    step(case, State.DRAFTING, officer, minutes=10 * 1440)
    assert deadline(case, "co-quan-bao-cao").status == "late"


def test_only_deadlines_that_heed_the_reason_stop(article: Article, officer: User) -> None:
    case = opened(article, officer)
    pause(case.pk, "waiting-outlet", version=1, by=officer, now=NOW + timedelta(days=1), reason="x")
    assert deadline(case, "tra-loi-bao").status == "stopped"
    assert deadline(case, "xac-minh").status == "running"  # stops for disasters only
    case.refresh_from_db()
    with pytest.raises(CaseRefused, match="đang tạm dừng"):
        step(case, State.VERIFYING, officer)
    resume(case.pk, version=case.version, by=officer, now=NOW + timedelta(days=2), reason="báo đã trả lời")
    row = deadline(case, "tra-loi-bao")
    assert (row.status, row.last_day) == ("running", date(2026, 12, 3))
    assert "chờ báo làm rõ nội dung" in row.why


def test_a_figure_that_the_law_delegates_is_said_to_be_unknown(article: Article, officer: User) -> None:
    row = deadline(opened(article, officer, Kind.REPLY), "luat-bao-chi-2025-tra-loi")
    assert (row.status, row.due_at, row.basis) == ("unknown", None, "statutory")
    assert "237/2026" in row.legal


def test_the_law_of_its_day_holds_for_what_was_received_then(officer: User) -> None:
    received = NOW.replace(month=6, day=1)
    case = open_question(
        outlet_key=make_outlet().pk, question="Vì sao?", received_at=received, agency="", by=officer, now=NOW
    ).case
    row = deadline(case, "luat-bao-chi-2016-dieu-39")
    assert (row.last_day, row.status) == (date(2026, 7, 1), "running")
    assert not CaseDeadline.objects.filter(case=case, rule="luat-bao-chi-2025-tra-loi").exists()


def test_the_day_that_a_superior_set_is_a_deadline_with_its_document(article: Article, officer: User) -> None:
    case = opened(article, officer)
    with pytest.raises(CaseRefused, match="văn bản giao hạn"):
        set_due(case.pk, date(2026, 11, 27), " ", version=1, by=officer, now=NOW, reason="x")
    with pytest.raises(CaseRefused, match="trước ngày nhận"):
        set_due(case.pk, date(2026, 11, 24), "CV 5", version=1, by=officer, now=NOW, reason="x")
    set_due(case.pk, date(2026, 11, 27), "CV 5", version=1, by=officer, now=NOW, reason="x")
    assert deadline(case, "assigned").last_day == date(2026, 11, 27)
    case.refresh_from_db()
    set_due(case.pk, None, "", version=case.version, by=officer, now=NOW, reason="x")
    assert not CaseDeadline.objects.filter(case=case, rule="assigned").exists()


def test_reminders_come_before_and_after_and_keep_their_key(article: Article, officer: User) -> None:
    case = given(opened(article, officer), officer)
    assert due_soon(NOW) == []
    due = deadline(case, "co-quan-bao-cao").due_at
    assert due is not None
    (soon,) = due_soon(due - timedelta(hours=5))
    assert (soon.stage, soon.case_id, soon.agency, soon.overdue_days) == ("soon", case.pk, "so-xay-dung", 0)
    assert soon.key == due_soon(due - timedelta(hours=1))[0].key
    (late,) = [row for row in due_soon(due + timedelta(days=2, hours=1)) if row.key.startswith(soon.key[:-5])]
    assert (late.stage, late.overdue_days) == ("overdue", 2)
    step(case, State.DRAFTING, officer)
    assert not [row for row in due_soon(due + timedelta(days=2)) if row.deadline == soon.deadline]


def test_closed_cases_remind_nobody(article: Article, officer: User) -> None:
    step(opened(article, officer), State.CLOSED, officer, outcome=Outcome.NOTHING)
    assert due_soon(NOW + timedelta(days=90)) == []


def test_a_note_meets_no_other_change(article: Article, officer: User) -> None:
    case = opened(article, officer)
    write_note(case.pk, "đã gọi điện", by=officer, now=NOW)
    step(case, State.VERIFYING, officer)  # with the version from before the note
    assert list(CaseEvent.objects.values_list("kind", flat=True)) == ["opened", "noted", "moved"]


def test_making_an_article_a_case_does_not_change_the_article(officer: User) -> None:
    article = make_article(make_outlet())
    before = Article.objects.filter(pk=article.pk).values().get()
    opened(article, officer)
    assert Article.objects.filter(pk=article.pk).values().get() == before
