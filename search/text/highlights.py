"""Which words of a stored text a query found, and the passage that shows them best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.query.tree import Near, ParsedQuery, Term, positive_terms
from search.text.normal import forms, places

Range = tuple[int, int]

_SNIPPET = 240  # characters
_MOST_RANGES = 500  # per field: a page shows no more


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of ``field`` from ``start`` to ``end``; ``highlights`` are offsets into ``text``."""

    field: str
    start: int
    end: int
    text: str
    highlights: tuple[Range, ...]


def _positions(wanted: tuple[str, ...], have: list[str]) -> list[int]:
    first, length = wanted[0], len(wanted)
    if first not in have:
        return []
    at = [place for place, word in enumerate(have) if word == first]
    return at if length == 1 else [p for p in at if tuple(have[p : p + length]) == wanted]


def _near_positions(near: Near, folded: list[str]) -> Iterator[tuple[int, int]]:
    lengths = len(near.left.folded), len(near.right.folded)
    rights = _positions(near.right.folded, folded)
    for left in _positions(near.left.folded, folded):
        for right in rights:
            gap = right - left - lengths[0] if right >= left else left - right - lengths[1]
            if 0 <= gap <= near.distance:
                yield left, lengths[0]
                yield right, lengths[1]


def _found(term: Term | Near, exact: list[str], folded: list[str], prefer_exact: bool) -> Iterable[Range]:
    """(first word, number of words) of each place."""
    if isinstance(term, Near):
        return _near_positions(term, folded)
    at = _positions(term.exact, exact) if prefer_exact else []
    return ((place, len(term.folded)) for place in at or _positions(term.folded, folded))


def highlight(query: ParsedQuery, texts: Mapping[str, str]) -> dict[str, tuple[Range, ...]]:
    """Per field of ``texts`` (title, lead, text) the ranges that ``query`` found, merged and rising.

    Where the query was typed with marks and a field has words written just so, only those are given.
    """
    terms = positive_terms(query.root)
    ranges: dict[str, tuple[Range, ...]] = {}
    for field, text in texts.items():
        wanted = [t for t in terms if field == "title" or not _title_only(t)]
        exact, folded = forms(text) if wanted else ([], [])
        pairs = {pair for term in wanted for pair in _found(term, exact, folded, query.with_marks)}
        if pairs:
            where = places(text)
            spans = sorted((where[at][0], where[at + length - 1][1]) for at, length in pairs)
            ranges[field] = tuple(_merged(spans))[:_MOST_RANGES]
    return ranges


def _title_only(term: Term | Near) -> bool:
    return term.left.title_only if isinstance(term, Near) else term.title_only


def _merged(spans: list[Range]) -> Iterator[Range]:
    start, end = spans[0]
    for next_start, next_end in spans[1:]:
        if next_start > end:
            yield start, end
            start, end = next_start, next_end
        else:
            end = max(end, next_end)
    yield start, end


def snippet(texts: Mapping[str, str], ranges: Mapping[str, tuple[Range, ...]]) -> Snippet | None:
    """The passage of lead or text with most highlights; without any, how the article begins."""
    best: tuple[int, str, int] | None = None
    for field in ("lead", "text"):
        spans = ranges.get(field, ())
        for start, _ in spans:
            count = sum(1 for s, e in spans if s >= start and e <= start + _SNIPPET - 40)
            if best is None or count > best[0]:
                best = (count, field, start)
    if best is None:
        field = next((f for f in ("lead", "text") if texts.get(f)), "")
        return _cut(field, texts[field], 0, ()) if field else None
    _, field, start = best
    return _cut(field, texts[field], max(0, start - 40), ranges[field])


def _cut(field: str, text: str, start: int, spans: tuple[Range, ...]) -> Snippet:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    end = min(len(text), start + _SNIPPET)
    while end < len(text) and end > start + _SNIPPET // 2 and not text[end].isspace():
        end -= 1
    inside = tuple((s - start, e - start) for s, e in spans if s >= start and e <= end)
    return Snippet(field, start, end, text[start:end], inside)
