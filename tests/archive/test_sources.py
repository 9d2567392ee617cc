"""Readings of sources: what they bring, when the next is due, and who is to blame."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from archive.models import Outlet, Page, Source, SourceHour, SourceRead
from archive.polling import PollPolicy
from archive.sources import LinkRow, prune_reads, record_outage, record_read, wants_full_check
from tests.archive.conftest import HOST, NOW

POLICY = PollPolicy(floor_s=60, ceiling_s=3600, jitter=0.1, full_check_s=21600)


def links(*numbers: int, **fields: Any) -> list[LinkRow]:
    return [LinkRow(f"{HOST}/bai-post{number}.html", f"Bài {number}", **fields) for number in numbers]


def read(source: Source, at: datetime = NOW, outcome: str = "read", **fields: Any) -> Any:
    report = record_read(source.pk, at=at, outcome=outcome, policy=POLICY, rng=Random(0), **fields)
    source.refresh_from_db()
    return report


def wait(source: Source, at: datetime = NOW) -> float:
    return (source.next_due_at - at).total_seconds()


def test_new_links_become_pages_due_now_and_known_ones_stay(source: Source) -> None:
    report = read(source, links=links(1, 2))
    assert (report.new, report.known) == (2, 0)
    Page.objects.update(due_at=None)
    report = read(source, NOW + timedelta(minutes=1), links=links(2, 3))
    assert (report.new, report.known) == (1, 1)
    assert list(Page.objects.filter(due_at__isnull=False).values_list("url", flat=True)) == [
        f"{HOST}/bai-post3.html"
    ]
    newest = SourceRead.objects.first()
    assert (newest.items, newest.new_items, newest.outcome) == (2, 1, "read")


def test_a_link_listed_twice_is_one_page(source: Source) -> None:
    assert read(source, links=links(1, 1)).new == 1
    assert Page.objects.count() == 1


def test_what_the_feed_says_of_a_page_is_kept(source: Source) -> None:
    read(source, links=links(1, published_at=NOW, precision="minute"))
    read(source, links=links(2))
    rows = Page.objects.order_by("url").values_list("found_title", "found_published_at", "found_precision")
    assert list(rows) == [("Bài 1", NOW, "minute"), ("Bài 2", None, "unknown")]


def test_addresses_that_cannot_be_kept_are_told(source: Source) -> None:
    report = read(source, links=[*links(1), LinkRow(HOST + "/" + "ă" * 1500), LinkRow("")])
    assert (report.new, report.rejected) == (1, 2)
    assert "2 địa chỉ" in SourceRead.objects.get().error


def test_more_links_than_a_batch_all_arrive(source: Source) -> None:
    assert read(source, links=links(*range(1201))).new == 1201
    assert read(source, links=links(*range(1202))).new == 1


def test_the_interval_follows_what_reading_brings(source: Source) -> None:
    read(source, links=links(*range(20)))
    assert source.interval_s == POLICY.floor_s  # starts eager
    for step in range(30):
        read(source, NOW + timedelta(hours=step), outcome="not-modified")
    assert source.interval_s == POLICY.ceiling_s
    read(source, NOW + timedelta(hours=31), links=links(*range(100, 120)))
    assert source.interval_s == POLICY.ceiling_s / 2


def test_ttl_is_a_lower_bound_capped_at_the_ceiling(source: Source) -> None:
    read(source, ttl=900)
    assert 900 <= wait(source) <= 990
    read(source, ttl=1e9)
    assert wait(source) == POLICY.ceiling_s


def test_failures_back_off_and_never_stop_a_source(source: Source) -> None:
    waits = []
    for _ in range(50):
        read(source, outcome="failed", error_kind="timeout", error="quá 30 giây")
        waits.append(wait(source))
    assert source.active
    assert (source.failures, source.failing_since, source.last_error) == (50, NOW, "quá 30 giây")
    assert waits[0] < 70 and max(waits) <= POLICY.ceiling_s
    read(source, NOW + timedelta(hours=5))
    assert (source.failures, source.failing_since, source.last_error_kind) == (0, None, "")


def test_retry_after_is_honoured_up_to_a_day(source: Source) -> None:
    read(source, outcome="failed", error_kind="throttled", retry_after=7200)
    assert wait(source) == 7200
    read(source, outcome="failed", error_kind="throttled", retry_after=1e9)
    assert wait(source) == 86400


def test_our_own_outage_is_counted_against_no_source(source: Source) -> None:
    read(source, outcome="failed", error_kind="dns")
    Source.objects.update(lease_until=NOW)
    record_outage([source.pk], at=NOW, retry_s=30, error="mạng không ra ngoài")
    source.refresh_from_db()
    assert (source.failures, source.lease_until) == (1, None)
    assert 27 <= wait(source) <= 33
    assert SourceRead.objects.filter(outcome="outage").count() == 1
    hour = SourceHour.objects.get()
    assert (hour.good, hour.failed, hour.outage) == (0, 1, 1)


def test_a_source_is_read_in_full_first_and_from_time_to_time(source: Source) -> None:
    assert wants_full_check(source, NOW, POLICY)
    read(source, etag='"a"', full=True)
    assert source.etag == '"a"'
    assert not wants_full_check(source, NOW + timedelta(hours=1), POLICY)
    assert wants_full_check(source, NOW + timedelta(hours=6), POLICY)


def test_many_unchanged_answers_in_a_row_are_not_believed(source: Source) -> None:
    read(source, full=True)
    asked = []
    for step in range(7):
        asked.append(wants_full_check(source, NOW, POLICY))
        read(source, NOW + timedelta(minutes=step), outcome="not-modified")
    assert asked == [False] * 6 + [True]


def test_a_busy_source_that_falls_silent_is_doubted_sooner(source: Source) -> None:
    read(source, full=True, links=links(1))
    for step in (1, 2):
        read(source, NOW + timedelta(minutes=step), outcome="not-modified")
    assert wants_full_check(source, NOW + timedelta(minutes=3), POLICY)
    assert not wants_full_check(source, NOW + timedelta(hours=2), POLICY)


def test_a_source_caught_at_a_false_not_modified_is_read_in_full(source: Source) -> None:
    later = NOW + timedelta(hours=1)
    read(source, etag='"a"', full=True)
    read(source, later, outcome="not-modified")
    missed = links(7, published_at=later - timedelta(minutes=30), precision="minute")
    read(source, later + timedelta(minutes=10), etag='"b"', full=True, links=missed)
    assert source.distrusted_at == later + timedelta(minutes=10)
    assert wants_full_check(source, later + timedelta(minutes=20), POLICY)
    assert wants_full_check(source, later + timedelta(days=6), POLICY)


def test_a_validator_that_stays_while_the_list_changes_is_a_lie(source: Source) -> None:
    read(source, etag='"a"', full=True)
    read(source, NOW + timedelta(minutes=1), outcome="not-modified")
    read(source, NOW + timedelta(minutes=2), etag='"a"', full=True, links=links(1))
    assert source.distrusted_at is not None


def test_news_published_after_an_honest_not_modified_is_no_lie(source: Source) -> None:
    read(source, etag='"a"', full=True)
    read(source, NOW + timedelta(minutes=1), outcome="not-modified")
    fresh = links(1, published_at=NOW + timedelta(minutes=5), precision="minute")
    read(source, NOW + timedelta(minutes=9), etag='"b"', full=True, links=fresh)
    assert source.distrusted_at is None


def test_a_validator_too_long_to_keep_is_dropped_whole(source: Source) -> None:
    read(source, etag='"' + "a" * 600 + '"', last_modified="Mon, 23 Nov 2026 03:00:00 GMT")
    assert (source.etag, source.last_modified) == ("", "Mon, 23 Nov 2026 03:00:00 GMT")


def test_a_crash_after_the_pages_leaves_nothing_half_written(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("killed here")

    with monkeypatch.context() as patch:
        patch.setattr("archive.sources._count_hour", crash)
        with pytest.raises(RuntimeError):
            read(source, links=links(1, 2))
    source.refresh_from_db()
    assert (Page.objects.count(), SourceRead.objects.count(), source.last_tried_at) == (0, 0, None)


def test_old_readings_can_be_pruned_while_their_sums_stay(source: Source) -> None:
    read(source, links=links(1))
    read(source, NOW + timedelta(days=40), links=links(1, 2))
    assert prune_reads(NOW + timedelta(days=10)) == 1
    assert sum(SourceHour.objects.values_list("new_items", flat=True)) == 2


def test_an_unknown_source_is_an_error(outlet: Outlet) -> None:
    with pytest.raises(Source.DoesNotExist):
        record_read(999, at=NOW, outcome="read", policy=POLICY)
