"""The ledger: what was sent, how cases ended, and what agencies owe, as of the period's end."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from archive.models import Article
from cases.ledger import AgencyRow, ClosedRow, OwedRow, SentRow, ledger
from cases.models import Case, CaseDraft, SentDocument
from cases.office import office
from cases.opening import open_question
from cases.states import Kind, Outcome, State
from tests.cases.maker import NOW, opened, step
from tests.web.factory import make_outlet

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def ask(by: User, question: str, agency: str, days: float) -> Case:
    """Received ``days`` before NOW."""
    return open_question(
        outlet_key=make_outlet().pk,
        question=question,
        received_at=NOW - timedelta(days=days),
        agency=agency,
        by=by,
        now=NOW,
    ).case


def sent(case: Case, by: User, days: float) -> None:
    draft = CaseDraft.objects.create(
        case=case, number=1, form="reply", fields={}, sha256="x", by=by, at=NOW - timedelta(days=days)
    )
    SentDocument.objects.create(
        case=case, draft=draft, form="reply", number="7/SYT", sent_at=NOW - timedelta(days=days), by=by
    )


def test_questions_are_owed_by_agencies_with_days_overdue_most_owed_first(officer: User) -> None:
    ask(officer, "Một?", "so-y-te", 20)
    ask(officer, "Hai?", "so-y-te", 1)
    ask(officer, "Ba?", "so-xay-dung", 2)
    found = ledger(office(), NOW - WEEK, NOW).unanswered
    assert [(row.agency_name, len(row.rows), row.overdue) for row in found] == [
        ("Sở Y tế tỉnh Lam Giang", 2, 1),
        ("Sở Xây dựng tỉnh Lam Giang", 1, 0),
    ]
    oldest = found[0].rows[0]
    assert (oldest.question, oldest.outlet) == ("Một?", "Báo Lam Giang")
    assert oldest.due == date(2026, 11, 12)  # five working days after Thursday 5 November
    assert oldest.overdue_days == 12


def test_what_was_answered_within_the_period_is_owed_no_more_and_stood_owed_before(officer: User) -> None:
    case = ask(officer, "Một?", "so-y-te", 20)
    sent(case, officer, 3)
    assert ledger(office(), NOW - WEEK, NOW).unanswered == ()
    before = ledger(office(), NOW - 2 * WEEK, NOW - timedelta(days=4))
    assert [row.agency for row in before.unanswered] == ["so-y-te"]
    assert before.sent == ()
    (row,) = ledger(office(), NOW - WEEK, NOW).sent
    assert (row.number, row.form, row.agency, row.outlet) == ("7/SYT", "reply", "so-y-te", "Báo Lam Giang")


def test_a_period_holds_its_start_and_not_its_end(officer: User) -> None:
    sent(ask(officer, "Một?", "so-y-te", 20), officer, 7)
    assert len(ledger(office(), NOW - WEEK, NOW).sent) == 1
    assert ledger(office(), NOW - 2 * WEEK, NOW - WEEK).sent == ()


def test_closed_cases_tell_how_they_ended(article: Article, officer: User) -> None:
    case = opened(article, officer, Kind.CRITICISM)
    assert [row.rows[0].title for row in ledger(office(), NOW, NOW + WEEK).criticism] == [case.title]
    step(case, State.CLOSED, officer, outcome=Outcome.RESOLVED)
    found = ledger(office(), NOW, NOW + WEEK)
    assert [(row.outcome, row.kind) for row in found.closed] == [("resolved", "criticism")]
    assert found.criticism == ()


def test_other_provinces_are_not_in_it(officer: User) -> None:
    ask(officer, "Một?", "so-y-te", 1)
    Case.objects.update(province="XX")
    assert ledger(office(), NOW - WEEK, NOW).unanswered == ()


def test_no_row_has_a_place_for_a_journalist() -> None:
    names = {field.name for row in (SentRow, ClosedRow, OwedRow, AgencyRow) for field in fields(row)}
    assert not names & {"author", "journalist", "reporter", "byline", "by"}
