"""One article: its text with what was found, its versions, what became of it, and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.corrections import OFFICER
from archive.models import Article, Finding
from cases.models import Decision
from cases.opening import open_cases_of
from search.query import QuerySyntaxError, parse
from search.text.highlights import highlight
from web import wording
from web.chain import evidence_of
from web.highlight import Mark, hits, marked, paragraphs
from web.names import place_name, topic_name, topic_names
from web.signal_cards import signal_cards
from web.topic_form import topic_boxes

# Places are shown as chips but not marked: a text full of marks shows nothing.
MARKED_KINDS = ("signal", "topic")


@dataclass(frozen=True, slots=True)
class Chip:
    """One finding as shown above the text."""

    name: str
    title: str  # the words that carried it


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; ``?q=`` marks what that query found."""
    return article_page(request, get_object_or_404(Article.objects.select_related("outlet", "story"), pk=pk))


def article_page(
    request: HttpRequest, row: Article, *, typed: Mapping[str, Any] = MappingProxyType({}), status: int = 200
) -> HttpResponse:
    """The page of an article whose outlet is at hand; ``typed``: a form that was refused, and why."""
    revisions = list(row.revisions.select_related("snapshot").defer("text").order_by("-number"))
    events = list(row.events.select_related("snapshot").order_by("-at", "-id"))
    newest = revisions[0].pk if revisions else None
    everything = list(row.findings.all())
    findings = [f for f in everything if _current(f, newest)]
    q = request.GET.get("q", "")
    marks = _marks(row, findings, newest, q)
    kept = [*(revision.snapshot for revision in revisions), *(event.snapshot for event in events)]
    snapshots = {snapshot.sequence: snapshot for snapshot in kept if snapshot is not None}
    context = {
        "article": row,
        "title": marked(row.title, marks["title"]),
        "lead": marked(row.lead, marks["lead"]),
        "paragraphs": paragraphs(row.text, marks["text"]),
        "marks": sum(map(len, marks.values())),
        "revisions": revisions,
        "events": events,
        "evidence": evidence_of(snapshots[key] for key in sorted(snapshots, reverse=True)),
        "about": _chips(f for f in findings if f.kind == "province" and f.label == "about"),
        "mentions": _chips(f for f in findings if f.kind == "province" and f.label == "mention"),
        "places": _chips(f for f in findings if f.kind == "place"),
        "topics": _chips(f for f in findings if f.kind == "topic"),
        "signals": signal_cards(row, (f for f in findings if f.kind == "signal")),
        "verdicts": [(key, wording.FINDING_STATUS[key]) for key in Decision.Verdict.values],
        "boxes": topic_boxes(everything, typed.get("topics")),
        "corrections": row.topic_corrections.select_related("by").order_by("-at", "-pk"),
        "topic_names": topic_names(),
        "cases": open_cases_of(row.story, row),
        "typed": typed,
        "q": q,
    }
    return render(request, "web/article.html", context, status=status)


def _current(finding: Finding, newest: int | None) -> bool:
    """Whether it speaks of the newest version, or is a person's word that outlives versions."""
    if finding.kind == "topic" and finding.status == Finding.Status.FALSE_ALARM:
        return False  # taken off by an officer
    return (
        finding.revision_id == newest or finding.status != Finding.Status.OPEN or finding.detector == OFFICER
    )


def _marks(row: Article, findings: Iterable[Finding], newest: int | None, q: str) -> dict[str, list[Mark]]:
    texts = {"title": row.title, "lead": row.lead, "text": row.text}
    marks: dict[str, list[Mark]] = {field: [] for field in texts}
    if q.strip():
        try:
            for field, ranges in highlight(parse(q), texts).items():
                marks[field] += hits(ranges)
        except QuerySyntaxError:
            pass  # the search page says what is wrong; here it only means that nothing is marked
    for finding in findings:
        if finding.kind in MARKED_KINDS and finding.revision_id == newest:
            for span in finding.spans:
                if span.get("field") in marks:
                    marks[span["field"]].append(Mark(span["start"], span["end"], finding.kind))
    return marks


def _chips(findings: Iterable[Finding]) -> list[Chip]:
    chips: dict[str, Chip] = {}
    for finding in findings:
        name = topic_name(finding.label) if finding.kind == "topic" else _place(finding)
        words = dict.fromkeys(str(span.get("text", "")) for span in finding.spans)
        chips.setdefault(name, Chip(name, ", ".join(list(words)[:8])))
    return list(chips.values())


def _place(finding: Finding) -> str:
    return str(finding.evidence.get("name") or place_name(finding.code) or finding.label)
