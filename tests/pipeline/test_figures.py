"""Articles against the archive's register: findings with both sides, drafts from portals, switches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from archive.models import Article, Finding, RegisterEntry
from archive.register.edits import approve, create, withdraw
from archive.register.fields import read_fields
from cases.signals import Setting, change
from classifiers.records import ArticleText, Span
from classifiers.records import Finding as Found
from pipeline.classify.figures import RegisterFigures, register_of
from pipeline.classify.step import ClassifyStep
from pipeline.classify.switches import kept
from tests.archive.register_maker import CELLS, person
from tests.web.factory import make_article, make_outlet

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
DIFFERS = "Hiện toàn tỉnh Lam Giang có 2.684.300 người."
SAME = "Hiện toàn tỉnh Lam Giang có 2.486.300 người."


class OneTopic:
    """Classifiers that find one topic in everything."""

    detectors = ("topics",)

    def findings(self, article: ArticleText) -> list[Found]:
        return [Found("topic", "minerals", 0.9, (), "topics", "1")]


def enter(**cells: str) -> RegisterEntry:
    content, problems = read_fields(CELLS | {"scope": "toàn tỉnh Lam Giang"} | cells)
    assert content is not None, problems
    entry = create(content, by=person("lan"), now=NOW)
    return approve(entry, version=1, by=person("minh"), now=NOW)


@pytest.fixture
def classify() -> Callable[[], None]:
    """Classifies what awaits it, with one step for the whole test."""
    step = ClassifyStep(OneTopic(), clock=lambda: NOW, figures=RegisterFigures())

    def run() -> None:
        step.run(100)

    return run


def article(text: str = DIFFERS, **outlet: str) -> Article:
    return make_article(make_outlet(**outlet), "Lam Giang công bố dân số", lead="", text=text, at=NOW)


def signals() -> list[Finding]:
    return list(Finding.objects.filter(kind="signal"))


def test_a_figure_that_differs_is_a_finding_that_leads_to_its_entry(classify: Callable[[], None]) -> None:
    entry = enter()
    article()
    classify()
    (found,) = signals()
    assert found.label == "S1"
    assert found.spans[0]["text"] == DIFFERS[found.spans[0]["start"] : found.spans[0]["end"]]
    assert found.evidence["note"] == "cần đối chiếu"
    assert found.evidence["other"]["ids"] == [str(entry.pk)]
    assert found.evidence["other"]["document"] == "Báo cáo 412/BC-UBND"
    assert found.evidence["innocent"]


def test_a_figure_far_from_the_official_one_scores_lower_than_a_near_one(
    classify: Callable[[], None],
) -> None:
    enter()
    article()
    article("Hiện toàn tỉnh Lam Giang có 1.684.300 người.")
    classify()
    near, far = sorted(signals(), key=lambda found: found.article_id)
    assert 0.0 < far.score < near.score < 1.0


def test_a_figure_that_agrees_and_an_empty_register_find_nothing(classify: Callable[[], None]) -> None:
    article()
    classify()
    enter()
    article(SAME)
    classify()
    assert signals() == []


def test_drafts_and_withdrawn_entries_are_not_compared(classify: Callable[[], None]) -> None:
    content, _ = read_fields(CELLS)
    create(content, by=person("lan"), now=NOW)
    entry = enter()
    withdraw(entry, version=entry.version, by=person("minh"), now=NOW, reason="x")
    article()
    classify()
    assert signals() == []


def test_a_change_of_the_register_holds_from_the_next_batch_on(classify: Callable[[], None]) -> None:
    row = article()
    classify()
    assert signals() == []
    enter()
    Article.objects.filter(pk=row.pk).update(needs_classify=True)
    classify()
    assert len(signals()) == 1


def test_other_findings_are_kept_beside_it(classify: Callable[[], None]) -> None:
    enter()
    article()
    classify()
    assert sorted(Finding.objects.values_list("kind", flat=True)) == ["signal", "topic"]


def test_historical_figures_are_never_compared_with_todays_coverage(classify: Callable[[], None]) -> None:
    enter(as_of="2017", valid_from="2017-01-01", valid_to="2018-06-30")
    article()
    classify()
    assert signals() == []


def test_a_release_of_the_own_portal_proposes_its_figure_once(classify: Callable[[], None]) -> None:
    old = enter()
    row = article(kind="portal")
    classify()
    Article.objects.update(needs_classify=True)
    classify()
    draft = RegisterEntry.objects.get(status="draft")
    assert (draft.value, draft.as_of, draft.replaces, draft.source_article) == (
        "2684300",
        "11/2026",
        old,
        row,
    )


def test_a_newspapers_figure_is_never_proposed(classify: Callable[[], None]) -> None:
    enter()
    article()
    classify()
    assert not RegisterEntry.objects.filter(status="draft").exists()


def test_the_rule_is_the_same_for_the_own_portal(classify: Callable[[], None]) -> None:
    enter()
    article(kind="portal")
    classify()
    assert len(signals()) == 1


@pytest.mark.parametrize(
    "setting", [{"enabled": False, "threshold": 0.0}, {"enabled": True, "threshold": 0.99}]
)
def test_what_is_switched_off_or_below_the_threshold_is_dropped(
    classify: Callable[[], None], setting: dict[str, object]
) -> None:
    enter()
    article()
    change("S1", by=None, now=NOW, reason="x", **setting)
    classify()
    assert signals() == []
    assert Finding.objects.filter(kind="topic").count() == 1


def test_another_province_must_be_named_to_be_meant(classify: Callable[[], None]) -> None:
    enter()
    row = article("Hiện toàn tỉnh có 2.684.300 người.")
    Article.objects.filter(pk=row.pk).update(title="Công bố dân số")
    classify()
    assert signals() == []


def test_a_code_without_a_known_province_is_named_and_holds_nothing_up(
    classify: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    enter()
    enter(province="ZZ", scope="toàn vùng")
    article()
    classify()
    assert len(signals()) == 1
    assert "entries of ZZ are not compared" in caplog.text


def test_entries_that_contradict_each_other_are_named_and_the_later_is_used(
    caplog: pytest.LogCaptureFixture,
) -> None:
    first, second = enter(), enter(scope="toàn tỉnh, cách tính khác", valid_from="2026-01-01", value="5")
    local = enter(district="xã Sơn Vàng", value="7", as_of="2026")
    register = register_of(RegisterEntry.objects.select_related("indicator"))
    assert {entry.line for entry in register} == {second.pk, local.pk}
    assert f"entry {first.pk} is not compared" in caplog.text


COMMUNE = {"district": "xã Sơn Vàng", "scope": "toàn xã, tỉnh Lam Giang", "value": "21300"}
OF_COMMUNE = "Xã Sơn Vàng hiện có 12.300 người."


def test_a_communes_figure_is_compared_with_what_names_the_commune(classify: Callable[[], None]) -> None:
    enter()
    entry = enter(**COMMUNE)
    article(OF_COMMUNE)
    article("Xã Đá Bạc hiện có 12.300 người.")
    article(SAME)
    classify()
    (found,) = signals()
    assert found.evidence["other"]["ids"] == [str(entry.pk)]
    assert found.evidence["other"]["scope"] == "xã Sơn Vàng; toàn xã, tỉnh Lam Giang"


def test_the_accepted_deviation_of_an_entry_is_no_difference(classify: Callable[[], None]) -> None:
    enter(tolerance="8,5")
    article()
    classify()
    assert signals() == []


def test_places_that_cannot_be_compared_are_named_and_hold_nothing_up(
    classify: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    enter()
    bare = enter(**COMMUNE | {"district": "Sơn Vàng"})
    ended = enter(**COMMUNE | {"district": "huyện Nam Rộc"})
    article()
    article(OF_COMMUNE)
    classify()
    assert len(signals()) == 1
    assert f"register entry {bare.pk} is not compared: write the level" in caplog.text
    assert f"register entry {ended.pk} is not compared: no district existed" in caplog.text


def test_a_release_proposes_a_communes_figure_as_the_communes(classify: Callable[[], None]) -> None:
    entry = enter(**COMMUNE)
    article(OF_COMMUNE, kind="portal")
    classify()
    draft = RegisterEntry.objects.get(status="draft")
    assert (draft.district, draft.value, draft.replaces) == ("xã Sơn Vàng", "12300", entry)


def test_a_release_proposes_nothing_for_a_district_that_ended(classify: Callable[[], None]) -> None:
    dates = {"as_of": "2024", "valid_from": "2024-01-01", "valid_to": "2025-06-30"}
    enter(**COMMUNE | dates | {"district": "huyện Nam Rộc"})
    article("Huyện Nam Rộc có 12.300 người.", kind="portal")
    classify()
    assert not RegisterEntry.objects.filter(status="draft").exists()


def test_the_spans_of_a_finding_match_the_text(classify: Callable[[], None]) -> None:
    enter()
    figures = RegisterFigures()
    text = ArticleText("Dân số", "", DIFFERS, NOW.date())
    for found in figures.check(text):
        assert isinstance(found.span, Span)
        assert text.part(found.span.field)[found.span.start : found.span.end] == found.span.text


def test_a_companion_that_is_off_does_not_come_along() -> None:
    notes = [{"signal": "S5"}, {"signal": "S6"}]
    finding = Found("signal", "S2", 0.9, (), "signals.s2", "1", evidence={"attached": notes, "note": "x"})
    (shown,) = kept([finding], {"S6": Setting(enabled=False), "S2": Setting()})
    assert shown.evidence == {"attached": [{"signal": "S5"}], "note": "x"}
    assert kept([finding], {}) == [finding]
