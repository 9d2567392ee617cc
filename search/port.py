"""What every search engine takes and gives: the one door between the program and an index.

The database is the truth and an index is a view of it: whatever an engine loses can be rebuilt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from search.query.tree import ParsedQuery
from search.text.highlights import Snippet

Progress = Callable[[int], None]
"""Called now and then during a rebuild with the number of documents built so far."""

FACETS = ("outlet", "topic", "place", "about", "kind", "scope", "signal")
"""Names that ``SearchRequest.facets`` may ask for."""

LARGEST_ID = 2**31 - 1


LARGEST_PAGE = 10_000
"""Hits of a page, and values of a facet; for all of them there is ``scan``."""


class SearchError(Exception):
    """Root of what an engine raises: ``EngineUnavailable``, ``IndexUnreadable``, ``CursorError``."""


class EngineUnavailable(SearchError):
    """The engine cannot answer now; rows wait marked in the archive and nothing is lost."""


class IndexUnreadable(EngineUnavailable):
    """The index is missing, damaged or of an earlier version; ``diembao reindex`` mends it."""


class IndexOutdated(IndexUnreadable):
    """The index, on a server or later than the program, is of another version, which may still be in use."""


class CursorError(SearchError):
    """A paging cursor is not one that this engine gave out for this order."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as the index sees it.

    ``topics`` holds ids, ``topic_names`` what people call them; ``places`` holds unit codes with all
    their ancestors, ``about`` and ``mentions`` province codes.
    ``published_at`` is None when the page does not say; ``first_seen_at`` then stands in for it.
    Texts are NFC, times aware. There is no author field, by decision.
    """

    id: int
    canonical_url: str
    url: str
    outlet: str
    outlet_name: str
    outlet_kind: str
    scope: str
    title: str
    lead: str
    text: str
    published_at: datetime | None
    first_seen_at: datetime
    topics: tuple[str, ...] = ()
    topic_names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    place_names: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    gone: bool = False
    story: str | None = None

    @property
    def time(self) -> datetime:
        """The time an article is sorted and dated by."""
        return self.published_at or self.first_seen_at


@dataclass(frozen=True, slots=True)
class Texts:
    """The stored texts of an article, which highlight offsets point into."""

    title: str
    lead: str
    text: str


TextSource = Callable[[Sequence[int]], Mapping[int, Texts]]
"""Fetches the stored texts of a page of hits; ids that no longer exist are left out."""


SegmentSource = Callable[[Sequence[Document]], Mapping[int, str]]
"""Gives documents' ``search.text.segments.marks``; without them every syllable is a word."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Choices made beside the query: any of the values of one name, and all of the names.

    ``since`` and ``until`` are days in Asia/Ho_Chi_Minh, both inclusive. ``gone``: None for all.
    """

    outlets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    gone: bool | None = None
    story: str | None = None


class Sort(StrEnum):
    """The order of hits. Equal times are ordered by id; equal scores stay in one order while paging."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of a search. ``cursor`` is the ``next_cursor`` of the page before, or None.

    Raises ``ValueError`` for sizes out of bounds and unknown facets: mistakes of the caller's.
    """

    query: ParsedQuery
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    size: int = 20
    cursor: str | None = None
    facets: tuple[str, ...] = ()
    facet_size: int = 20
    timeline: bool = False
    highlight: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.size <= LARGEST_PAGE:
            raise ValueError(f"a page has 1 to {LARGEST_PAGE} hits, not {self.size}")
        if not 1 <= self.facet_size <= LARGEST_PAGE:
            raise ValueError(f"a facet has 1 to {LARGEST_PAGE} values, not {self.facet_size}")
        unknown = sorted(set(self.facets) - set(FACETS))
        if unknown:
            raise ValueError(f"no such facets: {', '.join(unknown)}; known are {', '.join(FACETS)}")


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found. ``highlights``: field (title, lead, text) to (start, end) code points."""

    id: int
    score: float | None
    highlights: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    snippet: Snippet | None = None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the hits carry one value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``total`` is exact. ``timeline``: days that have hits, oldest first. ``took_ms`` as measured here."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetCount, ...]]
    timeline: tuple[tuple[date, int], ...]
    next_cursor: str | None
    took_ms: float


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The outcome of a batch: the ids now findable, and those refused with the reason."""

    indexed: tuple[int, ...] = ()
    failed: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """The outcome of a rebuild: how many documents the new index holds, and which were refused."""

    indexed: int
    failed: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine answers, and in one line what is wrong and what to do about it."""

    engine: str
    ok: bool
    documents: int
    message: str
    details: Mapping[str, str] = field(default_factory=dict)


class SearchEngine(Protocol):
    """Safe to use from several threads. One process writes, any number of processes read."""

    name: str

    def index(self, documents: Iterable[Document]) -> IndexReport:
        """Inserts or replaces by id; findable on return. Repeating it changes nothing."""
        ...

    def delete(self, ids: Iterable[int]) -> None:
        """Removes documents; unknown ids are no error."""
        ...

    def search(self, request: SearchRequest) -> SearchResult:
        """One page of hits with an exact total. Raises ``EngineUnavailable``, ``CursorError``."""
        ...

    def count(self, query: ParsedQuery, filters: Filters | None = None) -> int:
        """The exact number of matches: equal to ``search().total`` and to the length of ``scan``."""
        ...

    def scan(self, query: ParsedQuery, filters: Filters | None = None) -> Iterator[int]:
        """Every match once, by rising id, as of the moment of the call: for complete exports."""
        ...

    def match(self, queries: Mapping[str, ParsedQuery], ids: Sequence[int]) -> dict[str, list[int]]:
        """Which of ``ids`` (a fresh, already indexed batch) match each named query; ids rising."""
        ...

    def ids(self) -> Iterator[int]:
        """Every id in the index, rising: for comparison with the archive."""
        ...

    def written(self) -> Mapping[str, int]:
        """Names of the indexes in use and the number of the last write to each.

        A name stays and its number only grows, unless the index was rebuilt, lost or put back from a copy.
        """
        ...

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> RebuildReport:
        """Builds a new index aside and swaps it in; searching and indexing go on meanwhile."""
        ...

    def health(self) -> Health:
        """Never raises."""
        ...

    def close(self) -> None:
        """Releases files and connections."""
        ...
