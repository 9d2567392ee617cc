"""The archive behind the collector's desk: rows become jobs, readings become rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import DataError, InterfaceError, OperationalError, transaction

from archive import frontier, intake, sources
from archive.evidence import RawAnswer
from archive.models import Page, Source
from archive.polling import PollPolicy, RevisitSchedule
from archive.sent_home import record_sent_home
from archive.warc import WarcFolder
from crawlers.collector.desk import Deal
from crawlers.records import (
    ExtractedArticle,
    FailureKind,
    FetchedPage,
    PageJob,
    PageReading,
    Precision,
    SourceJob,
    SourceKind,
    SourceReading,
)
from pipeline.collect.database import DatabaseThread
from pipeline.collect.group import Grouped
from pipeline.collect.settings import CollectSettings

# Longer than any job may take: redirects, each up to the time limit, and a wait for the host.
LEASE = timedelta(minutes=10)
RETRY_IN_OUTAGE_S = 15.0
WARNINGS_KEPT = 5
REDIRECT_HEADER = "X-Archive-Redirect"


class ArchiveDesk:
    """Deals out what the archive says is due, and records what comes back. See ``Desk``."""

    def __init__(
        self, settings: CollectSettings, database: DatabaseThread, on_archived: Callable[[], None]
    ) -> None:
        self._database, self._on_archived = database, on_archived
        self._policy = PollPolicy(
            floor_s=settings.feed_floor_s,
            ceiling_s=settings.feed_ceiling_s,
            full_check_s=settings.full_check_s,
        )
        self._schedule = RevisitSchedule(settings.revisit_steps)
        self._store = WarcFolder(settings.snapshots)
        self._pages = Grouped(database, self._pages_read)

    async def deal(self, now: datetime, *, room: int, busy: frozenset[str], closing: bool) -> Deal:
        """At most ``room`` due jobs; when ``closing`` only first visits of pages."""
        return await self._database.run(self._deal, now, room, busy, closing)

    async def source_read(self, reading: SourceReading) -> None:
        """Record what a source listed."""
        await self._database.run(self._source_read, reading)

    async def page_read(self, reading: PageReading) -> None:
        """Record a visit to a page with its evidence, in one transaction with others that wait."""
        if await self._pages.run(reading):
            self._on_archived()

    async def outage(self, at: datetime, reason: str, deal: Deal) -> None:
        """Give the jobs back, counted against nobody."""
        await self._database.run(self._outage, at, reason, deal)

    async def unvisited(self, until: datetime) -> int:
        """How many pages wait for their first visit, due by ``until``."""
        return await self._database.run(frontier.first_visits_waiting, until)

    def close(self) -> None:
        """Close the evidence file."""
        self._store.close()

    def _deal(self, now: datetime, room: int, busy: frozenset[str], closing: bool) -> Deal:
        due = [] if closing else frontier.claim_sources(now, room, LEASE, busy)
        left = room - len(due)
        pages = frontier.claim_pages(now, left, LEASE, busy, first_visits_only=closing) if left else []
        return Deal(
            tuple(self._source_job(source, now) for source in due), tuple(_page_job(page) for page in pages)
        )

    def _source_job(self, source: Source, now: datetime) -> SourceJob:
        full = sources.wants_full_check(source, now, self._policy)
        return SourceJob(
            key=source.pk,
            outlet=source.outlet_id,
            kind=SourceKind(source.kind),
            url=source.url,
            article_url=source.outlet.article_url,
            delay=source.outlet.delay_s,
            etag="" if full else source.etag,
            last_modified="" if full else source.last_modified,
        )

    def _source_read(self, reading: SourceReading) -> None:
        failure = reading.failure
        outcome = "failed" if failure else "not-modified" if reading.not_modified else "read"
        sources.record_read(
            reading.job.key,
            at=reading.at,
            outcome=outcome,
            policy=self._policy,
            links=[
                sources.LinkRow(link.url, link.title, link.published_at, str(link.precision))
                for link in reading.links
            ],
            status=reading.status,
            etag=reading.etag,
            last_modified=reading.last_modified,
            ttl=reading.ttl,
            retry_after=failure.retry_after if failure else None,
            size=reading.size,
            error_kind=str(failure.kind) if failure else "",
            error=failure.message if failure else "; ".join(reading.warnings[:WARNINGS_KEPT]),
            full=not (reading.job.etag or reading.job.last_modified),
        )

    def _pages_read(self, readings: Sequence[PageReading]) -> list[bool | Exception]:
        """All or nothing, but for readings that fail by themselves; evidence is on disk before the rows."""
        done: list[bool | Exception] = []
        with transaction.atomic(), self._store.group():
            for reading in readings:
                try:
                    with transaction.atomic():
                        done.append(self._page_read(reading))
                except (OperationalError, InterfaceError):
                    raise
                except (DataError, ValueError) as error:
                    # What this page holds cannot be kept: said on its row, and tried again ever later.
                    self._unkept(reading, error)
                    done.append(error)
                except Exception as error:
                    done.append(error)
        return done

    def _unkept(self, reading: PageReading, error: Exception) -> None:
        message = f"{reading.job.url}: không lưu được ({type(error).__name__}: {error})"
        intake.record_page_failure(reading.job.key, at=reading.at, kind="unreadable", message=message)

    def _page_read(self, reading: PageReading) -> bool:
        """Whether there is something new for the steps that follow."""
        key, failure, page = reading.job.key, reading.failure, reading.page
        if failure is None:
            assert page is not None and reading.article is not None
            report = intake.record_page(
                key,
                at=reading.at,
                snapshot=_raw(page),
                content=_content(reading.article),
                schedule=self._schedule,
                store=self._store,
            )
        elif failure.kind is FailureKind.GONE and page is not None:
            report = intake.record_gone(
                key,
                at=reading.at,
                status=page.status,
                snapshot=_raw(page),
                schedule=self._schedule,
                store=self._store,
            )
        elif failure.kind is FailureKind.SENT_HOME and page is not None:
            gone = record_sent_home(
                key,
                at=reading.at,
                status=failure.status or page.status,
                message=failure.message,
                snapshot=_raw(page),
                schedule=self._schedule,
                store=self._store,
            )
            if gone is None:
                return False
            report = gone
        else:
            intake.record_page_failure(
                key,
                at=reading.at,
                kind=str(failure.kind),
                message=failure.message,
                retry_after=failure.retry_after,
            )
            return False
        return report.outcome in ("new", "revision", "gone") or report.came_back

    def _outage(self, at: datetime, reason: str, deal: Deal) -> None:
        sources.record_outage(
            [job.key for job in deal.sources], at=at, retry_s=RETRY_IN_OUTAGE_S, error=reason
        )
        again = at + timedelta(seconds=RETRY_IN_OUTAGE_S)
        keys = [job.key for job in deal.pages]
        Page.objects.filter(pk__in=keys).update(lease_until=None, due_at=again)


def _page_job(page: Page) -> PageJob:
    return PageJob(
        key=page.pk,
        outlet=page.outlet_id,
        url=page.url,
        delay=page.outlet.delay_s,
        known_digest=page.article.digest if page.article else "",
        found_title=page.found_title,
        found_published_at=page.found_published_at,
        found_precision=Precision(page.found_precision),
    )


def _raw(page: FetchedPage) -> RawAnswer:
    # How it was come to is part of the proof, although only the last answer has a body that is kept.
    way = tuple((REDIRECT_HEADER, f"{status} {url}") for status, url in page.redirects)
    return RawAnswer(page.url, page.status, page.headers + way, page.body, page.fetched_at, page.sha256)


def _content(article: ExtractedArticle) -> intake.ArticleContent:
    return intake.ArticleContent(
        url=article.url,
        canonical_url=article.canonical_url,
        title=article.title,
        lead=article.lead,
        text=article.text,
        published_at=article.published_at,
        precision=str(article.precision),
        language=article.language,
    )
