"""The step finds reprints among the archived, also after a restart, a kill, and beside other workers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from archive.export import export_article
from archive.models import Article, ArticleSignature, Outlet, Story, StoryLink
from classifiers.similarity.facts import ArticleFacts
from pipeline.stories.recent import RecentArticles, facts_from
from pipeline.stories.step import StoryStep
from search.documents import document_of
from tests.classifiers.similarity.writing import text

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def make_article(number: int, body: str, title: str = "", at: datetime = NOW, outlet: str = "bao") -> Article:
    Outlet.objects.get_or_create(
        key=outlet,
        defaults={
            "name": f"Báo {outlet}",
            "kind": "newspaper",
            "scope": "local",
            "home": "https://b.example",
        },
    )
    url = f"https://b.example/{outlet}/{number}.html"
    return Article.objects.create(
        outlet_id=outlet,
        url=url,
        canonical_url=url,
        title=title or f"Bài số {number}",
        text=body,
        digest=f"{hash(body) & 0xFFFFFFFF:064x}",
        published_at=at,
        published_precision="minute",
        first_seen_at=at,
        changed_at=at,
    )


def step() -> StoryStep:
    return StoryStep(clock=lambda: NOW)


def shortened(body: str) -> str:
    return "\n".join(body.split("\n")[:6]) + "\nTheo Báo bao"


def stories() -> list[set[int]]:
    found: dict[int | None, set[int]] = {}
    for pk, story in Article.objects.values_list("pk", "story_id"):
        found.setdefault(story, set()).add(pk)
    return sorted(found.values(), key=min)


@pytest.mark.django_db
def test_reprints_share_a_story_that_export_and_index_tell() -> None:
    first = make_article(1, text(1))
    other = make_article(2, text(2))
    copy = make_article(3, shortened(text(1)), "Nóng: tựa khác", NOW + timedelta(minutes=5), "tong-hop")
    assert step().run(10) == 3
    assert stories() == [{first.pk, copy.pk}, {other.pk}]
    copy = Article.objects.select_related("outlet").get(pk=copy.pk)
    assert export_article(copy)["story"] == document_of(copy).story == str(copy.story_id)
    assert Story.objects.get(pk=copy.story_id).origin == first
    link = StoryLink.objects.get(article=copy)
    assert (link.kind, link.method) == ("reprint", "shingles5-v1") and link.score >= 0.9
    assert link.details["containment"] > 0.9


@pytest.mark.django_db
@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3), (1, 4, 0, 3, 2)])
def test_the_order_of_arrival_makes_no_difference(order: tuple[int, ...]) -> None:
    whole = text(1)
    bodies = [whole, shortened(whole), whole + "\nTheo Báo bao", text(2), shortened(text(2))]
    made = {number: make_article(number, bodies[number]).pk for number in order}
    step().run(10)
    assert {frozenset(group) for group in stories()} == {
        frozenset(made[k] for k in (0, 1, 2)),
        frozenset(made[k] for k in (3, 4)),
    }


@pytest.mark.django_db
def test_a_restarted_step_knows_what_was_archived_before() -> None:
    first = make_article(1, text(1))
    step().run(10)
    copy = make_article(2, shortened(text(1)))
    step().run(10)
    assert stories() == [{first.pk, copy.pk}]


@pytest.mark.django_db
def test_what_another_worker_added_is_known() -> None:
    mine, theirs = step(), step()
    make_article(1, text(9))
    mine.run(10)
    first = make_article(2, text(1))
    theirs.run(10)
    copy = make_article(3, shortened(text(1)))
    mine.run(10)
    assert {first.pk, copy.pk} in stories()


@pytest.mark.django_db
def test_a_new_revision_is_compared_by_its_new_text() -> None:
    first, second = make_article(1, text(1)), make_article(2, text(2))
    worker = step()
    worker.run(10)
    second.text, second.digest, second.needs_story = text(1), "1" * 64, True
    second.save(update_fields=["text", "digest", "needs_story"])
    worker.run(10)
    assert stories() == [{first.pk, second.pk}]


@pytest.mark.django_db
def test_a_signature_of_an_older_version_is_made_anew() -> None:
    first = make_article(1, text(1))
    step().run(10)
    ArticleSignature.objects.update(data=b"\x00" * 20)
    worker = step()
    copy = make_article(2, shortened(text(1)))
    while worker.run(10):
        pass
    assert stories() == [{first.pk, copy.pk}]


@pytest.mark.django_db
def test_an_article_that_was_deleted_is_no_candidate() -> None:
    first = make_article(1, text(1))
    worker = step()
    worker.run(10)
    first.delete()
    copy = make_article(2, shortened(text(1)))
    worker.run(10)
    assert stories() == [{copy.pk}]


@pytest.mark.django_db
def test_what_left_the_window_is_not_read_at_a_start() -> None:
    make_article(1, text(1), at=NOW - timedelta(days=50))
    make_article(2, text(2))
    step().run(10)
    recent = RecentArticles()
    recent.load()
    assert len(recent) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["", "\u0301\u0301", "1 " * 50, "A" * 200_000, "Một câu."])
def test_odd_texts_get_a_story_of_their_own(body: str) -> None:
    make_article(1, text(1))
    make_article(2, body)
    assert step().run(10) == 2
    assert len(stories()) == 2 and step().run(10) == 0


@pytest.mark.django_db
def test_an_article_that_cannot_be_read_stands_alone_and_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def reading(article: Article) -> ArticleFacts:
        if article.title == "hỏng":
            raise ValueError("cannot be read")
        return facts_from(article)

    monkeypatch.setattr("pipeline.stories.step.facts_from", reading)
    broken = make_article(1, text(1), "hỏng")
    first, copy = make_article(2, text(1)), make_article(3, shortened(text(1)))
    assert step().run(10) == 3
    assert stories() == [{broken.pk}, {first.pk, copy.pk}]
    assert "could not be compared" in caplog.text


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_overlook_no_reprint_and_do_nothing_twice() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL=postgresql://...")
    for number in range(12):
        for copy in range(4):
            make_article(number * 10 + copy, text(number) if not copy else shortened(text(number)))
    barrier = Barrier(4)

    def work(_: int) -> None:
        try:
            worker = step()
            barrier.wait(timeout=30)
            while worker.run(5):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert [len(story) for story in stories()] == [4] * 12
    assert not Article.objects.filter(needs_story=True).exists()
    assert Story.objects.filter(merged_into=None).count() == 12
