"""The demo's cases: made once, when their articles are there, by nobody who could sign in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from cases.deadlines.due import due_soon
from cases.models import Case, CaseWatch
from demo.cases import ASKING, CRITICISM, FOOD, HOSPITAL, WRONG_FIGURE, DemoCases
from demo.writing import read_articles
from provinces.loader import load_province
from tests.cases.maker import NOW
from tests.web.factory import find, make_article, make_outlet

pytestmark = pytest.mark.django_db
TITLES = (WRONG_FIGURE, CRITICISM, HOSPITAL, FOOD)


def step(files: Path) -> DemoCases:
    return DemoCases(files, lambda: NOW)


def publish(titles: tuple[str, ...]) -> None:
    outlet = make_outlet(ASKING, "Nhật báo Ba Miền")
    for title in titles:
        make_article(outlet, title, needs_classify=False, needs_signals=False)


def test_the_articles_and_the_outlet_that_they_are_about_are_in_the_demo() -> None:
    titles = {article.draft.title for article in read_articles()}
    assert set(TITLES) <= titles
    assert ASKING in {outlet.id for outlet in load_province("demo").outlets}


def test_cases_of_every_kind_are_made_once_when_all_is_there(tmp_path: Path) -> None:
    publish(TITLES[:3])
    demo = step(tmp_path)
    assert demo.run(10) == 0
    publish(TITLES[3:])
    assert demo.run(10) == 5
    assert (demo.run(10), step(tmp_path).run(10)) == (0, 0)
    assert sorted(Case.objects.values_list("kind", "state")) == [
        ("correction", "closed"),
        ("correction", "correction-requested"),
        ("criticism", "assigned"),
        ("needs-reply", "drafting"),
        ("question", "received"),
    ]
    assert CaseWatch.objects.exists()
    assert [row.kind for row in due_soon(NOW) if row.stage == "overdue"] == ["question"]
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_an_article_that_still_waits_for_a_step_is_waited_for(tmp_path: Path) -> None:
    publish(TITLES[:3])
    make_article(make_outlet(ASKING, "Nhật báo Ba Miền"), FOOD)
    assert step(tmp_path).run(10) == 0


def test_the_signal_of_the_wrong_figure_is_in_its_case(tmp_path: Path) -> None:
    publish(TITLES[1:])
    article = make_article(
        make_outlet(ASKING), WRONG_FIGURE, text="Tỷ lệ 7,84%.", needs_classify=False, needs_signals=False
    )
    find(article, "signal", "S1", "7,84%", evidence={"other": {"text": "4,87 %"}})
    step(tmp_path).run(10)
    row = Case.objects.get(article=article).evidence.get()
    assert (row.span, row.other) == ("7,84%", "4,87 %")
