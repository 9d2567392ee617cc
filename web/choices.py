"""What a search page's address says: query, filters, order, place in the paging; and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import QueryDict

from search.port import Filters, Sort

LISTS = ("outlet", "topic", "about", "place", "kind", "scope", "signal")
LONGEST_QUERY = 1000
MOST_VALUES = 20
LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything chosen. ``bad_days``: days that are none, as they were written."""

    q: str = ""
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    gone: bool = False
    sort: Sort = Sort.RELEVANCE
    cursor: str = ""
    offset: int = 0
    bad_days: tuple[str, ...] = ()

    @property
    def filters(self) -> Filters:
        """For the engine."""
        values = self.values.get
        return Filters(
            outlets=values("outlet", ()),
            topics=values("topic", ()),
            about=values("about", ()),
            places=values("place", ()),
            kinds=values("kind", ()),
            scopes=values("scope", ()),
            signals=values("signal", ()),
            since=self.since,
            until=self.until,
            gone=True if self.gone else None,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The address's parameters, without paging and without defaults."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name, values in self.values.items() for value in values]
        for name, day in (("from", self.since), ("to", self.until)):
            if day:
                pairs.append((name, day.isoformat()))
        if self.gone:
            pairs.append(("gone", "1"))
        if self.sort != self.default_sort:
            pairs.append(("sort", str(self.sort)))
        return pairs

    @property
    def default_sort(self) -> Sort:
        """By likeness where there is something to be like."""
        return Sort.RELEVANCE if self.q else Sort.NEWEST

    def address(self, changes: Mapping[str, str] = MappingProxyType({})) -> str:
        """``?…`` of the first page with some parameters set, or left out where ""."""
        pairs = [pair for pair in self.pairs() if pair[0] not in changes]
        return "?" + urlencode(pairs + [pair for pair in changes.items() if pair[1]])

    def without(self, name: str, value: str) -> str:
        """``?…`` with one value of a list left out."""
        return "?" + urlencode([pair for pair in self.pairs() if pair != (name, value)])

    def adding(self, name: str, value: str) -> str:
        """``?…`` with one more value of a list."""
        return "?" + urlencode([*self.pairs(), (name, value)])


def read_choices(params: QueryDict) -> Choices:
    """From an address; what is malformed is left out, days are reported."""
    q = params.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUERY]
    bad: list[str] = []
    since, until = _day(params.get("from", ""), bad), _day(params.get("to", ""), bad)
    sort = params.get("sort", "")
    default = Sort.RELEVANCE if q else Sort.NEWEST
    return Choices(
        q=q,
        values={
            name: tuple(dict.fromkeys(v[:LONGEST_VALUE] for v in params.getlist(name)[:MOST_VALUES] if v))
            for name in LISTS
        },
        since=since,
        until=until,
        gone=params.get("gone") == "1",
        sort=Sort(sort) if sort in set(Sort) else default,
        cursor=params.get("cursor", ""),
        offset=_offset(params.get("at", "")),
        bad_days=tuple(bad),
    )


def _day(text: str, bad: list[str]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        bad.append(text[:20])
        return None


def _offset(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
