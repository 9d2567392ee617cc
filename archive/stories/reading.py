"""A story as it is shown: who printed when and after whom, and what else belongs to the event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from archive.models import Article, Story, StoryApart, StoryLink
from archive.stories.printed import printed_at, printing_order
from archive.textform import collapsed

CREDIT = 300  # where a credit stands: so many characters at the end of a text


@dataclass(frozen=True, slots=True)
class Telling:
    """An article's place in its story. ``parent``: the article it most likely took the text from, with the
    link that says so (None: a person joined them, or the link is through a third); ``credited``: it names
    the parent's outlet itself. ``depth``: 0 for the origin.
    """

    article: Article
    at: datetime
    parent: Article | None
    link: StoryLink | None
    credited: bool
    depth: int


@dataclass(frozen=True, slots=True)
class RelatedStory:
    """Another story and the strongest link to it."""

    story: Story
    link: StoryLink


def current_story(story_id: int) -> Story | None:
    """The story, or the one that it went into."""
    rows = Story.objects.select_related("origin").defer("origin__segments")
    story = rows.filter(pk=story_id).first()
    while story is not None and story.merged_into_id is not None:
        story = rows.filter(pk=story.merged_into_id).first()
    return story


def tellings(story: Story) -> list[Telling]:
    """Every article of the story in the order of printing, the origin first."""
    rows = story.articles.select_related("outlet").defer("segments")
    articles = sorted(rows, key=printing_order)
    numbers = [article.pk for article in articles]
    links = {
        frozenset((link.article_id, link.other_id)): link
        for link in StoryLink.objects.filter(article__in=numbers, other__in=numbers)
        if link.kind != StoryLink.Kind.FOLLOW_UP
    }
    told: list[Telling] = []
    depths: dict[int, int] = {}
    for place, article in enumerate(articles):
        parent, link, credited = _parent(article, articles[:place], links)
        depths[article.pk] = depths[parent.pk] + 1 if parent else 0
        told.append(Telling(article, printed_at(article), parent, link, credited, depths[article.pk]))
    return told


def suggestions(story: Story) -> list[RelatedStory]:
    """Stories that may be the same text, strongest first, without those that a person keeps apart."""
    return _linked(story, StoryLink.Kind.SUGGESTED, StoryLink.Kind.REPRINT)


def related_stories(story: Story) -> list[RelatedStory]:
    """Other texts on the same event, in the order of printing."""
    return sorted(_linked(story, StoryLink.Kind.FOLLOW_UP), key=lambda row: row.story.first_seen)


def _parent(
    article: Article, earlier: list[Article], links: dict[frozenset[int], StoryLink]
) -> tuple[Article | None, StoryLink | None, bool]:
    """The credited outlet's article first, else the one most like it, the earliest of equals."""
    if not earlier:
        return None, None, False
    end = collapsed(article.text)[-CREDIT:].casefold()
    named = [one for one in earlier if one.outlet_id != article.outlet_id and _credits(end, one.outlet.name)]
    best: Article | None = None
    best_link: StoryLink | None = None
    for one in named or earlier:
        link = links.get(frozenset((article.pk, one.pk)))
        if link is not None and (best_link is None or _likeness(link) > _likeness(best_link)):
            best, best_link = one, link
    return best or (named or earlier)[0], best_link, bool(named)


def _credits(end: str, outlet: str) -> bool:
    name = collapsed(outlet).casefold()
    return bool(name) and any(f"{word} {name}" in end for word in ("theo", "nguồn:", "nguồn"))


def _likeness(link: StoryLink) -> float:
    return float(link.details.get("resemblance", link.score))


def _linked(story: Story, *kinds: StoryLink.Kind) -> list[RelatedStory]:
    # By the articles' numbers: asked through both joins, the database reads every link that there is.
    mine = Article.objects.filter(story=story).values("pk")
    rows = StoryLink.objects.filter(Q(article__in=mine) | Q(other__in=mine), kind__in=kinds)
    outward = rows.exclude(article__in=mine, other__in=mine)
    best: dict[int, StoryLink] = {}
    for link in outward.annotate(one=F("article__story"), two=F("other__story")):
        for story_id in (link.one, link.two):
            if story_id is None or story_id == story.pk:
                continue
            if story_id not in best or link.score > best[story_id].score:
                best[story_id] = link
    apart = set(_apart_from(story)) if kinds != (StoryLink.Kind.FOLLOW_UP,) else set()
    told = Story.objects.select_related("origin__outlet").defer("origin__text", "origin__segments")
    found = told.in_bulk([pk for pk in best if pk not in apart])
    strongest = sorted(found, key=lambda pk: (-best[pk].score, pk))
    return [RelatedStory(found[pk], best[pk]) for pk in strongest]


def _apart_from(story: Story) -> Iterable[int]:
    mine = Article.objects.filter(story=story).values("pk")
    pairs = StoryApart.objects.filter(Q(first__in=mine) | Q(second__in=mine))
    for first, second in pairs.values_list("first__story", "second__story"):
        yield from (first, second)
