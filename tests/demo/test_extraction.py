"""The collector's extraction reads every demo article exactly, in all six page designs."""

from __future__ import annotations

from datetime import timedelta

from crawlers.extraction.article import extract
from crawlers.records import Precision
from demo.world import World
from tests.demo.conftest import Clock, fetch


def test_every_article_is_read_word_for_word(world: World, clock: Clock) -> None:
    clock.move(hours=3)
    read = 0
    for one in world.truth():
        if one.removed_at is not None:
            continue
        answer = fetch(one.url)
        article = extract(
            answer.body,
            url=one.url,
            content_type=answer.headers["content-type"],
            fetched_at=clock(),
            outlet=one.outlet,
        )
        assert (article.title, article.lead, article.text) == (
            one.draft.title,
            one.draft.lead,
            one.draft.text,
        )
        assert article.precision is Precision.MINUTE
        assert article.published_at is not None
        assert timedelta(0) <= one.published_at - article.published_at < timedelta(minutes=1)
        read += 1
    assert read >= 80
