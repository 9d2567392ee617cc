"""What people decided, and the official figures in force: read with their words, because both may change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from archive import sentences
from archive.models import RegisterEntry, Revision
from archive.register.listing import comparable
from briefings.inputs import FindingInput, RegisterInput
from cases.models import Decision

Verdict = Decision.Verdict
SHOWN = (Verdict.VALID_CRITICISM, Verdict.NEEDS_REPLY, Verdict.REGISTER_CORRECTED)
"""False alarms are never shown to anybody outside."""


def decided(articles: Collection[int], starts: datetime, ends: datetime) -> list[FindingInput]:
    """Signals whose newest decision asks for something, on articles of the week or decided in it."""
    # The week's own articles are asked for in Python: their numbers may exceed a statement's parameters.
    rows = (
        Decision.objects.filter(verdict__in=SHOWN, overturned_by=None)
        .select_related("finding", "revision", "by")
        .order_by("at", "pk")
    )
    rows = rows.filter(Q(at__gt=starts, at__lte=ends) | Q(article__first_seen_at__gt=starts))
    wanted = set(articles)
    return [_finding(row) for row in rows if row.article_id in wanted or starts < row.at <= ends]


def in_force(codes: Collection[str], day: date) -> list[RegisterInput]:
    """Approved entries of the province that hold on the day, by indicator."""
    rows = comparable().filter(province__in=codes, valid_from__lte=day, superseded_by=None)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    return [_entry(row) for row in rows.order_by("indicator__name", "scope", "pk")]


def _finding(row: Decision) -> FindingInput:
    finding = row.finding
    evidence: Mapping[str, Any] = finding.evidence if isinstance(finding.evidence, Mapping) else {}
    other = evidence.get("other")
    other = other if isinstance(other, Mapping) else {}
    innocent = evidence.get("innocent")
    spans = [span for span in finding.spans if _fits(row.revision, span)]
    return FindingInput(
        id=finding.pk,
        article=row.article_id,
        revision=row.revision_id,
        signal=row.signal,
        spans=tuple(_around(row.revision, spans)),
        said=tuple(str(span["text"]) for span in spans),
        other=str(other.get("text") or ""),
        other_source=str(other.get("source") or ""),
        other_as_of=str(other.get("as_of") or ""),
        innocent=tuple(str(reason) for reason in innocent) if isinstance(innocent, list) else (),
        decision=row.pk,
        verdict=row.verdict,
        reason=row.reason,
        by=row.by.get_username(),
        at=row.at,
    )


def _fits(revision: Revision, span: Any) -> bool:
    if not isinstance(span, Mapping) or span.get("field") not in ("title", "lead", "text"):
        return False
    text, start, end = getattr(revision, span["field"]), span.get("start"), span.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        return False
    return bool(text[start:end] == span.get("text"))


def _around(revision: Revision, spans: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The whole sentences that the spans stand in, each once."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for span in spans:
        for sentence in sentences.split(getattr(revision, span["field"])):
            if sentence.start < span["end"] and span["start"] < sentence.end:
                key = (span["field"], sentence.start)
                found[key] = {"field": span["field"], "start": sentence.start, "end": sentence.end}
    return list(found.values())


def _entry(row: RegisterEntry) -> RegisterInput:
    indicator = row.indicator
    names = dict.fromkeys([indicator.name, *map(str, indicator.aliases), *map(str, row.aliases)])
    return RegisterInput(
        id=row.pk,
        version=row.version,
        indicator=indicator.name,
        unit=indicator.unit,
        value=row.value,
        as_of=row.as_of,
        document=row.document or row.quote,
        scope=row.scope,
        names=tuple(names),
    )
