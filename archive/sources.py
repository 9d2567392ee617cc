"""Records how a reading of a source went: new pages, history, state and the next due time."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from archive.models import Page, Source, SourceHour, SourceRead
from archive.polling import (
    BUSY_S,
    DISTRUST_S,
    UNCHANGED_BEFORE_FULL,
    UNCHANGED_BEFORE_FULL_WHEN_BUSY,
    PollPolicy,
    adapted_interval,
    wait_after_failure,
    wait_after_success,
)
from archive.textform import stored
from archive.vietnam import VIETNAM

MAX_URL_BYTES = 2000
BATCH = 500
# An item counts as older than a "not modified" only by this margin: clocks and caches lag.
LAG = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """An article address that a source lists. ``precision``: minute, day or unknown."""

    url: str
    title: str = ""
    published_at: datetime | None = None
    precision: str = "unknown"


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What a reading brought. ``rejected``: addresses too long to be kept, told in the read's error."""

    new: int
    known: int
    rejected: int = 0


def wants_full_check(source: Source, now: datetime, policy: PollPolicy) -> bool:
    """Whether the source must be asked unconditionally (no ETag, no If-Modified-Since) this time."""
    if source.last_full_at is None:
        return True
    busy = source.last_new_at is not None and now - source.last_new_at < timedelta(seconds=BUSY_S)
    patience = UNCHANGED_BEFORE_FULL_WHEN_BUSY if busy else UNCHANGED_BEFORE_FULL
    if source.unchanged_reads >= patience:
        return True
    if source.distrusted_at is not None and now - source.distrusted_at < timedelta(seconds=DISTRUST_S):
        return True
    return now - source.last_full_at >= timedelta(seconds=policy.full_check_s)


def record_read(
    source_id: int,
    *,
    at: datetime,
    outcome: str,
    policy: PollPolicy,
    links: Sequence[LinkRow] = (),
    status: int | None = None,
    etag: str = "",
    last_modified: str = "",
    ttl: float | None = None,
    retry_after: float | None = None,
    size: int = 0,
    error_kind: str = "",
    error: str = "",
    full: bool = False,
    rng: random.Random | None = None,
) -> ReadReport:
    """Record one reading in one transaction. ``outcome`` is read, not-modified or failed.

    ``full``: the request was unconditional. ``error`` may also carry warnings of a good reading.
    Raises ``Source.DoesNotExist``.
    """
    rng = rng or random.Random()  # noqa: S311  (spreads load, guards nothing)
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=source_id)
        source.lease_until = None
        source.last_tried_at = at
        report = ReadReport(0, 0)
        if outcome == SourceRead.Outcome.FAILED:
            _failed(source, at, error_kind, error, policy, retry_after, rng)
        else:
            if outcome == SourceRead.Outcome.READ:
                report, error = _read(source, at, links, etag, last_modified, full, error)
            else:
                source.unchanged_reads += 1
            _succeeded(source, at, report, policy, ttl, retry_after, rng)
        source.save()
        SourceRead.objects.create(
            source=source,
            at=at,
            outcome=outcome,
            status=status,
            items=report.new + report.known,
            new_items=report.new,
            size=size,
            error_kind=error_kind[:20],
            error=stored(error),
        )
        _count_hour(source, at, outcome, report.new)
    return report


def record_outage(
    source_ids: Collection[int],
    *,
    at: datetime,
    retry_s: float,
    error: str = "",
    rng: random.Random | None = None,
) -> None:
    """Our own network failed: told in the history, counted against no source, tried again soon."""
    rng = rng or random.Random()  # noqa: S311  (spreads load, guards nothing)
    with transaction.atomic():
        for source in Source.objects.select_for_update().filter(pk__in=source_ids).order_by("pk"):
            source.lease_until = None
            source.last_tried_at = at
            source.next_due_at = at + timedelta(seconds=retry_s * rng.uniform(0.9, 1.1))
            source.save(update_fields=["lease_until", "last_tried_at", "next_due_at"])
            SourceRead.objects.create(
                source=source, at=at, outcome=SourceRead.Outcome.OUTAGE, error=stored(error)
            )
            _count_hour(source, at, SourceRead.Outcome.OUTAGE, 0)


def prune_reads(before: datetime) -> int:
    """Delete readings older than ``before``; their hourly sums stay. Returns how many."""
    return SourceRead.objects.filter(at__lt=before).delete()[0]


