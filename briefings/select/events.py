"""Events of a week: stories that belong together, the most covered first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from archive.models import StoryLink
from briefings.inputs import ArticleInput

CHUNK = 500
MOST = 7
"""Events that a briefing tells of."""


def events(articles: Sequence[ArticleInput]) -> tuple[tuple[int, ...], ...]:
    """Up to seven groups of story numbers. What is told more widely comes first: outlets, then articles.

    A story takes in those that follow up on it directly and no further, so that a chain of loosely
    related texts never becomes one event.
    """
    by_story: dict[int, list[ArticleInput]] = defaultdict(list)
    for row in articles:
        if row.story is not None:
            by_story[row.story].append(row)
    near = _follow_ups({row.id: row.story for row in articles if row.story is not None})
    left = set(by_story)
    groups: list[tuple[int, ...]] = []
    while left and len(groups) < MOST:
        lead = max(left, key=lambda story: _weight([story, *(near[story] & left)], by_story, story))
        group = [lead, *sorted(near[lead] & left)]
        groups.append(tuple(group))
        left -= set(group)
    return tuple(groups)


def _weight(
    stories: Iterable[int], by_story: dict[int, list[ArticleInput]], lead: int
) -> tuple[int, int, int, float, int]:
    rows = [row for story in stories for row in by_story[story]]
    return (
        len({row.outlet for row in rows}),
        len(rows),
        len(by_story[lead]),
        max(row.at for row in rows).timestamp(),
        -lead,
    )


def _follow_ups(stories: dict[int, int]) -> dict[int, set[int]]:
    near: dict[int, set[int]] = defaultdict(set)
    ids = sorted(stories)
    for start in range(0, len(ids), CHUNK):
        links = StoryLink.objects.filter(
            article__in=ids[start : start + CHUNK],
            kind__in=(StoryLink.Kind.FOLLOW_UP, StoryLink.Kind.SUGGESTED),
        )
        for article, other in links.values_list("article_id", "other_id"):
            one, two = stories[article], stories.get(other)
            if two is not None and one != two:
                near[one].add(two)
                near[two].add(one)
    return near
