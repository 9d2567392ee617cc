"""Which words of a stored text a query found, and the passage that shows them best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from search.query.tree import Near, ParsedQuery, Term, positive_terms
from search.text.normal import cut, forms_among

Range = tuple[int, int]

_SNIPPET = 240  # characters
_BEFORE = 40  # of them before the first highlight, so that it is read in context
_MOST_RANGES = 500  # per field: a page shows no more


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of ``field`` from ``start`` to ``end``; ``highlights`` are offsets into ``text``."""

    field: str
    start: int
    end: int
    text: str
    highlights: tuple[Range, ...]


_Words = dict[int, str]
"""Words by their number in a text; only those that a query asks for."""


def _positions(wanted: tuple[str, ...], have: _Words) -> list[int]:
    first, rest = wanted[0], wanted[1:]
    return [
        at
        for at, word in have.items()
        if word == first and all(have.get(at + 1 + step) == other for step, other in enumerate(rest))
    ]


def _near_positions(near: Near, folded: _Words) -> Iterator[tuple[int, int]]:
    lengths = len(near.left.folded), len(near.right.folded)
    rights = _positions(near.right.folded, folded)
    for left in _positions(near.left.folded, folded):
        for right in rights:
            gap = right - left - lengths[0] if right >= left else left - right - lengths[1]
            if 0 <= gap <= near.distance:
                yield left, lengths[0]
                yield right, lengths[1]


def _found(term: Term | Near, exact: _Words, folded: _Words, prefer_exact: bool) -> Iterable[Range]:
    """(first word, number of words) of each place."""
    if isinstance(term, Near):
        return _near_positions(term, folded)
    at = _positions(term.exact, exact) if prefer_exact else []
    return ((place, len(term.folded)) for place in at or _positions(term.folded, folded))


def _asked_for(terms: Iterable[Term | Near]) -> set[str]:
    asked: set[str] = set()
    for term in terms:
        for part in (term.left, term.right) if isinstance(term, Near) else (term,):
            asked.update(part.folded)
    return asked


def highlight(query: ParsedQuery, texts: Mapping[str, str]) -> dict[str, tuple[Range, ...]]:
    """Per field of ``texts`` (title, lead, text) the ranges that ``query`` found, merged and rising.

    Found words that only white space separates are one range.

    Where the query was typed with marks and a field has words written just so, only those are given.
    """
    terms = positive_terms(query.root)
    ranges: dict[str, tuple[Range, ...]] = {}
    for field, text in texts.items():
        wanted = [term for term in terms if field == "title" or not _title_only(term)]
        spans = _spans(wanted, text, query.with_marks) if wanted else []
        if spans:
            ranges[field] = tuple(_merged(spans, text))[:_MOST_RANGES]
    return ranges


def _spans(terms: list[Term | Near], text: str, prefer_exact: bool) -> list[Range]:
    """Twenty long texts a page: only the words asked for are looked at one by one."""
    asked = _asked_for(terms)
    parts = cut(text)
    raw_words = parts[1::2]
    relevant = forms_among(set(raw_words), asked)
    if not relevant:
        return []
    forms_at = {at: relevant[raw] for at, raw in enumerate(raw_words) if raw in relevant}
    exact = {at: forms[0] for at, forms in forms_at.items()}
    folded = {at: forms[1] for at, forms in forms_at.items()}
    pairs = {pair for term in terms for pair in _found(term, exact, folded, prefer_exact)}
    offsets = list(accumulate(map(len, parts), initial=0))
    return sorted((offsets[2 * at + 1], offsets[2 * (at + length)]) for at, length in pairs)


def _title_only(term: Term | Near) -> bool:
    return term.left.title_only if isinstance(term, Near) else term.title_only


def _merged(spans: list[Range], text: str) -> Iterator[Range]:
    start, end = spans[0]
    for next_start, next_end in spans[1:]:
        if next_start > end and not text[end:next_start].isspace():
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
        last = 0
        for first, (start, _) in enumerate(spans):
            while last < len(spans) and spans[last][1] <= start + _SNIPPET - _BEFORE:
                last += 1
            if best is None or last - first > best[0]:
                best = (last - first, field, start)
    if best is None:
        field = next((f for f in ("lead", "text") if texts.get(f)), "")
        return _cut(field, texts[field], 0, ()) if field else None
    _, field, start = best
    return _cut(field, texts[field], max(0, start - _BEFORE), ranges[field])


def _cut(field: str, text: str, start: int, spans: tuple[Range, ...]) -> Snippet:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    end = min(len(text), start + _SNIPPET)
    while end < len(text) and end > start + _SNIPPET // 2 and not text[end].isspace():
        end -= 1
    inside = tuple((s - start, e - start) for s, e in spans if s >= start and e <= end)
    return Snippet(field, start, end, text[start:end], inside)
