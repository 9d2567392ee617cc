"""Notices by itself that the search index lost articles, and has them indexed again.

An index may be deleted, put back from an old copy or be damaged, and still answer: with less. So it is
compared with the archive at the start and every ten minutes. Fewer articles than there should be: the
missing ones are marked. Another index than last time, or one with earlier writes: all are marked, since
what it holds may be old. The index step then does the work, newest first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from archive.indexed import (
    mark_for_index,
    remember_written,
    settled_articles,
    settled_ids,
    waits_from_before,
    written_before,
)
from archive.models import Article
from archive.outage import index_is_short, index_is_whole, index_short_since
from pipeline.step import a_slice
from search.port import EngineUnavailable, IndexOutdated, IndexUnreadable, SearchEngine
from search.query.tree import Everything, ParsedQuery

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=10)
WHILE_AWAY = timedelta(seconds=30)
LASTING = timedelta(minutes=5)  # an index that cannot be read for so long will not mend itself
_CHUNK = 2_000  # articles compared and marked at once
_EVERYTHING = ParsedQuery("", Everything(), with_marks=False)


class IndexCheck:
    """Killed while it marks, it begins again: nothing is remembered until all are marked."""

    name = "index check"

    def __init__(self, engine: SearchEngine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._engine = engine
        self._clock = clock
        self._next: datetime | None = None
        self._lost: Iterator[int] | None = None  # marks as it goes; gives how many it compared
        self._unreadable_since: datetime | None = None

    @property
    def short(self) -> bool:
        """Whether the index lacks articles, as far as is known: what it finds is not all."""
        return index_short_since() is not None

    def run(self, limit: int) -> int:
        """Ask the index if it is time, or go on marking; returns how many articles were compared with it."""
        if self._lost is None:
            self._ask()
        if self._lost is None:
            return 0
        compared = sum(a_slice(self._lost))
        if not compared:
            self._lost = None
        return compared

    def _due(self, now: datetime) -> bool:
        if self._next is None or now >= self._next:
            return True
        # All that was lost is indexed again, as it seems.
        return self.short and not Article.objects.filter(needs_index=True).exists()

    def _ask(self) -> None:
        now = self._clock()
        if not self._due(now):
            return
        should = (
            settled_articles()
        )  # before the index is asked: what is indexed meanwhile is too much, not too little
        try:
            held, written = self._engine.count(_EVERYTHING), self._engine.written()
        except IndexOutdated:
            # Of another version of the program, which may be in use: a person decides.
            self._next, self._unreadable_since = now + EVERY, None
        except IndexUnreadable as error:
            self._unreadable(now, error)
        except EngineUnavailable:
            # The index step says so.
            self._next, self._unreadable_since = now + WHILE_AWAY, None
        else:
            self._next, self._unreadable_since = now + EVERY, None
            self._judge(now, held, should, written)

    def _judge(self, now: datetime, held: int, should: int, written: Mapping[str, int]) -> None:
        before = written_before()
        if before is not None and not _goes_on(before, written):
            log.error(
                "the search index is not the one that was written to (deleted, or put back from a copy?); "
                "all %d articles are indexed again, newest first",
                should,
            )
            index_is_short(now)
            self._lost = _mark(iter(()), self._remember)
        elif held < should:
            log.error(
                "the search index holds %d articles of %d; the missing ones are indexed again", held, should
            )
            index_is_short(now)
            self._lost = _mark(self._engine.ids(), self._remember)
        else:
            remember_written(written)
            since = index_short_since()
            # While it is filled again, what is marked is not counted as missing.
            if since is not None and not waits_from_before(since):
                index_is_whole()
                log.info("the search index is whole again: %d articles", held)

    def _unreadable(self, now: datetime, error: IndexUnreadable) -> None:
        """Unreadable at every look for ``LASTING``, the index is replaced by an empty one, all is marked."""
        if self._unreadable_since is None:
            log.warning(
                "the search index cannot be read; if that lasts %d minutes it is made anew: %s",
                LASTING // timedelta(minutes=1),
                error,
            )
            self._unreadable_since = now
            self._next = None  # a lost index on a server is there again, empty, when it is asked again
            return
        self._next = now + WHILE_AWAY
        if now - self._unreadable_since < LASTING:
            return
        log.error("the search index is replaced, and every article indexed again, newest first: %s", error)
        index_is_short(now)
        self._engine.rebuild(())
        self._next, self._unreadable_since = None, None
        self._lost = _mark(iter(()), self._remember)

    def _remember(self) -> None:
        remember_written(self._engine.written())


def _goes_on(before: Mapping[str, int], written: Mapping[str, int]) -> bool:
    """Whether every index that was there still is, and took no number back."""
    return all(name in written and written[name] >= number for name, number in before.items())


def _mark(held: Iterator[int], done: Callable[[], None]) -> Iterator[int]:
    """Marks the settled articles that are not among ``held`` (rising ids); gives the size of each chunk."""
    last, ahead = -1, next(held, None)
    while chunk := settled_ids(last, _CHUNK):
        last, there = chunk[-1], set()
        while ahead is not None and ahead <= last:
            there.add(ahead)
            ahead = next(held, None)
        mark_for_index([pk for pk in chunk if pk not in there])
        yield len(chunk)
    done()
