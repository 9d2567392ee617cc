"""Health by each source's own rhythm, and how complete collection was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from archive.health import completeness, source_health
from archive.models import Source, SourceHour
from archive.polling import PollPolicy
from archive.sources import LinkRow, record_outage, record_read
from tests.archive.conftest import NOW

HOUR = timedelta(hours=1)


def history(source: Source, days: int, a_day: int, until: datetime = NOW, **state: object) -> None:
    """``a_day`` items, one an hour, each day before ``until``; readings every hour."""
    hours = [until.replace(minute=0) - HOUR * back for back in range(days * 24)]
    SourceHour.objects.bulk_create(
        SourceHour(
            source=source,
            hour=hour,
            day=(hour + 7 * HOUR).date(),
            good=6,
            new_items=1 if hour.hour < a_day else 0,
        )
        for hour in hours
    )
    Source.objects.filter(pk=source.pk).update(**({"last_success_at": until, "last_new_at": until} | state))


def state() -> tuple[str, str]:
    (health,) = source_health(NOW)
    return health.state, health.explanation


def test_a_source_at_its_usual_rhythm_is_ok(source: Source) -> None:
    history(source, 12, 8)
    (health,) = source_health(NOW)
    assert (health.state, health.usual, health.last_24h, len(health.days)) == ("ok", 8, 8, 14)
    assert "thường lệ 8 bài" in health.explanation


def test_a_source_without_enough_history_is_new(source: Source) -> None:
    history(source, 2, 8)
    assert state()[0] == "new"


def test_a_source_tried_only_in_our_outage_says_so(source: Source) -> None:
    record_outage([source.pk], at=NOW, retry_s=15)
    kind, explanation = state()
    assert kind == "new"
    assert "mạng của máy này" in explanation


def test_a_source_never_read_says_so(source: Source) -> None:
    assert state() == ("new", "Chưa đọc lần nào.")
    source.outlet.status = "unverified"
    source.outlet.save()
    assert state()[0] == "unverified"


@pytest.mark.parametrize(
    ("failures", "succeeded", "expected"), [(2, True, "ok"), (3, True, "failing"), (1, False, "failing")]
)
def test_a_failing_source_is_named_with_its_reason(
    source: Source, failures: int, succeeded: bool, expected: str
) -> None:
    history(source, 12, 8)
    Source.objects.update(
        failures=failures, failing_since=NOW - HOUR, last_error="quá 30 giây",
        last_success_at=NOW if succeeded else None,
    )  # fmt: skip
    assert state()[0] == expected
    assert ("quá 30 giây" in state()[1]) == (expected == "failing")


def test_a_busy_source_that_brings_nothing_is_silent(source: Source) -> None:
    history(source, 12, 20, until=NOW - timedelta(hours=20), last_new_at=NOW - timedelta(hours=20))
    assert state()[0] == "silent"
    assert "Im lặng bất thường" in state()[1]


def test_a_slow_source_may_be_without_news_for_days(source: Source) -> None:
    history(source, 12, 1, last_new_at=NOW - timedelta(days=3))
    assert state()[0] == "ok"


def test_a_night_without_news_is_no_silence(source: Source) -> None:
    history(source, 12, 20, last_new_at=NOW - timedelta(hours=9))
    assert state()[0] == "ok"


def test_much_less_than_usual_is_quiet(source: Source) -> None:
    history(source, 12, 20)
    SourceHour.objects.filter(hour__gt=NOW - timedelta(hours=24)).update(new_items=0)
    assert state()[0] == "quiet"


def test_days_are_those_of_viet_nam(source: Source) -> None:
    midnight = datetime.fromisoformat("2026-11-22T17:00Z")
    for at, count in ((midnight, 3), (midnight - timedelta(minutes=1), 1)):
        links = [LinkRow(f"https://bao.lamgiang.example/{count}-{n}") for n in range(count)]
        record_read(source.pk, at=at, outcome="read", links=links, policy=PollPolicy())
    (health,) = source_health(NOW)
    assert health.days[-2:] == ((date(2026, 11, 22), 1), (date(2026, 11, 23), 3))


def test_inactive_sources_are_left_out(source: Source) -> None:
    Source.objects.update(active=False)
    assert source_health(NOW) == []


def test_collection_without_gaps_is_complete(source: Source) -> None:
    history(source, 5, 8)
    report = completeness(NOW - timedelta(days=2), NOW, NOW)
    assert report.complete
    assert report.text == "Thu thập đầy đủ: 1/1 nguồn đọc được trong suốt thời gian này."


def test_hours_of_failure_are_a_gap(source: Source) -> None:
    history(source, 5, 8)
    bad = SourceHour.objects.filter(hour__gte=NOW - timedelta(hours=3))
    bad.update(good=0, failed=2)
    report = completeness(NOW - timedelta(days=2), NOW, NOW)
    assert [(gap.source, gap.hours) for gap in report.gaps] == [(source, 3)]
    assert not report.complete
    assert "1/1 nguồn có lúc không đọc được: Báo Lam Giang (3 giờ)" in report.text
    assert completeness(NOW - timedelta(days=2), NOW - timedelta(days=1), NOW).complete


def test_hours_in_which_the_program_did_not_run_are_told(source: Source) -> None:
    history(source, 2, 8)
    SourceHour.objects.filter(
        hour__gte=NOW - timedelta(hours=20), hour__lt=NOW - timedelta(hours=13)
    ).delete()
    report = completeness(NOW - timedelta(hours=30), NOW + timedelta(days=3), NOW)
    assert report.unwatched_hours == 7
    assert "không chạy trong 7 giờ" in report.text
    assert report.began is None


def test_nothing_was_missed_before_the_first_reading(source: Source) -> None:
    record_read(source.pk, at=NOW - timedelta(hours=2), outcome="read", policy=PollPolicy())
    record_read(source.pk, at=NOW - timedelta(hours=1), outcome="read", policy=PollPolicy())
    record_read(source.pk, at=NOW, outcome="read", policy=PollPolicy())
    report = completeness(NOW - timedelta(days=7), NOW, NOW)
    assert report.complete
    assert report.unwatched_hours == 0
    assert report.began is not None and report.began > NOW - timedelta(hours=3)
    assert "Bắt đầu thu thập từ" in report.text
    assert "đầy đủ" not in report.text


def test_a_span_before_the_first_reading_says_so(source: Source) -> None:
    record_read(source.pk, at=NOW, outcome="read", policy=PollPolicy())
    report = completeness(NOW - timedelta(days=7), NOW - timedelta(days=6), NOW)
    assert report.unwatched_hours == 0
    assert "trước khi bắt đầu thu thập" in report.text
    assert not report.complete


def test_sources_that_were_never_read_say_nothing(source: Source) -> None:
    report = completeness(NOW - timedelta(days=7), NOW, NOW)
    assert "Chưa đọc nguồn nào" in report.text
    assert not report.complete


def test_our_own_outage_is_told_and_counted_against_no_source(source: Source) -> None:
    history(source, 5, 8)
    SourceHour.objects.filter(hour__gte=NOW - timedelta(hours=3)).update(good=0, outage=4)
    report = completeness(NOW - timedelta(days=2), NOW, NOW)
    assert report.gaps == ()
    assert report.outage_hours == 3
    assert not report.complete
    assert "mạng của máy này" in report.text


def test_silence_makes_today_incomplete_but_not_last_week(source: Source) -> None:
    history(source, 13, 20, last_new_at=NOW - timedelta(hours=20))
    assert completeness(NOW - timedelta(days=1), NOW, NOW).silent == (source,)
    assert completeness(NOW - timedelta(days=9), NOW - timedelta(days=8), NOW).complete


def test_without_sources_nothing_can_be_concluded(db: None) -> None:
    assert "Chưa theo dõi nguồn nào" in completeness(NOW - HOUR, NOW, NOW).text
