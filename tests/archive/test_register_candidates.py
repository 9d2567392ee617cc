"""Releases on the office's own portals propose figures; a person decides."""

from __future__ import annotations

import pytest

from archive.models import Article, Outlet, Page, RegisterEntry
from archive.register.candidates import FoundFigure, propose
from archive.register.edits import approve, withdraw
from tests.archive.conftest import NOW
from tests.archive.register_maker import approved, content, person

SPAN = {"field": "text", "start": 0, "end": 3, "text": "Cầu"}


@pytest.fixture
def release(page: Page, take_in: object) -> Article:
    take_in(page)
    Outlet.objects.update(kind="portal")
    return Article.objects.select_related("outlet").get()


def figure(**cells: str) -> FoundFigure:
    return FoundFigure(content(**cells), SPAN)


def test_a_figure_of_a_release_becomes_a_draft_that_anybody_with_the_right_may_approve(
    release: Article,
) -> None:
    assert propose(release, [figure()], now=NOW) == 1
    entry = RegisterEntry.objects.get()
    assert (entry.status, entry.created_by, entry.source_article) == ("draft", None, release)
    assert entry.source_span == SPAN
    assert approve(entry, version=1, by=person("lan"), now=NOW).status == "approved"


@pytest.mark.parametrize("fields", [{"kind": "newspaper"}, {"scope": "national"}])
def test_only_the_offices_own_portals_propose(release: Article, fields: dict[str, str]) -> None:
    Outlet.objects.update(**fields)
    release.outlet.refresh_from_db()
    assert propose(release, [figure()], now=NOW) == 0


def test_nothing_is_proposed_twice_or_after_a_person_refused_it(release: Article) -> None:
    propose(release, [figure()], now=NOW)
    assert propose(release, [figure()], now=NOW) == 0
    withdraw(RegisterEntry.objects.get(), version=1, by=person("lan"), now=NOW, reason="số ước")
    assert propose(release, [figure()], now=NOW) == 0


def test_what_the_register_holds_is_not_proposed(release: Article) -> None:
    approved()
    assert propose(release, [figure()], now=NOW) == 0


def test_a_newer_figure_is_proposed_in_place_of_the_one_in_force(release: Article) -> None:
    old = approved()
    propose(release, [figure(value="2500000", as_of="10/2026", valid_from="2026-10-01")], now=NOW)
    assert RegisterEntry.objects.get(status="draft").replaces == old
