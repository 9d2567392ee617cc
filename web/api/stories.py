"""Stories: one text with all its reprints."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from archive.models import Story
from archive.stories import current_story, related_stories, suggestions, tellings
from archive.stories.reading import RelatedStory
from web.api.fields import Time, Told
from web.api.operation import reads
from web.api.paging import Page, PageParams, page_of
from web.api.problems import not_found
from web.api.scopes import Scope
from web.api.shapes import ArticleBrief, brief

router = Router(tags=["stories"])


class StoryParams(PageParams):
    """Which stories."""

    min_size: int = Field(1, ge=1, le=10_000, description="Articles that a story has at least.")


class StoryBrief(Told):
    """A story in a list. Times are of printing."""

    id: int
    title: str
    first_seen: Time
    last_seen: Time
    size: int
    origin: int | None = Field(description="the article that printed it first")


class TellingTold(Told):
    """An article's place in the story."""

    article: ArticleBrief
    printed_at: Time
    taken_from: int | None = Field(description="the article that it most likely took the text from")
    credited: bool = Field(description="whether it names that outlet itself")
    likeness: float | None


class Related(Told):
    """Another story, and the strongest link to it."""

    story: StoryBrief
    kind: str
    score: float


class StoryTold(StoryBrief):
    """A story with its articles in the order of printing."""

    tellings: list[TellingTold]
    suggestions: list[Related] = Field(description="may be the same text; people decide")
    related: list[Related] = Field(description="other texts on the same event")


@router.get("/stories", response=Page[StoryBrief], summary="List stories", **reads(Scope.ARTICLES_READ))
def list_stories(request: HttpRequest, params: Query[StoryParams]) -> Page[StoryBrief]:
    """Newest first; stories that went into another are left out."""
    rows = Story.objects.filter(merged_into=None, size__gte=params.min_size)
    found, cursor = page_of(rows, params)
    return Page[StoryBrief](items=[_brief(row) for row in found], next_cursor=cursor)


@router.get("/stories/{row:pk}", response=StoryTold, summary="Read a story", **reads(Scope.ARTICLES_READ))
def read_story(request: HttpRequest, pk: int) -> StoryTold:
    """A story that went into another is answered with that one."""
    row = current_story(pk)
    if row is None:
        raise not_found()
    return StoryTold(
        **_fields(row),
        tellings=[
            TellingTold(
                article=brief(one.article),
                printed_at=one.at,
                taken_from=one.parent.pk if one.parent else None,
                credited=one.credited,
                likeness=round(one.link.score, 4) if one.link else None,
            )
            for one in tellings(row)
        ],
        suggestions=[_related(one) for one in suggestions(row)],
        related=[_related(one) for one in related_stories(row)],
    )


def _fields(row: Story) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "first_seen": row.first_seen,
        "last_seen": row.last_seen,
        "size": row.size,
        "origin": row.origin_id,
    }


def _brief(row: Story) -> StoryBrief:
    return StoryBrief(**_fields(row))


def _related(row: RelatedStory) -> Related:
    return Related(story=_brief(row.story), kind=row.link.kind, score=round(row.link.score, 4))
