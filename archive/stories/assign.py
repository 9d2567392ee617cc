"""Puts an article into its story, by what the similarity of texts says. Repeating it changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from archive.findings import mark_for_signals
from archive.models import Article, Story, StoryChange, StoryLink
from archive.stories.again import around
from archive.stories.lock import StoryLock
from archive.stories.members import absorb, held_apart, lock_articles, move, refresh, story_of_one

# A link is only ever replaced by a stronger one, and never one that a person made.
STRENGTH: dict[str, int] = {
    StoryLink.Kind.FOLLOW_UP: 1,
    StoryLink.Kind.SUGGESTED: 2,
    StoryLink.Kind.REPRINT: 3,
    StoryLink.Kind.JOINED: 4,
}


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What another article is to the one at hand. ``kind``: reprint, suggested or follow-up."""

    other_id: int
    kind: str
    score: float
    method: str
    details: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assignment:
    """The story that the article is in now; stories that went into it; whether it was new there."""

    story_id: int
    merged: tuple[int, ...]
    joined: bool


def awaiting_story(limit: int) -> list[Article]:
    """Up to ``limit`` articles whose newest text was not compared yet, newest first."""
    rows = Article.objects.filter(needs_story=True).order_by("-pk")
    return list(rows.select_related("outlet").prefetch_related("findings")[:limit])


def mark_for_story(article_ids: Collection[int] | None = None) -> int:
    """Have articles (None: all) compared again, after the method changed; returns how many."""
    rows = Article.objects.filter(needs_story=False)
    if article_ids is not None:
        rows = rows.filter(pk__in=article_ids)
    return rows.update(needs_story=True)


def assign(
    lock: StoryLock,
    article_id: int,
    version: int,
    signature: bytes,
    resemblances: Sequence[Resemblance],
    *,
    now: datetime,
) -> Assignment | None:
    """Keep the links and join the stories of confirmed reprints; None if the article changed since.

    ``version`` is the one that the texts were read at. The machine joins stories and never parts them;
    it joins none that hold articles which a person took apart. Of several stories the oldest stays.
    Recent articles that gain a neighbour or a link by it are to be compared for signals again.
    """
    others = Article.objects.in_bulk([row.other_id for row in resemblances])
    confirmed = sorted(
        (r for r in resemblances if r.kind == StoryLink.Kind.REPRINT and r.other_id in others),
        key=lambda r: (-r.score, r.other_id),
    )
    current = Article.objects.filter(pk=article_id).values_list("story_id", flat=True).first()
    wanted = dict.fromkeys([current, *(others[r.other_id].story_id for r in confirmed)])
    stories = [story for story in wanted if story is not None]
    near = around(stories, list(others), now)
    lock_articles([article_id, *near], stories if len(stories) > 1 else ())
    article = Article.objects.filter(pk=article_id, version=version).first()
    if article is None:
        return None
    article.needs_story = False
    article.save(update_fields=["needs_story"])
    lock.write_signature(article_id, article.first_seen_at, signature)
    linked = _keep_links(article_id, [row for row in resemblances if row.other_id in others], now)
    assignment = _join(article, stories, now)
    grown = {*stories} if stories and (assignment.joined or assignment.merged) else set()
    again = {pk for pk, story in near.items() if pk in linked or story in grown} - {article_id}
    if again or linked:
        # What waits anew only for its story, after a change of the method, gained them as well.
        itself = [] if article.needs_signals else [article_id]
        mark_for_signals([*again, *itself])
    return assignment


def _join(article: Article, stories: list[int], now: datetime) -> Assignment:
    if not stories:
        story = story_of_one(article, now)
        move([article.pk], story)
        return Assignment(story.pk, (), True)
    joined = article.story_id is None
    story = Story.objects.get(pk=stories[0])
    if joined:
        move([article.pk], story)
    merged = []
    for other_id in stories[1:]:
        if held_apart(story.pk, other_id):
            continue
        older, newer = sorted((story.pk, other_id))
        story, gone = Story.objects.get(pk=older), Story.objects.get(pk=newer)
        moved = absorb(story, gone)
        StoryChange.objects.create(
            story=story, other=gone, action=StoryChange.Action.MERGED, articles=moved, at=now
        )
        merged.append(newer)
    refresh(story)
    return Assignment(story.pk, tuple(merged), joined)


def _keep_links(article_id: int, rows: Sequence[Resemblance], now: datetime) -> set[int]:
    """Returns the articles that were not linked before."""
    fresh = set()
    for row in rows:
        newer, older = max(article_id, row.other_id), min(article_id, row.other_id)
        link = StoryLink.objects.filter(article_id=newer, other_id=older).first()
        if link is None:
            link = StoryLink(article_id=newer, other_id=older, created_at=now)
            fresh.add(row.other_id)
        elif link.by_id is not None or STRENGTH[link.kind] > STRENGTH[row.kind]:
            continue
        link.kind, link.score, link.method, link.details = row.kind, row.score, row.method, row.details
        link.save()
    return fresh
