"""The boxes of the form that corrects an article's topics."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from archive.corrections import topics_of
from archive.models import Finding
from web.names import topic_names


@dataclass(frozen=True, slots=True)
class TopicBox:
    """One topic to tick. ``holds``: the article has it now."""

    id: str
    name: str
    ticked: bool
    holds: bool


def topic_boxes(findings: Collection[Finding], ticked: set[str] | None = None) -> list[TopicBox]:
    """Every topic, those that hold now first; ``ticked`` as typed before, None for as it stands."""
    holding = topics_of(findings)
    names = topic_names()
    order = [*holding, *(name for name in names if name not in holding)]
    chosen = set(holding) if ticked is None else ticked
    return [TopicBox(name, names.get(name, name), name in chosen, name in holding) for name in order]
