"""``predict signals``: one JSON object in, one out (see the contract)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from classifiers.figures.register import Register
from classifiers.records import ArticleText
from classifiers.signals.detector import SignalDetector
from classifiers.signals.figures import check_all
from classifiers.signals.records import (
    NOTE,
    VIETNAM,
    Correction,
    EvidenceKind,
    RelatedArticle,
    RosterEntry,
    SignalContext,
    SignalFinding,
)
from provinces.gazetteer import load_gazetteer

MAX_TEXT = 2_000_000
"""Code points of one field; more is refused rather than cut."""
MAX_ARTICLES = 200
MAX_NOTICES = 2_000


@cache
def default_detector() -> SignalDetector:
    """All signals with the national gazetteer."""
    return SignalDetector(load_gazetteer())


def predict_line(
    obj: dict[str, object], detector: SignalDetector | None = None, register: Register | None = None
) -> dict[str, object]:
    """``{id, articles, target, context?}`` → ``{id, findings: [{signal, span, evidence, score, ...}]}``.

    ``evidence`` is the other side's text, for S4 the unit's code and for S3 the earlier article's id;
    ``other`` shows it in full. With a ``register`` S1 is among them. Raises ValueError naming the field
    that is missing or wrong.
    """
    if not isinstance(obj, dict):
        raise ValueError("line: must be a JSON object with id, articles and target")
    key = obj.get("id")
    if not isinstance(key, str | int) or isinstance(key, bool):
        raise ValueError("id: must be given, as text or a number")
    articles = read_articles(obj.get("articles"))
    target = obj.get("target")
    if not isinstance(target, int) or isinstance(target, bool) or not 0 <= target < len(articles):
        raise ValueError(f"target: must be the index of an article, 0 to {len(articles) - 1}")
    chosen = articles[target]
    context = read_context(obj.get("context"), chosen, [a for i, a in enumerate(articles) if i != target])
    if register is not None:
        context = replace(context, figures=check_all(chosen.article, register))
    found = (detector or default_detector()).detect(chosen.article, context)
    return {"id": key, "findings": [_line(finding) for finding in found]}


def _line(finding: SignalFinding) -> dict[str, object]:
    evidence = finding.evidence
    named = evidence.kind is EvidenceKind.GAZETTEER or finding.signal == "S3"
    return {
        "signal": finding.signal,
        "span": finding.span.text,
        "field": finding.span.field.value,
        "start": finding.span.start,
        "end": finding.span.end,
        "evidence": evidence.ids[0] if named and evidence.ids else evidence.text,
        "other": {
            "kind": evidence.kind.value,
            "text": evidence.text,
            "ids": list(evidence.ids),
            "source": evidence.source,
            "as_of": evidence.as_of,
        },
        "score": round(finding.score, 4),
        "note": NOTE,
        "innocent": list(finding.innocent),
        "attached": [
            {"signal": a.signal, "span": a.span.text, "evidence": a.evidence.text} for a in finding.attached
        ],
    }


def read_articles(value: object) -> list[RelatedArticle]:
    """The ``articles`` of a line. Raises ValueError naming the article and field that is wrong."""
    if not isinstance(value, list) or not value:
        raise ValueError("articles: must be a list with at least one article")
    if len(value) > MAX_ARTICLES:
        raise ValueError(f"articles: has {len(value)} entries, at most {MAX_ARTICLES} are read")
    return [_article(item, f"articles[{index}]") for index, item in enumerate(value)]


def read_context(value: object, target: RelatedArticle, related: list[RelatedArticle]) -> SignalContext:
    """Corrections and roster of a line, with the related articles. Raises ValueError naming what is wrong."""
    context = value if value is not None else {}
    if not isinstance(context, dict):
        raise ValueError("context: must be a JSON object")
    corrections = [
        Correction(
            _text(item, "outlet", where),
            _moment(item.get("published"), f"{where}.published"),
            _text(item, "text", where),
        )
        for where, item in _entries(context.get("corrections"), "context.corrections")
    ]
    roster = [
        RosterEntry(
            _text(item, "agency", where),
            _text(item, "title", where),
            _text(item, "holder", where),
            _day(item.get("valid_from"), f"{where}.valid_from"),
            _day(item.get("valid_to"), f"{where}.valid_to"),
        )
        for where, item in _entries(context.get("roster"), "context.roster")
    ]
    return SignalContext(target.published, tuple(related), tuple(corrections), tuple(roster))


def _article(item: object, where: str) -> RelatedArticle:
    if not isinstance(item, dict):
        raise ValueError(f"{where}: must be a JSON object")
    published = _moment(item.get("published"), f"{where}.published")
    day = published.astimezone(VIETNAM).date()
    text = ArticleText(
        _text(item, "title", where), _text(item, "lead", where), _text(item, "body", where), day
    )
    return RelatedArticle(str(item.get("id") or where), str(item.get("outlet") or ""), published, text)


def _entries(value: object, where: str) -> list[tuple[str, Mapping[str, Any]]]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MAX_NOTICES:
        raise ValueError(f"{where}: must be a list of at most {MAX_NOTICES} entries")
    found: list[tuple[str, Mapping[str, Any]]] = []
    for index, item in enumerate(value):
        if not isinstance(item, dict):
            raise ValueError(f"{where}[{index}]: must be a JSON object")
        found.append((f"{where}[{index}]", item))
    return found


def _text(item: Mapping[str, Any], name: str, where: str) -> str:
    value = item.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{where}.{name}: must be text")
    if len(value) > MAX_TEXT:
        raise ValueError(f"{where}.{name}: has {len(value)} characters, at most {MAX_TEXT} are read")
    return value


def _moment(value: object, where: str) -> datetime:
    if not isinstance(value, str):
        raise ValueError(f"{where}: must be given, as 2026-11-25T08:00:00+07:00 or 2026-11-25")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(
            f"{where}: {value[:40]!r} is no time of the form 2026-11-25T08:00:00+07:00"
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(UTC)


def _day(value: object, where: str) -> date | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f"{where}: must be text of the form 2026-11-25, or null")
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise ValueError(f"{where}: {value[:40]!r} is no date of the form 2026-11-25") from None
