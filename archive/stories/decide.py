"""What people decide on stories. It is remembered, and no machine undoes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as _

from archive.findings import mark_for_signals
from archive.models import Article, Story, StoryApart, StoryChange, StoryLink
from archive.stories.again import around
from archive.stories.lock import story_lock
from archive.stories.members import absorb, held_apart, lock_articles, move, new_story, refresh

METHOD = "person"


class StoryError(Exception):
    """A decision that cannot be carried out; the message, in Vietnamese, says why and what to do."""


def merge(story_id: int, other_id: int, *, by: User, now: datetime, reason: str = "") -> Story:
    """Make two stories one; the older one stays and is returned. Repeating it changes nothing."""
    with story_lock():
        first, second = _live(story_id), _live(other_id)
        if first.pk == second.pk:
            return first
        story, gone = sorted((first, second), key=lambda each: each.pk)
        lock_articles([], [story.pk, gone.pk])
        _forget_apart(story, gone)
        ends = sorted(pk for pk in (story.origin_id, gone.origin_id) if pk is not None)
        again = around([story.pk, gone.pk], [], now)
        moved = absorb(story, gone)
        mark_for_signals(again)
        if len(ends) == 2:
            _link(*ends, by=by, now=now)
        _note(story, gone, StoryChange.Action.MERGED, moved, by, now, reason)
        return story


def split(story_id: int, article_ids: Collection[int], *, by: User, now: datetime, reason: str = "") -> Story:
    """Take articles out of a story into one of their own, which is returned. Raises ``StoryError``."""
    with story_lock():
        story = _live(story_id)
        lock_articles([], [story.pk])
        members = set(story.articles.values_list("pk", flat=True))
        leaving = set(article_ids)
        if not leaving or not leaving <= members:
            raise StoryError(_("Hãy chọn ít nhất một bài đang thuộc câu chuyện này."))
        if leaving == members:
            raise StoryError(_("Không thể tách hết: hãy để lại ít nhất một bài trong câu chuyện."))
        made = new_story(story.title, story.first_seen, now)
        move(leaving, made)
        refresh(story)
        refresh(made)
        _hold_apart(leaving, members - leaving)
        StoryLink.objects.filter(kind=StoryLink.Kind.JOINED).filter(
            Q(article__in=leaving, other__in=members - leaving)
            | Q(other__in=leaving, article__in=members - leaving)
        ).delete()
        _note(story, made, StoryChange.Action.SPLIT, sorted(leaving), by, now, reason)
        return made


def keep_apart(story_id: int, other_id: int, *, by: User, now: datetime, reason: str = "") -> None:
    """Two stories are two: neither joined by the machine nor suggested again. Raises ``StoryError``."""
    with story_lock():
        story, other = _live(story_id), _live(other_id)
        if story.pk == other.pk:
            raise StoryError(_("Hai bài đang ở cùng một câu chuyện; muốn giữ riêng thì hãy tách bài."))
        if held_apart(story.pk, other.pk):
            return
        _hold_apart(
            story.articles.values_list("pk", flat=True), list(other.articles.values_list("pk", flat=True))
        )
        _note(story, other, StoryChange.Action.APART, [], by, now, reason)


def _live(story_id: int) -> Story:
    story = Story.objects.filter(pk=story_id).first()
    while story is not None and story.merged_into_id is not None:
        story = Story.objects.filter(pk=story.merged_into_id).first()
    if story is None:
        raise StoryError(
            _("Không có câu chuyện số %(story_id)s; hãy mở lại từ trang bài báo.") % {"story_id": story_id}
        )
    return story


def _link(older: int, newer: int, *, by: User, now: datetime) -> None:
    """What the machine measured of the two stays beside the person's word."""
    link = StoryLink.objects.filter(article=newer, other=older).first()
    if link is None:
        link = StoryLink(article_id=newer, other_id=older, method=METHOD, score=1.0, created_at=now)
    link.kind, link.by = StoryLink.Kind.JOINED, by
    link.save()


def _hold_apart(some: Iterable[int], others: Iterable[int]) -> None:
    rest = list(others)
    pairs = (sorted((a, b)) for a in some for b in rest)
    StoryApart.objects.bulk_create(
        [StoryApart(first_id=a, second_id=b) for a, b in pairs], ignore_conflicts=True, batch_size=500
    )


def _forget_apart(story: Story, other: Story) -> None:
    some, rest = (Article.objects.filter(story=each).values("pk") for each in (story, other))
    StoryApart.objects.filter(
        Q(first__in=some, second__in=rest) | Q(first__in=rest, second__in=some)
    ).delete()


def _note(
    story: Story,
    other: Story,
    action: StoryChange.Action,
    articles: list[int],
    by: User,
    now: datetime,
    reason: str,
) -> None:
    StoryChange.objects.create(
        story=story, other=other, action=action, articles=articles, at=now, by_id=by.pk, reason=reason
    )
