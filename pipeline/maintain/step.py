"""Prunes readings and signatures that are old, and gives refused documents another try, now and then."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from archive.findings import retry_index_errors
from archive.sources import prune_reads
from archive.stories import prune_signatures
from classifiers.similarity.index import WINDOW

log = logging.getLogger(__name__)

EVERY = timedelta(hours=12)
KEEP_SIGNATURES = timedelta(days=1)  # beyond the window: it is counted back from the newest article
KEEP_READS = timedelta(days=60)  # single readings; their hourly sums are kept for ever


class MaintainStep:
    """Runs at start and then every twelve hours; takes no rows from the other steps."""

    name = "maintain"

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._clock = clock
        self._next: datetime | None = None

    def run(self, limit: int) -> int:
        """Do what is due; returns 0, since nothing waits for it."""
        now = self._clock()
        if self._next is None or now >= self._next:
            self._next = now + EVERY
            pruned, retried = prune_reads(now - KEEP_READS), retry_index_errors()
            log.debug("pruned %d readings, %d refused documents are tried again", pruned, retried)
            forgotten = prune_signatures(now - WINDOW - KEEP_SIGNATURES)
            log.debug("pruned %d signatures of articles out of the window", forgotten)
        return 0
