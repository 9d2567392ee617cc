"""Related coverage: the story, what is linked, and older events that search remembers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.models import Article, StoryLink
from pipeline.stories.related import RelatedCoverage, related
from search.config import SearchConfig
from search.documents import documents_from_archive
from search.port import EngineUnavailable, SearchEngine
from search.service import open_engine
from tests.classifiers.similarity.writing import text
from tests.pipeline.test_stories_step import NOW, make_article, shortened, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[SearchEngine]:
    opened = open_engine(SearchConfig(folder=tmp_path / "index"))
    yield opened
    opened.close()


def numbers(rows: list[Article]) -> list[int]:
    return [row.pk for row in rows]


def test_the_story_comes_first_and_then_what_is_linked() -> None:
    first = make_article(1, text(1))
    copy = make_article(2, shortened(text(1)))
    other = make_article(3, text(3))
    step().run(10)
    StoryLink.objects.filter(article=other).delete()
    StoryLink.objects.create(
        article=other, other=first, kind="follow-up", method="marks-v2", score=0.8, created_at=NOW
    )
    assert numbers(related(first.pk)) == [copy.pk, other.pk]
    assert numbers(related(first.pk, 1)) == [copy.pk]
    assert related(10**9) == []


def test_an_event_of_years_ago_is_remembered_by_search(engine: SearchEngine) -> None:
    title = "Cháy kho bông Thạch Khê làm 12 công nhân bị thương"
    body = "Vụ cháy kho bông ở Khu công nghiệp Thạch Khê được dập tắt sau ba giờ."
    old = make_article(1, body, title, NOW - timedelta(days=1200))
    for number in range(2, 20):
        make_article(number, text(number))
    again = make_article(30, f"{body} Bạn đọc hỏi lại.", "Kho bông Thạch Khê cháy, 12 công nhân bị thương")
    later = make_article(31, body, title, NOW + timedelta(days=30))
    engine.rebuild(documents_from_archive())
    found = numbers(related(again.pk, engine=engine))
    assert found == [old.pk] and later.pk not in found


def test_an_article_of_its_own_kind_has_no_related_ones(engine: SearchEngine) -> None:
    for number in range(2, 20):
        make_article(number, text(number))
    alone = make_article(30, "Lễ hội hoa ban mở màn.", "Lễ hội hoa ban mở màn tối nay")
    engine.rebuild(documents_from_archive())
    assert related(alone.pk, engine=engine) == []


@pytest.mark.parametrize("title", ["", "!!!", '"" OR ((', "một", "OR AND NOT hoặc", "a" * 3000])
def test_odd_headlines_are_no_error(engine: SearchEngine, title: str) -> None:
    odd = make_article(1, text(1))
    Article.objects.update(title=title)
    engine.rebuild(documents_from_archive())
    assert related(odd.pk, engine=engine) == []


def test_without_the_engine_the_archive_answers(caplog: pytest.LogCaptureFixture) -> None:
    class Away:
        def search(self, request: object) -> None:
            raise EngineUnavailable("the engine is away; start it")

    first = make_article(1, text(1))
    copy = make_article(2, shortened(text(1)))
    step().run(10)
    assert numbers(list(RelatedCoverage(Away())(first))) == [copy.pk]  # type: ignore[arg-type]
    assert "the engine is away" in caplog.text
