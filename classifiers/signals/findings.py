"""Signals as findings: what the archive keeps and the pages show."""

from __future__ import annotations

from collections.abc import Iterable

from classifiers.records import Finding, Span
from classifiers.signals.records import NOTE, Evidence, SignalFinding


def findings(found: Iterable[SignalFinding]) -> list[Finding]:
    """One finding per signal found; evidence holds both sides and the innocent explanations."""
    return [
        Finding(
            kind="signal",
            label=signal.signal,
            score=signal.score,
            spans=(signal.span,),
            detector=signal.detector,
            version=signal.version,
            evidence={
                "note": NOTE,
                "rule": signal.rule,
                "article_span": _span(signal.span),
                "other": _other(signal.evidence),
                "innocent": list(signal.innocent),
                "attached": [
                    {
                        "signal": note.signal,
                        "article_span": _span(note.span),
                        "other": _other(note.evidence),
                        "innocent": list(note.innocent),
                    }
                    for note in signal.attached
                ],
            },
        )
        for signal in found
    ]


def _span(span: Span) -> dict[str, object]:
    return {"field": span.field.value, "start": span.start, "end": span.end, "text": span.text}


def _other(evidence: Evidence) -> dict[str, object]:
    other: dict[str, object] = {
        "kind": evidence.kind.value,
        "text": evidence.text,
        "ids": list(evidence.ids),
        "source": evidence.source,
        "as_of": evidence.as_of,
    }
    if evidence.span is not None:
        other["span"] = _span(evidence.span)
    return other
