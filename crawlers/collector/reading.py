"""From a job to its reading: fetch, judge the answer, and let a worker read the bytes.

The functions at the end run in worker processes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from crawlers.collector.fetcher import Fetcher, header, judge
from crawlers.collector.workshop import WorkerLost, Workshop
from crawlers.errors import Unreadable
from crawlers.extraction import extract
from crawlers.listing import read_feed, read_listing, read_sitemap
from crawlers.records import (
    ExtractedArticle,
    FailureKind,
    FetchedPage,
    FetchFailure,
    FoundLink,
    PageJob,
    PageReading,
    SourceJob,
    SourceKind,
    SourceReading,
)

# A sitemap index names its children newest first; more than this are history, not news.
CHILDREN_READ = 5
MAX_AGE_CAP_S = 86_400.0
LONGEST_ADDRESS = 2000  # characters; percent-encoded Vietnamese slugs reach several hundred


@dataclass(frozen=True, slots=True)
class Listed:
    """What a worker read from the body of a source."""

    links: tuple[FoundLink, ...]
    children: tuple[str, ...] = ()
    ttl: float | None = None
    warnings: tuple[str, ...] = ()


async def read_source(job: SourceJob, fetcher: Fetcher, workshop: Workshop) -> SourceReading:
    """Do a ``SourceJob``. Everything that goes wrong is in the reading."""
    answer = await fetcher.fetch(job.url, delay=job.delay, etag=job.etag, last_modified=job.last_modified)
    at = datetime.now(UTC)
    if isinstance(answer, FetchFailure):
        return SourceReading(job, at, failure=answer)
    failure = judge(answer)
    if failure is not None:
        return SourceReading(job, at, failure=failure, status=answer.status)
    ttl = _max_age(answer)
    if answer.status == 304:
        return SourceReading(job, at, not_modified=True, status=304, ttl=ttl)
    listed = await listed_by(job, answer, workshop)
    if isinstance(listed, FetchFailure):
        return SourceReading(job, at, failure=listed, status=answer.status, size=len(answer.body))
    links, warnings = list(listed.links), list(listed.warnings)
    for child in listed.children[:CHILDREN_READ]:
        part = await _child(job, child, fetcher, workshop)
        links += part.links
        warnings += part.warnings
    lifetimes = [seconds for seconds in (ttl, listed.ttl) if seconds is not None]
    return SourceReading(
        job,
        at,
        links=tuple({link.url: link for link in links}.values()),
        status=answer.status,
        etag=header(answer, "ETag"),
        last_modified=header(answer, "Last-Modified"),
        ttl=max(lifetimes, default=None),
        size=len(answer.body),
        warnings=tuple(warnings),
    )


async def read_page(job: PageJob, fetcher: Fetcher, workshop: Workshop) -> PageReading:
    """Do a ``PageJob``. Everything that goes wrong is in the reading."""
    answer = await fetcher.fetch(job.url, delay=job.delay)
    at = datetime.now(UTC)
    if isinstance(answer, FetchFailure):
        return PageReading(job, at, failure=answer)
    if len(answer.url) > LONGEST_ADDRESS:
        message = f"{job.url} chuyển hướng đến địa chỉ dài {len(answer.url)} ký tự, quá {LONGEST_ADDRESS}"
        return PageReading(job, at, failure=FetchFailure(job.url, FailureKind.ADDRESS, message))
    failure = judge(answer)
    if failure is not None:
        gone = answer if failure.kind is FailureKind.GONE else None
        return PageReading(job, at, page=gone, failure=failure)
    if _sent_home(job.url, answer.url):
        status = answer.redirects[0][0] if answer.redirects else answer.status
        message = f"{job.url} chuyển về trang chủ {answer.url} ({status}): không còn là bài viết"
        failure = FetchFailure(job.url, FailureKind.SENT_HOME, message, status)
        return PageReading(job, at, page=answer, failure=failure)
    try:
        article = await workshop.run(article_of, answer, job)
    except (Unreadable, WorkerLost) as error:
        return PageReading(job, at, page=answer, failure=_unreadable(error, answer.url))
    return PageReading(job, at, page=answer, article=article)


async def listed_by(job: SourceJob, answer: FetchedPage, workshop: Workshop) -> Listed | FetchFailure:
    """What the body of a source lists, read by a worker."""
    try:
        return await workshop.run(
            listed_in, job.kind, answer.body, answer.url, header(answer, "Content-Type"), job.article_url
        )
    except (Unreadable, WorkerLost) as error:
        return _unreadable(error, answer.url)


async def _child(job: SourceJob, url: str, fetcher: Fetcher, workshop: Workshop) -> Listed:
    """One sitemap of an index. A bad one is a warning: its siblings are still good."""
    answer = await fetcher.fetch(url, delay=job.delay)
    failure = answer if isinstance(answer, FetchFailure) else judge(answer)
    if failure is None:
        assert isinstance(answer, FetchedPage)
        listed = await listed_by(job, answer, workshop)
        if isinstance(listed, Listed):
            return listed
        failure = listed
    return Listed((), warnings=(f"{url}: {failure.message}",))


def _sent_home(asked: str, came: str) -> bool:
    """Whether a page redirects to a front page, as many sites do with pages they took down."""
    return urlsplit(came).path in ("", "/") and urlsplit(asked).path not in ("", "/")


def _unreadable(error: Unreadable | WorkerLost, url: str) -> FetchFailure:
    if isinstance(error, Unreadable):
        return FetchFailure(url, error.kind, error.message)
    return FetchFailure(url, FailureKind.UNREADABLE, f"{url}: {error}")


def _max_age(answer: FetchedPage) -> float | None:
    """Seconds of Cache-Control max-age, None without one."""
    for part in header(answer, "Cache-Control").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.isascii() and value.isdigit():
            return min(float(value[:10]), MAX_AGE_CAP_S)
    return None


def listed_in(kind: SourceKind, body: bytes, url: str, content_type: str, article_url: str) -> Listed:
    """In a worker: what a source's body lists. Raises Unreadable."""
    if kind is SourceKind.FEED:
        feed = read_feed(body, url=url, content_type=content_type)
        return Listed(feed.links, ttl=feed.ttl, warnings=feed.warnings)
    if kind is SourceKind.SITEMAP:
        sitemap = read_sitemap(body, url=url)
        return Listed(sitemap.links, sitemap.children, warnings=sitemap.warnings)
    return Listed(read_listing(body, url=url, article_url=article_url))


def article_of(page: FetchedPage, job: PageJob) -> ExtractedArticle:
    """In a worker: the article on a page. Raises Unreadable."""
    return extract(
        page.body,
        url=page.url,
        content_type=header(page, "Content-Type"),
        fetched_at=page.fetched_at,
        outlet=job.outlet,
        found_title=job.found_title,
        found_published_at=job.found_published_at,
        found_precision=job.found_precision,
    )
