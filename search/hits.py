"""Hits with highlights and snippets: the same for both engines, from the stored texts."""

from __future__ import annotations

from collections.abc import Sequence

from search.port import Hit, SearchRequest, TextSource
from search.text.highlights import highlight, snippet


def make_hits(
    request: SearchRequest, found: Sequence[tuple[int, float | None]], source: TextSource
) -> tuple[Hit, ...]:
    """Hits for a page of (id, score). An article that the archive no longer has gets no highlights."""
    if not request.highlight or not found:
        return tuple(Hit(number, score) for number, score in found)
    stored = source([number for number, _ in found])
    hits: list[Hit] = []
    for number, score in found:
        texts = stored.get(number)
        if texts is None:
            hits.append(Hit(number, score))
            continue
        fields = {"title": texts.title, "lead": texts.lead, "text": texts.text}
        ranges = highlight(request.query, fields)
        hits.append(Hit(number, score, ranges, snippet(fields, ranges)))
    return tuple(hits)
