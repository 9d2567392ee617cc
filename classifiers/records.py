"""The typed records that classifiers take and give. Offsets are code points into the text as given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """Which part of an article a span lies in."""

    TITLE = "title"
    LEAD = "lead"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What a classifier sees of an article. ``published`` decides which administrative map holds."""

    title: str
    lead: str
    text: str
    published: date

    def part(self, where: Field) -> str:
        """The text of one field."""
        return {Field.TITLE: self.title, Field.LEAD: self.lead, Field.TEXT: self.text}[where]


@dataclass(frozen=True, slots=True)
class Span:
    """``text == article.part(field)[start:end]``, always."""

    field: Field
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a classifier says of an article, with the words that made it say so.

    kind      "place", "province" (label "about" or "mention"), "topic", "signal"
    label     topic id, signal id (S1..S10), unit name, ...
    code      official unit code for places and provinces, else ""
    score     calibrated probability 0..1
    evidence  kind-specific facts, JSON-able: both sides for a signal, candidates for a place
    """

    kind: str
    label: str
    score: float
    spans: tuple[Span, ...]
    detector: str
    version: str
    code: str = ""
    evidence: dict[str, object] = field(default_factory=dict)
