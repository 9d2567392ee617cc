"""Names in a query that nothing in the archive can carry: said, instead of finding nothing silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from search.query.tree import And, Has, Node, Not, Or, ParsedQuery

SUGGESTED = 5
ALIKE = 0.55  # share of letters in common


@dataclass(frozen=True, slots=True)
class UnknownName:
    """``field``: outlet, topic or place. ``start`` and ``end`` are code points into the query as typed.

    ``suggestions`` are names that exist, the likeliest first; may be empty.
    """

    field: str
    typed: str
    start: int
    end: int
    suggestions: tuple[str, ...]


def unknown_names(query: ParsedQuery, known: Mapping[str, Mapping[str, str]]) -> list[UnknownName]:
    """The values in ``query`` that are none of ``known``: for each field, key of a name to the name.

    Keys as ``outlet_keys``, ``topic_keys`` and ``place_key`` make them. Fields not given are not looked at.
    """
    found = []
    for has in _values(query.root):
        names = known.get(has.name)
        if names is not None and has.value and has.value not in names:
            typed = query.text[has.start : has.end].strip('"“”„‟')
            suggestions = _suggestions(has.value, names)
            found.append(UnknownName(has.name, typed, has.start, has.end, suggestions))
    return found


def _values(node: Node) -> Iterator[Has]:
    match node:
        case Has():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from _values(part)
        case Not(part):
            yield from _values(part)


def _suggestions(value: str, names: Mapping[str, str]) -> tuple[str, ...]:
    alike = get_close_matches(value, names, n=3 * SUGGESTED, cutoff=ALIKE)
    holding = [key for key in names if len(value) >= 3 and value in key]
    return tuple(dict.fromkeys(names[key] for key in [*holding, *alike]))[:SUGGESTED]
