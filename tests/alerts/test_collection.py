"""Incomplete collection is told once when it begins and once when it is over; a start is no outage."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.duty.collection import EVERY, GRACE, CollectionDuty
from alerts.duty.silence import SilenceDuty
from alerts.models import Alert, Delivery
from archive.models import Article, Page, Source
from tests.alerts.conftest import NOW, article, outlet, target
from tests.alerts.test_duty import source

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(clock):
    target("Kỹ thuật", health=True)
    made = CollectionDuty(clock)
    clock.go(seconds=GRACE.total_seconds())
    return made


def sources(count: int, failing: int = 0, success: timedelta = timedelta()) -> None:
    for number in range(count):
        of = outlet(f"bao-{number}", f"Báo {number}")
        Source.objects.create(
            outlet=of,
            kind="feed",
            url=f"{of.home}rss",
            next_due_at=NOW,
            interval_s=120.0,
            last_tried_at=NOW,
            last_success_at=NOW + GRACE - success,
            failures=5 if number < failing else 0,
        )


def look(duty, clock) -> int:
    clock.go(seconds=EVERY.total_seconds())
    return duty.run(10)


def kinds() -> list[str]:
    return sorted(alert.key.split("/")[1] for alert in Alert.objects.filter(state="open"))


def test_whole_collection_is_silence(duty, clock):
    sources(5)
    article(needs_index=False)
    assert look(duty, clock) == 0
    assert not Alert.objects.exists()


def test_many_failing_sources_are_one_alert_and_one_recovery(duty, clock):
    sources(10, failing=4)
    assert look(duty, clock) == 1
    assert look(duty, clock) == 0
    alert = Alert.objects.get()
    assert "4/10" in alert.cause["headline"]
    Source.objects.update(failures=0)
    assert look(duty, clock) == 1
    assert look(duty, clock) == 0
    alert.refresh_from_db()
    assert alert.state == "closed"
    assert "trở lại bình thường" in alert.cause["news"][0]
    assert list(Delivery.objects.order_by("pk").values_list("kind", flat=True)) == ["first", "refire"]
    Source.objects.update(failures=5)
    assert look(duty, clock) == 1  # another spell, another alert
    assert Alert.objects.count() == 2


def test_a_few_failing_sources_are_left_to_their_own_alerts(duty, clock):
    sources(10, failing=2)
    assert look(duty, clock) == 0


def test_our_own_outage_is_told_and_says_that_nothing_found_is_no_news(duty, clock):
    sources(3, success=timedelta(minutes=45))
    assert look(duty, clock) == 1
    assert kinds() == ["unread"]
    assert "không có nghĩa là không có tin" in Alert.objects.get().cause["lead"]


def test_pages_that_wait_long_are_told(duty, clock):
    sources(2)
    of = outlet("bao-0", "Báo 0")
    for number in range(10):
        Page.objects.create(
            outlet=of, url=f"{of.home}{number}", found_at=NOW, due_at=NOW - timedelta(hours=2)
        )
    assert look(duty, clock) == 1
    assert kinds() == ["pages"]


@pytest.mark.parametrize("mark", ["needs_classify", "needs_index", "needs_alert"])
def test_articles_that_no_step_takes_are_told(duty, clock, mark):
    sources(2)
    for _ in range(10):
        article(**{"needs_index": False, mark: True}, first_seen_at=NOW - timedelta(hours=1))
    assert look(duty, clock) == 1
    assert kinds() == ["steps"]


def test_a_reclassification_of_the_archive_is_no_backlog_of_news(duty, clock):
    sources(2)
    for _ in range(12):
        article(needs_classify=True, first_seen_at=NOW - timedelta(days=9))
    assert look(duty, clock) == 0


def test_what_waited_while_the_program_was_down_is_no_outage(clock):
    sources(3, success=timedelta(hours=9))
    Article.objects.update(needs_index=True)
    duty = CollectionDuty(clock)
    assert look(duty, clock) == 0
    assert not Alert.objects.exists()


def test_a_source_that_is_back_closes_its_alert(clock):
    target("Kỹ thuật", health=True)
    row = source(last_success_at=NOW, last_new_at=NOW - timedelta(hours=30))
    assert SilenceDuty(clock).run(10) == 1
    Source.objects.filter(pk=row.pk).update(last_new_at=NOW)
    assert SilenceDuty(clock).run(10) == 1
    assert Alert.objects.get().state == "closed"
    assert Delivery.objects.filter(kind="refire").count() == 1
    assert SilenceDuty(clock).run(10) == 0
