"""Moves articles between stories and keeps what a story says of itself true. Under the story lock only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import F, Q

from archive.models import Article, Story, StoryApart
from archive.stories.printed import printed_at, printing_order


def lock_articles(ids: Iterable[int], stories: Collection[int] = ()) -> None:
    """Lock these articles and all of ``stories`` at once and in order, so that nobody waits crosswise."""
    rows = Article.objects.select_for_update().filter(Q(pk__in=list(ids)) | Q(story__in=stories))
    list(rows.order_by("pk").values_list("pk", flat=True))


def new_story(title: str, at: datetime, now: datetime) -> Story:
    """An empty story; ``refresh`` fills it."""
    return Story.objects.create(title=title, created_at=now, first_seen=at, last_seen=at)


def story_of_one(article: Article, now: datetime) -> Story:
    """A story that says of itself what ``refresh`` would, once this article alone is moved there."""
    at = printed_at(article)
    return Story.objects.create(
        title=article.title, created_at=now, first_seen=at, last_seen=at, size=1, origin=article
    )


def move(article_ids: Collection[int], story: Story) -> None:
    """Into ``story``; the search index is to see it."""
    Article.objects.filter(pk__in=article_ids).update(story=story, needs_index=True, version=F("version") + 1)


def absorb(story: Story, other: Story) -> list[int]:
    """All of ``other`` into ``story``; returns the numbers of the articles that moved."""
    moved = list(other.articles.order_by("pk").values_list("pk", flat=True))
    move(moved, story)
    other.merged_into, other.size, other.origin = story, 0, None
    other.save(update_fields=["merged_into", "size", "origin"])
    refresh(story)
    return moved


def refresh(story: Story) -> None:
    """Size, times, origin and title anew from the articles."""
    articles = list(
        story.articles.select_related("outlet").only(
            *("id", "title", "published_at", "published_precision", "first_seen_at", "outlet__kind")
        )
    )
    if not articles:
        return
    times = [printed_at(article) for article in articles]
    origin = min(articles, key=printing_order)
    story.size, story.first_seen, story.last_seen = len(articles), min(times), max(times)
    story.origin, story.title = origin, origin.title
    story.save(update_fields=["size", "first_seen", "last_seen", "origin", "title"])


def held_apart(story: int, other: int) -> bool:
    """Whether a person said that any article of the one is not any article of the other."""
    return StoryApart.objects.filter(
        Q(first__story=story, second__story=other) | Q(first__story=other, second__story=story)
    ).exists()
