"""The step that follows corrections: from a version that the archive took in to what the case's page says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.models import Page
from cases.models import Case, CaseDeadline
from cases.opening import open_case
from cases.states import Kind, State
from cases.watching import start_watching
from pipeline.cases.step import CaseStep
from tests.cases.conftest import person
from tests.cases.maker import NOW
from tests.web.factory import find, make_article, make_outlet, revise

pytestmark = pytest.mark.django_db


def test_a_watched_article_is_kept_in_the_schedule_and_its_correction_told() -> None:
    officer = person("hoa", "officer")
    article = make_article(make_outlet(), text="Có 3.100 hộ dân.", at=NOW - timedelta(days=9))
    finding = find(article, "signal", "S1", "3.100 hộ dân")
    page = Page.objects.create(
        outlet=article.outlet, url=article.url, article=article, found_at=NOW, state="fetched", visits=7
    )
    case = open_case(Kind.CORRECTION, finding_ids=[finding.pk], by=officer, now=NOW, reason="x").case
    Case.objects.update(state=State.REQUESTED)
    start_watching(Case.objects.get(), NOW)

    step = CaseStep(lambda: NOW)
    assert (step.run(10), step.run(10)) == (1, 0)
    page.refresh_from_db()
    assert page.due_at is not None  # its own schedule had ended

    revise(article, text="Có 1.930 hộ dân.")
    article.version += 1
    article.save()
    assert step.run(10) == 1
    assert case.watches.get().status == "looks-corrected"
    assert step.run(10) == 0


def test_deadlines_follow_rules_and_holidays_that_changed() -> None:
    officer = person("hoa", "officer")
    case = open_case(
        Kind.CORRECTION, article_id=make_article(make_outlet()).pk, by=officer, now=NOW, reason="x"
    ).case
    CaseDeadline.objects.filter(case=case).update(due_at=None)
    CaseStep(lambda: NOW).run(10)
    assert CaseDeadline.objects.get(case=case, rule="xac-minh").due_at == NOW + timedelta(hours=24)
