"""The articles of a case with both sides of what is to be compared, kept as they stand now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from archive.models import Article, Finding, RegisterEntry, Revision
from archive.register.written import written
from archive.sentences import split
from archive.vietnam import read_aloud
from cases.models import Case, CaseEvidence
from cases.models.history import JOIN


def add_evidence(
    case: Case, articles: Iterable[Article], findings: Iterable[Finding], *, by: User, now: datetime
) -> list[CaseEvidence]:
    """Keep what the case does not have yet; returns the new rows."""
    known = set(CaseEvidence.objects.filter(case=case).values_list("article_id", "finding"))
    rows = [_row(case, finding.article, finding, by, now) for finding in findings]
    rows += [_row(case, article, None, by, now) for article in articles]
    made: list[CaseEvidence] = []
    for row in rows:
        with_finding = any(article == row.article_id for article, _ in known)
        if (row.article_id, row.finding) in known or (not row.finding and with_finding):
            continue
        row.save()
        known.add((row.article_id, row.finding))
        made.append(row)
    return made


def _row(case: Case, article: Article, finding: Finding | None, by: User, now: datetime) -> CaseEvidence:
    revision = Revision.objects.filter(article=article).order_by("-number").first()
    row = CaseEvidence(case=case, article=article, revision=revision, at=now, by=by)
    if finding is not None:
        row.finding, row.signal, row.revision = finding.pk, finding.label[:10], finding.revision
        words, around = _spoken(finding.revision, finding.spans)
        row.span, row.quote = JOIN.join(words), JOIN.join(around)
        _other_side(row, finding.evidence)
    return row


def _spoken(revision: Revision | None, spans: Any) -> tuple[list[str], list[str]]:
    """The words of the spans, and the sentences of that version around them."""
    words: list[str] = []
    around: list[str] = []
    for span in spans if isinstance(spans, list) else ():
        if isinstance(span, Mapping) and span.get("text"):
            words.append(str(span["text"]))
            around += _sentences(revision, span) or [str(span["text"])]
    return list(dict.fromkeys(words)), list(dict.fromkeys(around))


def _sentences(revision: Revision | None, span: Mapping[str, Any]) -> list[str]:
    start, end, field = span.get("start"), span.get("end"), span.get("field")
    if revision is None or field not in ("title", "lead", "text"):
        return []
    text = getattr(revision, field)
    if not isinstance(start, int) or not isinstance(end, int) or text[start:end] != span["text"]:
        return []  # of another version
    return [one.text for one in split(text) if one.start < end and start < one.end]


def _other_side(row: CaseEvidence, evidence: Any) -> None:
    told = evidence.get("other") if isinstance(evidence, Mapping) else None
    other: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    entry = _register_entry(other)
    row.other = str(other.get("text") or "")
    row.source = str(other.get("source") or "")[:500]
    row.as_of = read_aloud(str(other.get("as_of") or ""))[:60]
    row.document = str(other.get("document") or "")[:500]
    row.url = str(other.get("url") or "")[:2000]
    if entry is not None:
        row.other = f"{entry.indicator.name}: {written(entry.value)} {entry.indicator.unit}"
        row.source, row.as_of = entry.quote[:500] or row.source, entry.as_of
        row.document = entry.document or row.document


def _register_entry(other: Mapping[str, Any]) -> RegisterEntry | None:
    if other.get("kind") != "register":
        return None
    ids = other.get("ids")
    number = str(other.get("entry") or (ids[0] if isinstance(ids, list) and ids else ""))
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    return RegisterEntry.objects.select_related("indicator").filter(pk=int(number)).first()
