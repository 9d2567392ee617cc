"""A document as Elasticsearch takes it."""

from __future__ import annotations

import hashlib
from typing import Any

from search.indexed import IndexedDocument, day_of
from search.port import Document
from search.text import pairs
from search.text.segments import segmented


def id_of(document: Document) -> str:
    """``_id`` from the canonical URL: the same article is the same document in every index."""
    return hashlib.sha256(document.canonical_url.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def to_elastic(prepared: IndexedDocument, marks: str) -> dict[str, Any]:
    """The fields of es_mappings/templates/diembao-mappings.json; ``marks`` of the words of its texts."""
    document = prepared.document
    return {
        "id": document.id,
        "time": int(document.time.timestamp()),
        "day": day_of(prepared.day).isoformat(),
        "published_at": document.published_at.isoformat(timespec="milliseconds")
        if document.published_at
        else None,
        "first_seen_at": document.first_seen_at.isoformat(timespec="milliseconds"),
        "words": prepared.folded,
        "words_exact": prepared.exact,
        "pairs": [pairs.of_text(part) for part in prepared.folded],
        "words_segmented": segmented(prepared.runs, marks),
        "title": prepared.folded[0],
        "title_exact": prepared.exact[0],
        "has": prepared.has,
        "url": document.canonical_url,
        "outlet": document.outlet,
        "outlet_name": document.outlet_name,
        "kind": document.outlet_kind,
        "scope": document.scope,
        "topic": document.topics,
        "place": document.places,
        "about": document.about,
        "mention": document.mentions,
        "signal": document.signals,
        "story": document.story,
        "gone": document.gone,
    }
