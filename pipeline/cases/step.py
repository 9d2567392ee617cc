"""Follows corrections that the office asked for, and reckons deadlines anew."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from cases.deadlines.refresh import refresh_open
from cases.follow import keep_following, look, look_for_notices

log = logging.getLogger(__name__)

FOLLOW_EVERY = timedelta(minutes=1)
RECKON_EVERY = timedelta(hours=6)  # rules and holidays are files: a new start reads them


class CaseStep:
    """Watched articles by their rows; the rest once in a while. May be killed at any moment."""

    name = "cases"

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._clock = clock
        self._follow_at: datetime | None = None
        self._reckon_at: datetime | None = None

    def run(self, limit: int) -> int:
        """Look at up to ``limit`` watched articles that changed; returns how many."""
        now = self._clock()
        if self._reckon_at is None or now >= self._reckon_at:
            self._reckon_at = now + RECKON_EVERY
            log.debug("deadlines of %d open cases were reckoned", refresh_open())
        if self._follow_at is None or now >= self._follow_at:
            self._follow_at = now + FOLLOW_EVERY
            brought, found = keep_following(now), look_for_notices(now)
            log.debug("%d watched pages were brought forward, %d notices found", brought, found)
        return look(limit, now)
