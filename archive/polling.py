"""When a source or a page is visited next. Pure arithmetic in seconds: no clock, no database."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY_S = 86400.0
RETRY_AFTER_CAP_S = DAY_S
# A long list (a sitemap of a thousand entries) changes as fast as a short one: the share of new
# items is taken of no more than this many, or a busy sitemap would count as asleep.
WINDOW = 30
LONGER = 1.25
SHORTER = 0.5
# Anything new at all makes the interval this much shorter at least: news is to be seen while it is news.
NEWS = 0.75
# Doubling beyond this exponent passes every ceiling and only risks overflow.
MAX_DOUBLINGS = 24
# Feeds that answer "not modified" falsely exist: after this many in a row a source is read in full,
# sooner when it brought something new within the last hour and then fell silent.
UNCHANGED_BEFORE_FULL = 6
UNCHANGED_BEFORE_FULL_WHEN_BUSY = 1
BUSY_S = 3600.0
# How long a source caught at a false "not modified" is read in full every time.
DISTRUST_S = 7 * DAY_S

PAGE_RETRY_S = 15.0
PAGE_RETRY_CAP_S = 6 * 3600.0
REFUSED_RETRY_S = DAY_S
REFUSED_RETRY_CAP_S = 30 * DAY_S


@dataclass(frozen=True, slots=True)
class PollPolicy:
    """Bounds of the time between two readings of a source, all in seconds.

    ``jitter`` is a share (0.1: ten per cent each way). ``full_check_s``: a source is read in full
    when its last whole list is older than this, whatever it says of being unchanged.
    """

    floor_s: float = 120.0
    ceiling_s: float = 3600.0
    jitter: float = 0.1
    full_check_s: float = 21600.0

    def __post_init__(self) -> None:
        if not 0 < self.floor_s <= self.ceiling_s:
            raise ValueError(
                f"poll policy: floor {self.floor_s:g} s must be above 0 and at most the ceiling "
                f"{self.ceiling_s:g} s"
            )
        if not 0 <= self.jitter < 1:
            raise ValueError(f"poll policy: jitter {self.jitter:g} must be at least 0 and below 1")

    def clamp(self, seconds: float) -> float:
        """``seconds`` brought between the floor and the ceiling."""
        return min(self.ceiling_s, max(self.floor_s, seconds))


@dataclass(frozen=True, slots=True)
class RevisitSchedule:
    """When an article is fetched again: growing seconds after its publication."""

    steps: tuple[float, ...] = (600, 3600, 21600, 86400, 259200, 604800)

    def __post_init__(self) -> None:
        if any(step <= 0 for step in self.steps) or list(self.steps) != sorted(set(self.steps)):
            raise ValueError(f"revisit schedule {self.steps}: steps must be positive and grow")

    def base(self, published_at: datetime | None, first_seen_at: datetime) -> datetime:
        """Where the steps count from: publication, or first sight when that is unknown or long after.

        An article that was already old when first seen gets the whole schedule from then on, and a
        publication time in the future is not believed.
        """
        if published_at is None or not self.steps or published_at > first_seen_at:
            return first_seen_at
        if first_seen_at - published_at > timedelta(seconds=self.steps[0]):
            return first_seen_at
        return published_at

    def next_due(
        self, published_at: datetime | None, first_seen_at: datetime, now: datetime
    ) -> datetime | None:
        """The first step after ``now``, or None when the schedule has ended. Missed steps are skipped."""
        base = self.base(published_at, first_seen_at)
        for step in self.steps:
            due = base + timedelta(seconds=step)
            if due > now:
                return due
        return None


def adapted_interval(policy: PollPolicy, interval_s: float, items: int, new_items: int) -> float:
    """The next interval after a good reading: longer when all is known, shorter the more is new."""
    if new_items <= 0:
        return policy.clamp(interval_s * LONGER)
    share = min(1.0, new_items / min(max(items, new_items), WINDOW))
    return policy.clamp(interval_s * max(SHORTER, NEWS - share))


def wait_after_success(policy: PollPolicy, interval_s: float, ttl: float | None, rng: random.Random) -> float:
    """Seconds to the next reading: the jittered interval, no less than the source's own ``ttl``.

    A ``ttl`` above the ceiling counts as the ceiling: a source cannot ask to be forgotten.
    """
    lower = policy.clamp(ttl) if ttl is not None and ttl > 0 else policy.floor_s
    wait = max(interval_s, lower) * (1 + rng.uniform(-policy.jitter, policy.jitter))
    return min(policy.ceiling_s, max(lower, wait))


def wait_after_failure(
    policy: PollPolicy, interval_s: float, failures: int, retry_after: float | None, rng: random.Random
) -> float:
    """Seconds to the next try after the ``failures``-th failure in a row (1 is the first).

    Doubles up to the ceiling, jittered, and never ends. ``retry_after`` is honoured up to a day.
    """
    doublings = min(max(failures, 1) - 1, MAX_DOUBLINGS)
    wait = policy.clamp(policy.clamp(interval_s) * 2.0**doublings)
    wait = min(policy.ceiling_s, wait * (1 + rng.uniform(-policy.jitter, policy.jitter)))
    return max(policy.floor_s, wait, honoured(retry_after))


def page_wait_after_failure(failures: int, retry_after: float | None, rng: random.Random) -> float:
    """Seconds to the next try of a page after its ``failures``-th failure in a row.

    A server that says when it will answer is taken at its word once.
    """
    if failures <= 1 and retry_after is not None and retry_after > 0:
        return honoured(retry_after) * rng.uniform(1.0, 1.2)
    wait = min(PAGE_RETRY_CAP_S, PAGE_RETRY_S * 2.0 ** min(max(failures, 1) - 1, MAX_DOUBLINGS))
    return max(wait * rng.uniform(0.9, 1.1), honoured(retry_after))


def page_wait_when_refused(failures: int, rng: random.Random) -> float:
    """Seconds until a page that must not or cannot be read is asked about again: days, then a month."""
    wait = min(REFUSED_RETRY_CAP_S, REFUSED_RETRY_S * 2.0 ** min(max(failures, 1) - 1, MAX_DOUBLINGS))
    return wait * rng.uniform(0.9, 1.1)


def honoured(retry_after: float | None) -> float:
    """How much of a server's Retry-After is obeyed, in seconds."""
    return 0.0 if retry_after is None else min(max(retry_after, 0.0), RETRY_AFTER_CAP_S)
