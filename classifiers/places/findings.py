"""Places and provinces as findings: what the archive keeps and the pages show."""

from __future__ import annotations

from collections.abc import Iterable

from classifiers.places.records import PlaceMention, PlaceResult, ProvinceVerdict
from classifiers.records import Field, Finding, Span
from provinces.gazetteer import Level

DETECTOR = "places.gazetteer"
VERSION = "1.1"
MAX_SPANS = 20
"""Spans kept per unit: enough to highlight, not every repetition in a long article."""


def findings(result: PlaceResult) -> list[Finding]:
    """One finding per unit with its spans, and one per province: label "about" or "mention"."""
    return [
        *_units(result.mentions),
        *(_province("about", verdict) for verdict in result.about),
        *(_province("mention", verdict) for verdict in result.mentioned),
    ]


def _units(mentions: Iterable[tuple[Field, PlaceMention]]) -> list[Finding]:
    spans: dict[str, list[Span]] = {}
    first: dict[str, PlaceMention] = {}
    for where, mention in mentions:
        first.setdefault(mention.unit.code, mention)
        spans.setdefault(mention.unit.code, []).append(Span(where, mention.start, mention.end, mention.text))
    return [_unit(mention, spans[code]) for code, mention in first.items()]


def _unit(mention: PlaceMention, spans: list[Span]) -> Finding:
    unit = mention.unit
    return Finding(
        kind="place",
        label=unit.name if unit.level is Level.PROVINCE else unit.full_name,
        # A unit is a reading of a name: alone it is sure, with others left open it is one of them.
        score=round(1.0 / max(1, len(mention.codes)), 4),
        spans=tuple(spans[:MAX_SPANS]),
        detector=DETECTOR,
        version=VERSION,
        code=unit.code,
        evidence={
            "level": unit.level.value,
            "codes": list(mention.codes),
            "ancestors": [
                c for c in dict.fromkeys((unit.parent_code, unit.province_code)) if c != unit.code and c
            ],
            "province_codes": list(mention.province_codes),
            "province_now": list(mention.province_now),
            "old": mention.old,
            "note": mention.note,
        },
    )


def _province(label: str, verdict: ProvinceVerdict) -> Finding:
    return Finding(
        kind="province",
        label=label,
        score=verdict.score,
        spans=verdict.spans[:MAX_SPANS],
        detector=DETECTOR,
        version=VERSION,
        code=verdict.code,
        evidence={"name": verdict.name, "now": verdict.now, "reasons": list(verdict.reasons)},
    )
