"""Where the collector gets its jobs and hands back what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crawlers.records import PageJob, PageReading, SourceJob, SourceReading


@dataclass(frozen=True, slots=True)
class Deal:
    """Jobs for now. Each is the collector's until its reading comes back or its lease runs out."""

    sources: tuple[SourceJob, ...] = ()
    pages: tuple[PageJob, ...] = ()

    def __len__(self) -> int:
        return len(self.sources) + len(self.pages)


class Desk(Protocol):
    """The other side of the collector: it knows what is due and keeps what is read.

    Every method may raise; the collector then logs the error, and the job's lease brings it back.
    """

    async def deal(self, now: datetime, *, room: int, busy: frozenset[str], closing: bool) -> Deal:
        """At most ``room`` due jobs, none of the outlets in ``busy``.

        ``closing``: the run is about to end, only first visits of pages already found are wanted.
        """

    async def source_read(self, reading: SourceReading) -> None:
        """Keep what a source listed, or why it could not be read."""

    async def page_read(self, reading: PageReading) -> None:
        """Keep a page and its article, or why there is none."""

    async def outage(self, at: datetime, reason: str, deal: Deal) -> None:
        """Our own network failed: ``deal`` was not tried in earnest and counts against nobody."""

    async def unvisited(self, until: datetime) -> int:
        """How many pages still wait for their first visit, due by ``until``."""
