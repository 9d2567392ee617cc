"""The typed records that the collector takes and gives.

A ``Job`` goes in, a ``Reading`` comes out. Bytes are as received; every text is NFC; every time is
an aware ``datetime``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    """How a source lists its articles."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"


class Precision(StrEnum):
    """How exactly a published time is known. It is never invented."""

    MINUTE = "minute"
    DAY = "day"
    UNKNOWN = "unknown"


class FailureKind(StrEnum):
    """Why a fetch brought nothing. The kind decides what happens next, the message tells a person."""

    DNS = "dns"  # the host name does not resolve
    CONNECTION = "connection"  # refused, reset, TLS failure
    TIMEOUT = "timeout"
    HTTP_STATUS = "http-status"  # an error status other than the ones below
    THROTTLED = "throttled"  # 429, or 503 with Retry-After
    GONE = "gone"  # 404 or 410: a fact about the page, not a fault
    SENT_HOME = "sent-home"  # an article's address that redirects to the front page: taken down, probably
    ROBOTS = "robots"  # robots.txt forbids it
    ADDRESS = "address"  # a private, link-local, metadata or otherwise forbidden address
    REDIRECTS = "redirects"  # too many, or a loop
    TOO_LARGE = "too-large"  # body or decompressed body over the limit
    UNREADABLE = "unreadable"  # the bytes are no feed, sitemap or page that can be read


@dataclass(frozen=True, slots=True)
class SourceJob:
    """Read one feed, sitemap or section page. ``key`` is the caller's and comes back unchanged."""

    key: int
    outlet: str
    kind: SourceKind
    url: str
    article_url: str  # regular expression that tells article links from others; may be empty
    delay: float  # seconds between two requests to the host
    etag: str = ""
    last_modified: str = ""  # both empty: ask unconditionally (a full check)


@dataclass(frozen=True, slots=True)
class PageJob:
    """Fetch and extract one article page, for the first time or again."""

    key: int
    outlet: str
    url: str
    delay: float
    known_digest: str = ""  # content digest of the newest revision, "" at the first visit
    found_title: str = ""  # what the source said of the page, as in FoundLink
    found_published_at: datetime | None = None
    found_precision: Precision = Precision.UNKNOWN


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An article address that a source lists, with what the source says of it."""

    url: str
    title: str = ""
    published_at: datetime | None = None
    precision: Precision = Precision.UNKNOWN


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """One HTTP answer as received. ``body`` is decompressed, ``sha256`` is of ``body`` (hex)."""

    requested_url: str
    url: str  # final address, after redirects
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    sha256: str
    redirects: tuple[tuple[int, str], ...] = ()  # status and address of each redirect on the way


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """What happened, to what, and how long the server asks us to stay away (seconds)."""

    url: str
    kind: FailureKind
    message: str
    status: int | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """What a reader sees of an article. Texts NFC; paragraphs of ``text`` are separated by one \\n."""

    url: str
    canonical_url: str
    title: str
    lead: str
    text: str
    published_at: datetime | None
    precision: Precision
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class SourceReading:
    """The outcome of a ``SourceJob``: links, or "not modified", or a failure; never two of them."""

    job: SourceJob
    at: datetime
    links: tuple[FoundLink, ...] = ()
    not_modified: bool = False
    failure: FetchFailure | None = None
    status: int | None = None
    etag: str = ""
    last_modified: str = ""
    ttl: float | None = None  # seconds, the longest of <ttl>, sy:update*, Cache-Control max-age
    size: int = 0  # bytes of the body
    warnings: tuple[str, ...] = field(default=())  # what was wrong but could be read


@dataclass(frozen=True, slots=True)
class PageReading:
    """The outcome of a ``PageJob``. A page that is gone or sends home has ``page`` too."""

    job: PageJob
    at: datetime
    page: FetchedPage | None = None
    article: ExtractedArticle | None = None
    failure: FetchFailure | None = None
