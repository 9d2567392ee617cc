"""What the signal detectors take and give."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from classifiers.figures.checker import FigureFinding
from classifiers.records import ArticleText, Span
from classifiers.signals.events import Overlap, overlap
from classifiers.signals.reading import Reading

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

VERSION = "2.0"
"""Raised when the rules change: decisions on findings of one version say little of the next."""

NOTE = "cần đối chiếu"
"""What every finding says. A verdict is never the program's."""


def overlapping(one: Span, other: Span) -> bool:
    """Whether two spans of one article share a character."""
    return one.field == other.field and one.start < other.end and other.start < one.end


class EvidenceKind(StrEnum):
    """What the other side is."""

    SAME_ARTICLE = "same-article"
    ARTICLE = "article"
    CORRECTION = "correction"
    GAZETTEER = "gazetteer"
    ROSTER = "roster"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The other side of a finding, fit to be shown beside the article's span.

    ids      article ids, unit codes: what the text can be looked up by
    source   who says so: an outlet, "Danh mục đơn vị hành chính", ...
    as_of    the time it speaks of, ISO 8601; "" when it carries none
    span     where the text lies in the same article; None for any other kind
    """

    kind: EvidenceKind
    text: str
    ids: tuple[str, ...] = ()
    source: str = ""
    as_of: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class SignalFinding:
    """One place of an article to compare with something else; never a verdict.

    rule       which way of finding it inside the detector ("count", "denied", ...)
    score      calibrated probability that an officer agrees the two sides differ
    innocent   Vietnamese reasons why it may be all right, shown with it
    attached   S5 and S6 of the same article: they never stand alone
    """

    signal: str
    rule: str
    span: Span
    evidence: Evidence
    score: float
    innocent: tuple[str, ...] = ()
    version: str = VERSION
    attached: tuple[SignalFinding, ...] = ()

    @property
    def detector(self) -> str:
        """Name of the detector, as the archive stores it."""
        return f"signals.{self.signal.lower()}"


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """Another article that may tell of the same event. ``published`` is aware."""

    id: str
    outlet: str
    published: datetime
    article: ArticleText

    def says(self, text: str) -> Evidence:
        """A stretch of it, as the other side of a finding."""
        return Evidence(EvidenceKind.ARTICLE, text, (self.id,), self.outlet, self.published.isoformat())


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction notice as an outlet published it."""

    outlet: str
    published: datetime
    text: str


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """Who held which office of which agency; both days inclusive, None: unknown or still so."""

    agency: str
    title: str
    holder: str
    valid_from: date | None = None
    valid_to: date | None = None

    def on(self, day: date) -> bool:
        """Whether the entry holds on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class SignalContext:
    """What an article is compared with. Empty parts switch nothing on.

    ``related``: earlier or parallel coverage that search brought; whether it tells of the same event
    is checked again by each detector. ``figures``: what the figure checker found in this article.
    ``published_known``: the outlet gives the time; else ``published`` is only when the article was seen.
    """

    published: datetime | None = None
    related: tuple[RelatedArticle, ...] = ()
    corrections: tuple[Correction, ...] = ()
    roster: tuple[RosterEntry, ...] = ()
    figures: tuple[FigureFinding, ...] = ()
    published_known: bool = True
    readings: dict[str, Reading] = field(default_factory=dict)
    overlaps: dict[tuple[int, str], Overlap] = field(default_factory=dict)

    def reading_of(self, related: RelatedArticle) -> Reading:
        """The related article, read once for all detectors."""
        found = self.readings.get(related.id)
        if found is None or found.article is not related.article:
            found = self.readings[related.id] = Reading(related.article)
        return found

    def overlap_of(self, target: Reading, related: RelatedArticle) -> Overlap:
        """What the target shares with the related article, worked out once for all detectors."""
        key = (id(target), related.id)
        if key not in self.overlaps:
            self.overlaps[key] = overlap(target, self.reading_of(related))
        return self.overlaps[key]


class Detector(Protocol):
    """One signal. ``detect`` abstains with an empty list."""

    @property
    def signal(self) -> str:
        """The id, "S1" to "S10"."""

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """What is to be compared in one article."""
