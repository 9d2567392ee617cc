"""Marks between steps: cleared only at the version that was read; decided findings stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from archive.findings import (
    FindingRow,
    awaiting_classification,
    awaiting_index,
    mark_for_classification,
    mark_index_error,
    mark_indexed,
    replace_findings,
    retry_index_errors,
)
from archive.models import Article, Finding, Outlet, Page
from tests.archive.conftest import NOW, article, make_page

TakeIn = Callable[..., object]


def topic(label: str, **fields: object) -> FindingRow:
    return FindingRow("topic", label, 0.9, "topics", "1", **fields)  # type: ignore[arg-type]


def replace(rows: list[FindingRow], *, version: int | None = None) -> bool:
    row = Article.objects.get()
    revision = row.revisions.get(number=row.revision_count)
    version = row.version if version is None else version
    return replace_findings(row.pk, revision.pk, version, ["topics", "places"], rows, now=NOW)


def labels() -> set[str]:
    return set(Finding.objects.values_list("label", flat=True))


def test_what_awaits_classification_is_told_with_its_newest_revision(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    take_in(page, NOW + timedelta(hours=1), title="Đổi tít")
    (awaiting,) = awaiting_classification(10)
    assert awaiting.revision_id == awaiting.article.revisions.get(number=2).pk
    assert awaiting.version == 2


def test_findings_are_replaced_and_the_index_is_told(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    assert replace([topic("flood"), topic("roads")])
    assert awaiting_classification(10) == []
    Article.objects.update(needs_index=False)
    assert replace([topic("roads")])
    assert labels() == {"roads"}
    assert [row.version for row in awaiting_index(10)] == [3]


def test_other_detectors_findings_stay(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    row = Article.objects.get()
    figure = FindingRow("signal", "S1", 0.8, "figures", "1")
    replace_findings(row.pk, row.revisions.get().pk, 1, ["figures"], [figure], now=NOW)
    assert replace([topic("roads")])
    assert labels() == {"S1", "roads"}


def test_an_article_that_changed_meanwhile_still_awaits(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    assert not replace([topic("flood")], version=7)
    assert labels() == set()
    assert len(awaiting_classification(10)) == 1


def test_what_a_person_decided_stays_and_is_not_asked_again(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    spans = [{"field": "text", "start": 0, "end": 3, "text": "Cầu"}]
    replace([topic("flood", spans=spans), topic("roads")])
    Finding.objects.filter(label="flood").update(status=Finding.Status.FALSE_ALARM)
    replace([topic("flood", spans=spans), topic("budget")])
    assert sorted(Finding.objects.values_list("label", "status")) == [
        ("budget", "open"),
        ("flood", "false-alarm"),
    ]


def test_a_crash_while_findings_are_written_keeps_the_old_ones(
    page: Page, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(page)
    replace([topic("flood")])
    Article.objects.update(needs_classify=True)

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("killed here")

    with monkeypatch.context() as patch:
        patch.setattr("archive.findings._finding", crash)
        with pytest.raises(RuntimeError):
            replace([topic("roads")])
    assert labels() == {"flood"}
    assert len(awaiting_classification(10)) == 1


def test_an_index_mark_is_cleared_only_at_the_version_that_was_indexed(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    row = Article.objects.get()
    take_in(page, NOW + timedelta(hours=1), title="Đổi tít")
    assert mark_indexed([(row.pk, 1)]) == 0
    assert len(awaiting_index(10)) == 1
    assert mark_indexed([(row.pk, 2), (999, 1)]) == 1
    assert awaiting_index(10) == []


def test_a_refused_article_says_why_and_is_tried_when_it_changes(page: Page, take_in: TakeIn) -> None:
    take_in(page)
    row = Article.objects.get()
    mark_index_error(row.pk, 1, "mapper_parsing_exception")
    assert awaiting_index(10) == []
    row.refresh_from_db()
    assert row.index_error == "mapper_parsing_exception"
    take_in(page, NOW + timedelta(hours=1), title="Đổi tít")
    assert [found.index_error for found in awaiting_index(10)] == [""]
    mark_index_error(row.pk, 2, "mapper_parsing_exception")
    assert retry_index_errors() == 1
    assert len(awaiting_index(10)) == 1


def test_a_new_model_has_everything_classified_again(outlet: Outlet, take_in: TakeIn) -> None:
    for number in range(3):
        page = make_page(outlet, f"/{number}")
        take_in(page, title=f"Tít {number}", text=article(page).text + str(number))
    Article.objects.update(needs_classify=False)
    first = Article.objects.order_by("pk").first()
    assert mark_for_classification([first.pk]) == 1
    assert mark_for_classification() == 2
    assert [waiting.article.title for waiting in awaiting_classification(2)] == ["Tít 2", "Tít 1"]
