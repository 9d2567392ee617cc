"""The card of an alert: everything a message or a page shows of it, fixed when it fired.

``cause`` is JSON: headline, outlet, published_at, precision, first_seen_at, url, snapshot (SHA-256 of the
kept page), places, topics, lead, rule {id, name, query}, matched (words), snippet, signals [{code, name,
note, said, other, source, as_of, innocent}], similar [{outlet, title, at, url}], size, news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from alerts.matching import Match
from alerts.names import signal_name, topic_name
from archive.models import Article, Finding, Revision
from search.text.highlights import highlight, snippet

MOST_WORDS = 12
MOST_SIGNALS = 5
MOST_SIMILAR = 5
LONGEST = 400


def build_card(match: Match, story: Iterable[Article]) -> dict[str, Any]:
    """The card for a match; ``story``: the articles of its story, in the order of printing."""
    article, rule = match.article, match.active.rule
    texts = {"title": article.title, "lead": article.lead, "text": article.text}
    ranges = highlight(match.active.query, texts)
    words = [texts[field][start:end] for field, spans in ranges.items() for start, end in spans]
    passage = snippet(texts, ranges)
    articles = list(story)
    return {
        **_facts(article),
        "places": list(match.document.place_names)[:8],
        "topics": [topic_name(topic) for topic in match.document.topics],
        "lead": _short(article.lead or (passage.text if passage else "")),
        "rule": {"id": rule.pk, "name": rule.name, "query": rule.query},
        "matched": list(dict.fromkeys(word.casefold() for word in words))[:MOST_WORDS],
        "snippet": _short(passage.text) if passage and ranges else "",
        "signals": [_signal(row) for row in _shown(article, match.signals)],
        "similar": similar_of(articles, article.pk),
        "size": len(articles),
        "news": [],
    }


def similar_of(story: Iterable[Article], lead: int | None) -> list[dict[str, Any]]:
    """Who else prints the story, earliest first, without the article that the card is about."""
    return [_similar(other) for other in story if other.pk != lead][:MOST_SIMILAR]


def _facts(article: Article) -> dict[str, Any]:
    newest = Revision.objects.filter(article=article).select_related("snapshot").order_by("-number").first()
    snapshot = newest.snapshot.payload_sha256 if newest is not None and newest.snapshot else ""
    return {
        "article": article.pk,
        "headline": article.title,
        "outlet": article.outlet.name,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "precision": article.published_precision,
        "first_seen_at": article.first_seen_at.isoformat(),
        "url": article.url,
        "snapshot": snapshot,
    }


def _shown(article: Article, matched: tuple[str, ...]) -> list[Finding]:
    """The signals to show: those the rule asked for first, each kind once."""
    rows = [
        row
        for row in article.findings.all()
        if row.kind == "signal" and row.status != Finding.Status.FALSE_ALARM
    ]
    rows.sort(key=lambda row: (row.label not in matched, -row.score))
    return rows[:MOST_SIGNALS]


def _signal(row: Finding) -> dict[str, Any]:
    evidence: Mapping[str, Any] = row.evidence if isinstance(row.evidence, Mapping) else {}
    other = evidence.get("other")
    other = other if isinstance(other, Mapping) else {}
    innocent = evidence.get("innocent")
    return {
        "code": row.label,
        "name": signal_name(row.label),
        "note": "cần đối chiếu",
        "said": [_short(str(span.get("text", ""))) for span in row.spans if isinstance(span, Mapping)][:3],
        "other": _short(str(other.get("text") or "")),
        "source": str(other.get("source") or ""),
        "as_of": str(other.get("as_of") or ""),
        "innocent": [str(reason) for reason in innocent][:4] if isinstance(innocent, list) else [],
    }


def _similar(article: Article) -> dict[str, Any]:
    time = article.published_at or article.first_seen_at
    return {"outlet": article.outlet.name, "title": article.title, "at": time.isoformat(), "url": article.url}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
