"""What a search page's address says: query, filters, order, place in the paging; and back again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from search.port import Filters, Sort

# Address name, name in ``Filters``, and facet.
LISTS = {
    "outlet": "outlets",
    "topic": "topics",
    "about": "about",
    "place": "places",
    "kind": "kinds",
    "scope": "scopes",
    "signal": "signals",
}
LONGEST_QUERY = 1000
MOST_VALUES = 20
LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything chosen. ``problem``: a day that is none, as it was written."""

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
        lists = {LISTS[name]: values for name, values in self.values.items()}
        return Filters(**lists, since=self.since, until=self.until, gone=True if self.gone else None)

    @property
    def chosen(self) -> bool:
        """Whether anything at all narrows the search."""
        return bool(self.q or any(self.values.values()) or self.since or self.until or self.gone)

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

    def address(self, without: tuple[str, str] | None = None, **changes: str) -> str:
        """``?…`` with one pair left out and others set; always the first page unless paging is set."""
        pairs = [pair for pair in self.pairs() if pair != without and pair[0] not in changes]
        return "?" + urlencode(pairs + [(name, value) for name, value in changes.items() if value])

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
