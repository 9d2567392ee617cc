"""The checked form of a query: small, engine-neutral, and the same for pages, API, exports and alerts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """One or more words in a row ("8:30" and quoted phrases have several), in both forms.

    ``title_only``: looked for in titles only.
    """

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Two terms with at most ``distance`` other words between them, in either order."""

    left: Term
    right: Term
    distance: int


@dataclass(frozen=True, slots=True)
class Has:
    """A document carries a value: ``name`` is outlet, topic, place, kind, scope, signal or story.

    ``value`` is folded to letters and digits (``search.text.normal.key``); "" means any value. ``start``
    and ``end`` say where it was typed.
    """

    name: str
    value: str
    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Days:
    """Dated within days of Asia/Ho_Chi_Minh, both inclusive; None leaves a side open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that ``part`` does not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """Matches of all parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Matches of any part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query: every document."""


Node = Term | Near | Has | Days | Not | And | Or | Everything


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query that was understood. ``with_marks``: typed with Vietnamese marks, so exact forms rank first."""

    text: str
    root: Node
    with_marks: bool


def positive_terms(node: Node) -> list[Term | Near]:
    """What a reader expects to see highlighted: the terms that are not negated."""
    if isinstance(node, (Term, Near)):
        return [node]
    if isinstance(node, (And, Or)):
        return [term for part in node.parts for term in positive_terms(part)]
    return []
