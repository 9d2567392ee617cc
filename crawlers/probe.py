"""Asks every source once, as politely and carefully as the collector would: does it work?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from crawlers.collector import reading, runner
from crawlers.collector.fetcher import Fetcher, judge
from crawlers.collector.hosts import HostGate
from crawlers.collector.limits import Limits
from crawlers.collector.workshop import Workshop
from crawlers.records import FailureKind, FetchedPage, FetchFailure, SourceJob, SourceKind
from provinces.records import Outlet

DEFAULT_DELAY_S = 1.0
VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What one source answered. ``newest``: the latest published time it lists, None if it tells none.

    ``children``: sitemaps that an index names. ``robots_allowed`` is None when nobody could tell.
    """

    outlet: str
    kind: SourceKind
    url: str
    status: int | None = None
    final_url: str = ""
    robots_allowed: bool | None = None
    items: int = 0
    children: int = 0
    newest: datetime | None = None
    warnings: tuple[str, ...] = ()
    error: str = ""

    @property
    def good(self) -> bool:
        """Whether articles can be found there."""
        return not self.error and (self.items > 0 or self.children > 0)

    def as_line(self) -> str:
        """One line for a terminal."""
        words = ["good" if self.good else "BAD ", f"{self.kind:7}", f"{self.outlet:20}", self.url]
        if self.final_url and self.final_url != self.url:
            words.append(f"-> {self.final_url}")
        if self.error:
            words.append(f"({self.error})")
        else:
            words.append(f"({self.status}, {self.items} articles{self._more()})")
        words += [f"[{warning}]" for warning in self.warnings]
        return "  ".join(words)

    def _more(self) -> str:
        more = f", {self.children} sitemaps" if self.children else ""
        if self.newest is not None:
            more += f", newest {self.newest.astimezone(VIETNAM):%Y-%m-%d %H:%M}"
        return more


def probe(outlets: Iterable[Outlet], limits: Limits) -> list[ProbeResult]:
    """Probe every source of ``outlets``, in their order; once per process (it runs the reactor)."""
    return runner.run(lambda: probe_sources(jobs_of(outlets), limits))


def jobs_of(outlets: Iterable[Outlet]) -> list[SourceJob]:
    """A job for every source of every outlet; ``key`` is its place in the list."""
    found: list[SourceJob] = []
    for outlet in outlets:
        kinds = (
            (SourceKind.FEED, outlet.feeds),
            (SourceKind.SITEMAP, outlet.sitemaps),
            (SourceKind.LISTING, outlet.listings),
        )
        delay = DEFAULT_DELAY_S if outlet.delay is None else outlet.delay
        for kind, urls in kinds:
            found += [
                SourceJob(len(found) + n, outlet.id, kind, url, outlet.article_url, delay)
                for n, url in enumerate(urls)
            ]
    return found


async def probe_sources(jobs: list[SourceJob], limits: Limits) -> list[ProbeResult]:
    """The same on a loop that carries the reactor. Results in the order of ``jobs``."""

    async def work(fetcher: Fetcher, gate: HostGate) -> list[ProbeResult]:
        shop = Workshop(limits.workers, timeout_s=limits.work_timeout_s, preload=(reading.__name__,))
        async with shop as workshop:
            return list(await asyncio.gather(*(_probe(job, fetcher, workshop) for job in jobs)))

    return await runner.with_fetcher(limits, work)


async def _probe(job: SourceJob, fetcher: Fetcher, workshop: Workshop) -> ProbeResult:
    answer = await fetcher.fetch(job.url, delay=job.delay)
    if isinstance(answer, FetchFailure):
        forbidden = False if answer.kind is FailureKind.ROBOTS else None
        return _bad(job, answer, robots=forbidden)
    failure = judge(answer)
    if failure is not None:
        return _bad(job, failure, answer, robots=True)
    listed = await reading.listed_by(job, answer, workshop)
    if isinstance(listed, FetchFailure):
        return _bad(job, listed, answer, robots=True)
    times = [link.published_at for link in listed.links if link.published_at is not None]
    empty = "không thấy bài nào; hãy kiểm tra địa chỉ hoặc article_url" if not listed.links else ""
    return ProbeResult(
        job.outlet,
        job.kind,
        job.url,
        status=answer.status,
        final_url=answer.url,
        robots_allowed=True,
        items=len(listed.links),
        children=len(listed.children),
        newest=max(times, default=None),
        warnings=listed.warnings,
        error="" if listed.children else empty,
    )


def _bad(
    job: SourceJob, failure: FetchFailure, answer: FetchedPage | None = None, *, robots: bool | None
) -> ProbeResult:
    return ProbeResult(
        job.outlet,
        job.kind,
        job.url,
        status=answer.status if answer else failure.status,
        final_url=answer.url if answer else "",
        robots_allowed=robots,
        error=failure.message,
    )
