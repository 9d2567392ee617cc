"""A story as the page shows it: each printing beside what it changed, and who took it from whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.models import StoryLink
from archive.stories import Differences, Telling, differences

MOST_COMPARED = 60  # printings whose differences are worked out for one page
MOST_DEPTH = 12  # of the tree as drawn; what lies deeper is drawn there


@dataclass(slots=True)
class Printing:
    """One article of the story. ``different``: from the parent, None for the origin and beyond the limit."""

    telling: Telling
    different: Differences | None
    children: list[Printing] = field(default_factory=list)

    @property
    def joined(self) -> bool:
        """Whether a person joined it, not the machine."""
        link = self.telling.link
        return link is None or link.kind == StoryLink.Kind.JOINED

    @property
    def alike(self) -> float | None:
        """The share of the shorter text that both have; None where no machine linked them."""
        link = self.telling.link
        share = link.details.get("containment") if link else None
        return None if share is None else float(share)


def printings(rows: Sequence[Telling]) -> list[Printing]:
    """In the order of printing, each knowing those that took their text from it."""
    made: dict[int, Printing] = {}
    for place, telling in enumerate(rows):
        parent = telling.parent
        compared = parent is not None and place < MOST_COMPARED
        different = differences(parent, telling.article) if compared and parent is not None else None
        made[telling.article.pk] = Printing(telling, different)
        while parent is not None and made[parent.pk].telling.depth >= MOST_DEPTH:
            parent = made[parent.pk].telling.parent
        if parent is not None:
            made[parent.pk].children.append(made[telling.article.pk])
    return list(made.values())
