"""What the index should hold, counted while other processes write: never more than there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from archive.indexed import settled_articles, waits_from_before
from archive.models import Article, Outlet

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture
def outlet() -> Outlet:
    return Outlet.objects.create(
        key="lam-giang", name="Báo Lam Giang", kind="newspaper", scope="local", home="http://127.0.0.1/"
    )


def article(outlet: Outlet, number: int, **more: Any) -> Article:
    url = f"http://127.0.0.1/bai-{number}.html"
    return Article.objects.create(
        outlet=outlet,
        url=url,
        canonical_url=url,
        title="Hồ xả lũ",
        digest="0" * 64,
        first_seen_at=NOW,
        changed_at=NOW,
        **more,
    )


def counted_while(happens: Callable[[], object], after: int) -> int:
    """``settled_articles`` while something happens after so many of its queries."""
    seen = 0

    def run(execute: Callable[..., Any], *query: Any) -> Any:
        nonlocal seen
        answer = execute(*query)
        seen += 1
        if seen == after:
            happens()
        return answer

    with connection.execute_wrapper(run):
        return settled_articles()


@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_article_that_comes_between_two_counts_is_not_missing(outlet: Outlet, after: int) -> None:
    article(outlet, 1, needs_index=False)
    article(outlet, 2, needs_index=False, index_error="too odd")
    assert settled_articles() == 1
    assert counted_while(lambda: article(outlet, 3), after) <= 1


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_refused_article_that_changes_between_two_counts_is_not_missing(outlet: Outlet, after: int) -> None:
    article(outlet, 1, needs_index=False)
    refused = Article.objects.filter(pk=article(outlet, 2, needs_index=False, index_error="too odd").pk)
    assert counted_while(lambda: refused.update(needs_index=True, index_error=""), after) <= 1


def test_only_what_was_there_before_is_waited_for(outlet: Outlet) -> None:
    waiting = article(outlet, 1)
    assert not waits_from_before(NOW), "it came at that moment, not before"
    Article.objects.filter(pk=waiting.pk).update(first_seen_at=datetime(2026, 11, 20, 2, tzinfo=UTC))
    assert waits_from_before(NOW)
    Article.objects.update(needs_index=False)
    assert not waits_from_before(NOW)
