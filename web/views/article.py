"""One article: its text with what was found, its versions, what became of it, and the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from archive.models import Article, Finding
from search.query import QuerySyntaxError, parse
from search.text.highlights import highlight
from web.chain import evidence_of
from web.highlight import Mark, hits, marked, paragraphs
from web.names import place_name, topic_name

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
    row = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    revisions = list(row.revisions.select_related("snapshot").defer("text").order_by("-number"))
    events = list(row.events.select_related("snapshot").order_by("-at", "-id"))
    newest = revisions[0].pk if revisions else None
    findings = [f for f in row.findings.all() if f.revision_id == newest or f.status != Finding.Status.OPEN]
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
        "signals": [(f, _quoted(row, f)) for f in findings if f.kind == "signal"],
        "q": q,
    }
    return render(request, "web/article.html", context)


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


def _quoted(row: Article, finding: Finding) -> list[SafeString]:
    """Each sentence-sized surrounding of a signal's spans, the span marked."""
    quotes = []
    for span in finding.spans[:5]:
        text = (
            getattr(row, span.get("field", ""), "") if span.get("field") in ("title", "lead", "text") else ""
        )
        start, end = span.get("start", 0), span.get("end", 0)
        if not 0 <= start < end <= len(text):
            continue
        left, right = max(0, start - 120), min(len(text), end + 120)
        quotes.append(marked(text[left:right], [Mark(start - left, end - left, "signal")]))
    return quotes
