"""What several operations tell: outlets, articles in short, findings with both sides."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field

from archive.corrections import OFFICER
from archive.models import Article, Finding, Outlet
from cases.models import Decision
from web import wording
from web.api.fields import Time, Told
from web.signal_cards import OtherSide, SignalCard, signal_cards

_MARK = re.compile(r"</?mark[^>]*>")


class OutletTold(Told):
    """An outlet. There is no author anywhere in this API."""

    key: str
    name: str
    kind: str
    scope: str


class ArticleBrief(Told):
    """An article without its text."""

    id: int
    url: str
    outlet: OutletTold
    title: str
    lead: str
    published_at: Time | None
    published_precision: str = Field(description="minute, day or unknown; never invented")
    first_seen_at: Time
    gone_at: Time | None
    revision_count: int
    story: int | None


class Span(Told):
    """Code points [start, end) of a stored text."""

    field: str
    start: int
    end: int
    text: str


class Other(Told):
    """The side that the article's words are to be compared with."""

    kind: str
    text: str
    source: str
    as_of: str
    document: str
    url: str
    register_entry: int | None
    articles: list[int]
    facts: dict[str, str]


class DecisionTold(Told):
    """What a person decided, and why; the newest holds."""

    id: int
    verdict: str
    reason: str
    by: str
    at: Time


class FindingTold(Told):
    """A signal that wants comparing: both sides, innocent explanations, what people decided."""

    id: int
    article: int
    revision: int
    signal: str
    name: str
    note: str = "cần đối chiếu"
    status: str
    score: float = Field(description="calibrated, 0 to 1; no statement about truth")
    spans: list[Span]
    said: list[str] = Field(description="the article's words with what stands around them")
    other: Other | None
    innocent: list[str]
    facts: dict[str, str]
    decisions: list[DecisionTold]
    seen: int | None = Field(description="newest decision; goes back with a new one")
    created_at: Time


def outlet_told(row: Outlet) -> OutletTold:
    """One outlet."""
    return OutletTold(key=row.pk, name=row.name, kind=row.kind, scope=row.scope)


def brief(row: Article) -> ArticleBrief:
    """One article, its outlet at hand."""
    return ArticleBrief(
        id=row.pk,
        url=row.url,
        outlet=outlet_told(row.outlet),
        title=row.title,
        lead=row.lead,
        published_at=row.published_at,
        published_precision=row.published_precision,
        first_seen_at=row.first_seen_at,
        gone_at=row.gone_at,
        revision_count=row.revision_count,
        story=row.story_id,
    )


def spans_of(finding: Finding) -> list[Span]:
    """Those that are whole."""
    rows = finding.spans if isinstance(finding.spans, list) else []
    return [
        Span(field=str(row["field"]), start=row["start"], end=row["end"], text=str(row.get("text", "")))
        for row in rows
        if isinstance(row, Mapping)
        and isinstance(row.get("start"), int)
        and isinstance(row.get("end"), int)
        and row.get("field") in ("title", "lead", "text")
    ]


def findings_told(article: Article, findings: Iterable[Finding]) -> list[FindingTold]:
    """As the article's page shows them, their revisions at hand."""
    return [_finding(card) for card in signal_cards(article, findings)]


def is_current(finding: Finding, newest: int | None) -> bool:
    """Whether it speaks of the newest version, or is a person's word that outlives versions."""
    if finding.kind == "topic" and finding.status == Finding.Status.FALSE_ALARM:
        return False  # taken off by an officer
    decided = finding.status != Finding.Status.OPEN or finding.detector == OFFICER
    return finding.revision_id == newest or decided


def decision_told(row: Decision) -> DecisionTold:
    """One decision, ``by`` at hand."""
    return DecisionTold(
        id=row.pk, verdict=row.verdict, reason=row.reason, by=row.by.get_username(), at=row.at
    )


def plain(marked: str) -> str:
    """The text of what ``web.highlight`` marked."""
    return html.unescape(_MARK.sub("", marked))


def _finding(card: SignalCard) -> FindingTold:
    row = card.finding
    return FindingTold(
        id=row.pk,
        article=row.article_id,
        revision=row.revision.number,
        signal=row.label,
        name=str(wording.SIGNALS.get(row.label, row.label)),
        status=row.status,
        score=round(row.score, 4),
        spans=spans_of(row),
        said=[plain(quote) for quote in card.quotes],
        other=_other(card.other) if card.other else None,
        innocent=list(card.innocent),
        facts=_facts(card.facts),
        decisions=[decision_told(decision) for decision in card.decisions],
        seen=card.decisions[-1].pk if card.decisions else None,
        created_at=row.created_at,
    )


def _other(side: OtherSide) -> Other:
    return Other(
        kind=side.kind,
        text=plain(side.text),
        source=side.source,
        as_of=side.as_of,
        document=side.document,
        url=side.url,
        register_entry=side.entry.pk if side.entry else None,
        articles=[article.pk for article in side.articles],
        facts=_facts(side.facts),
    )


def _facts(pairs: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {name: str(value) for name, value in pairs}
