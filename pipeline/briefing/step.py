"""Builds what waits, and asks for the week's briefing once its cut-off has passed and its articles are in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from archive.models import Article, Page
from briefings.building import Office, request_scheduled, run_waiting

LOOK = timedelta(seconds=20)  # how often the schedule is looked at
PATIENCE = timedelta(minutes=10)  # how long a due briefing waits for pages still to be fetched


class BriefingStep:
    """One build at a time; takes no rows from the other steps."""

    name = "briefing"

    def __init__(self, office: Office, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._office = office
        self._clock = clock
        self._next: datetime | None = None
        self._due_since: datetime | None = None

    def run(self, limit: int) -> int:
        """Build one briefing if one waits; returns how many it took."""
        now = self._clock()
        if self._next is None or now >= self._next:
            self._next = now + LOOK
            self._schedule(now)
        return run_waiting(self._office, self._clock)

    def _schedule(self, now: datetime) -> None:
        if not Article.objects.exists():
            return
        if self._due_since is None:
            self._due_since = now
        if _settled(now) or now - self._due_since >= PATIENCE:
            request_scheduled(self._office.profile, now=now)
            self._due_since = None


def _settled(now: datetime) -> bool:
    """Whether everything listed so far was fetched, classified and put into its story."""
    unread = Article.objects.filter(needs_classify=True) | Article.objects.filter(needs_story=True)
    coming = Page.objects.filter(state=Page.State.WAITING, due_at__lte=now)
    return not unread.exists() and not coming.exists()