def _count_hour(source: Source, at: datetime, outcome: str, new_items: int) -> None:
    # The source's row is locked, so nobody else counts this hour of it now.
    hour, _ = SourceHour.objects.get_or_create(
        source=source,
        hour=at.replace(minute=0, second=0, microsecond=0),
        defaults={"day": at.astimezone(VIETNAM).date()},
    )
    if outcome == SourceRead.Outcome.FAILED:
        hour.failed += 1
    elif outcome == SourceRead.Outcome.OUTAGE:
        hour.outage += 1
    else:
        hour.good += 1
    hour.new_items += new_items
    hour.save()


def _read(
    source: Source,
    at: datetime,
    links: Sequence[LinkRow],
    etag: str,
    last_modified: str,
    full: bool,
    error: str,
) -> tuple[ReadReport, str]:
    fitting = {link.url: link for link in links if link.url and len(link.url.encode()) <= MAX_URL_BYTES}
    rejected = len({link.url for link in links}) - len(fitting)
    if rejected:
        error = f"{error}; " if error else ""
        error += f"bỏ {rejected} địa chỉ rỗng hoặc dài quá {MAX_URL_BYTES} byte"
    fresh = _insert(source, at, list(fitting.values()))
    if full and source.unchanged_reads and _was_lying(source, fresh, etag, last_modified):
        source.distrusted_at = at
    source.unchanged_reads = 0
    source.last_full_at = at
    if fresh:
        source.last_new_at = at
    # A cut validator would never match again: better none than half of one.
    source.etag = etag if len(etag) <= 500 else ""
    source.last_modified = last_modified if len(last_modified) <= 100 else ""
    return ReadReport(len(fresh), len(fitting) - len(fresh), rejected), error


def _insert(source: Source, at: datetime, links: list[LinkRow]) -> list[LinkRow]:
    fresh: list[LinkRow] = []
    # Two sources may list the same pages at the same time: the first row stands. Sorted, so that
    # two such transactions wait for each other instead of deadlocking.
    links = sorted(links, key=lambda link: link.url)
    for start in range(0, len(links), BATCH):
        part = links[start : start + BATCH]
        urls = [link.url for link in part]
        known = set(Page.objects.filter(url__in=urls).values_list("url", flat=True))
        new = [link for link in part if link.url not in known]
        rows = [_page(source, at, link) for link in new]
        Page.objects.bulk_create(rows, ignore_conflicts=True)
        fresh += new
    return fresh


def _page(source: Source, at: datetime, link: LinkRow) -> Page:
    known = link.published_at is not None
    return Page(
        outlet_id=source.outlet_id,
        url=link.url,
        found_at=at,
        found_title=stored(link.title),
        found_published_at=link.published_at,
        found_precision=link.precision if known else "unknown",
        due_at=at,
    )


def _was_lying(source: Source, fresh: list[LinkRow], etag: str, last_modified: str) -> bool:
    """Whether a "not modified" before this full reading was false.

    Either the validators still claim no change although something new is listed, or a new item
    was published before the source last said that nothing changed.
    """
    if not fresh:
        return False
    validators = (etag, last_modified)
    if any(validators) and validators == (source.etag, source.last_modified):
        return True
    claimed = (
        source.reads.filter(outcome=SourceRead.Outcome.NOT_MODIFIED).values_list("at", flat=True).first()
    )
    return claimed is not None and any(
        link.published_at is not None and link.precision == "minute" and link.published_at < claimed - LAG
        for link in fresh
    )


def _succeeded(
    source: Source,
    at: datetime,
    report: ReadReport,
    policy: PollPolicy,
    ttl: float | None,
    retry_after: float | None,
    rng: random.Random,
) -> None:
    if source.last_success_at is None:
        source.interval_s = policy.floor_s
    else:
        source.interval_s = adapted_interval(policy, source.interval_s, report.new + report.known, report.new)
    wait = wait_after_success(policy, source.interval_s, ttl, rng)
    if retry_after is not None:
        wait = max(wait, min(retry_after, policy.ceiling_s))
    source.next_due_at = at + timedelta(seconds=wait)
    source.last_success_at = at
    source.failures = 0
    source.failing_since = None
    source.last_error_kind = ""
    source.last_error = ""


def _failed(
    source: Source,
    at: datetime,
    kind: str,
    error: str,
    policy: PollPolicy,
    retry_after: float | None,
    rng: random.Random,
) -> None:
    if source.last_success_at is None and source.failures == 0:
        source.interval_s = policy.floor_s
    source.failures += 1
    source.failing_since = source.failing_since or at
    source.last_error_kind = kind[:20]
    source.last_error = stored(error)
    wait = wait_after_failure(policy, source.interval_s, source.failures, retry_after, rng)
    source.next_due_at = at + timedelta(seconds=wait)
