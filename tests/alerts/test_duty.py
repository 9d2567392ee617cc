"""Digests, escalation and silent sources: due by the clock, told once, nothing left out."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.contrib.auth.models import User

from alerts.actions import acknowledge
from alerts.duty.digests import DigestStep
from alerts.duty.escalation import EscalationDuty
from alerts.duty.silence import EVERY, SilenceDuty
from alerts.models import Alert, Delivery, DigestItem, EscalationStep
from archive.models import Source, SourceHour
from archive.vietnam import VIETNAM
from cases.roles import give_role
from tests.alerts.conftest import NOW, article, outlet, rule, subscribe, target

pytestmark = pytest.mark.django_db
TIMES = (time(7), time(17))
EVENING = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # 17:00 in Việt Nam


@pytest.fixture
def digests(clock):
    return DigestStep(TIMES, clock)


def test_alerts_wait_for_the_digest_and_are_told_in_it_once(take_in, digests, clock):
    where = target()
    subscribe(rule(severity=1), where, "digest")
    subscribe(rule("Khác", "Sơn Vàng", severity=3), where, "digest")
    article()
    take_in()
    assert not Delivery.objects.exists()
    assert digests.run(10) == 0  # the morning's slot is past, these fired after it
    clock.now = EVENING
    assert [digests.run(10), digests.run(10)] == [1, 0]
    delivery = Delivery.objects.get()
    assert (delivery.kind, delivery.severity) == ("digest", 3)
    assert [item["severity"] for item in delivery.payload["items"]] == [3, 1]
    assert not DigestItem.objects.filter(delivery=None).exists()
    clock.go(days=1)
    assert digests.run(10) == 0


def test_an_alert_that_comes_too_late_for_a_digest_is_in_the_next(take_in, digests, clock):
    subscribe(rule(), target(), "digest")
    article()
    take_in()
    clock.now = EVENING
    digests.run(10)
    article()
    clock.now = EVENING + timedelta(seconds=1)
    take_in()
    assert digests.run(10) == 0
    clock.now = EVENING + timedelta(hours=14)
    assert digests.run(10) == 1
    assert [len(row.payload["items"]) for row in Delivery.objects.order_by("pk")] == [1, 1]


def test_a_digest_missed_while_the_program_was_down_is_made_up_for(take_in, digests, clock):
    subscribe(rule(), target(), "digest")
    article()
    take_in()
    clock.now = EVENING + timedelta(hours=3)
    assert digests.run(10) == 1


def test_without_digest_times_nothing_is_due(clock):
    assert DigestStep((), clock).run(10) == 0


@pytest.fixture
def alert(take_in):
    made = rule(severity=3, team="Báo chí")
    subscribe(made, target())
    article()
    take_in()
    return Alert.objects.get()


def test_nobody_answers_so_the_next_on_the_roster_is_told_once(alert, clock):
    first, second = target("Trưởng phòng", address="C0002"), target("Lãnh đạo", address="C0003")
    EscalationStep.objects.create(team="Báo chí", after_minutes=15, target=first)
    EscalationStep.objects.create(team="Báo chí", after_minutes=60, target=second)
    EscalationStep.objects.create(team="Khác", after_minutes=1, target=second)
    duty = EscalationDuty(clock)
    told = []
    for minutes in (14, 1, 30, 15, 60):
        clock.go(minutes=minutes)
        told.append(duty.run(10))
    assert told == [0, 1, 0, 1, 0]
    rows = Delivery.objects.filter(kind="escalation").order_by("pk")
    assert [row.target for row in rows] == [first, second]
    assert alert.events.filter(kind="escalated").count() == 2


def test_an_alert_somebody_took_on_or_of_low_severity_is_not_escalated(alert, clock):
    EscalationStep.objects.create(team="Báo chí", after_minutes=15, target=target("A"), severity_from=4)
    EscalationStep.objects.create(team="Báo chí", after_minutes=30, target=target("B"))
    clock.go(minutes=16)
    assert EscalationDuty(clock).run(10) == 0
    officer = User.objects.create_user("can-bo")
    give_role(officer, "officer")
    acknowledge(alert.pk, by=officer, now=clock())
    clock.go(hours=2)
    assert EscalationDuty(clock).run(10) == 0


def test_news_start_the_roster_again(alert, clock):
    EscalationStep.objects.create(team="Báo chí", after_minutes=15, target=target("A"))
    duty = EscalationDuty(clock)
    clock.go(minutes=16)
    assert duty.run(10) == 1
    clock.go(minutes=1)
    Alert.objects.update(firings=2, last_fired_at=clock())
    clock.go(minutes=16)
    assert duty.run(10) == 1


def source(**fields) -> Source:
    made = Source.objects.create(
        outlet=outlet(), kind="feed", url="https://bao.example/rss", next_due_at=NOW, **fields
    )
    hour = NOW.replace(minute=0)
    SourceHour.objects.bulk_create(
        SourceHour(source=made, hour=at, day=at.astimezone(VIETNAM).date(), good=6, new_items=1)
        for at in (hour - timedelta(hours=back) for back in range(30, 24 * 10))
    )
    return made


def test_a_source_that_falls_silent_is_told_once(clock):
    target("Kỹ thuật", health=True)
    target("Khác", address="C0002")
    source(last_success_at=NOW, last_new_at=NOW - timedelta(hours=30))
    duty = SilenceDuty(clock)
    assert duty.run(10) == 1
    clock.go(seconds=EVERY.total_seconds())
    assert duty.run(10) == 0
    alert = Alert.objects.get()
    assert alert.cause["headline"] == "Nguồn im lặng: Báo Lam Giang"
    assert Delivery.objects.get().target.name == "Kỹ thuật"


def test_a_source_that_fails_is_told_after_a_while(clock):
    target("Kỹ thuật", health=True)
    failing = {"failures": 5, "failing_since": NOW, "last_error": "HTTP 503", "last_success_at": NOW}
    source(last_new_at=NOW, **failing)
    duty = SilenceDuty(clock)
    assert duty.run(10) == 0
    clock.go(hours=3)
    assert duty.run(10) == 1
    assert "HTTP 503" in Alert.objects.get().cause["lead"]


def test_the_card_of_a_source_can_be_sent(clock, slack):
    from alerts.channels.slack.transport import SlackChannel
    from alerts.config import AlertConfig
    from alerts.deliver import Deliverer

    target("Kỹ thuật", health=True)
    source(last_success_at=NOW, last_new_at=NOW - timedelta(hours=30))
    SilenceDuty(clock).run(10)
    channel = SlackChannel(AlertConfig(slack_bot_token="x", slack_api_url=slack.url))
    assert Deliverer({"slack": channel}, attempts=3, clock=clock).run(10) == 1
    assert "Nguồn im lặng" in str(slack.roots()[0]["blocks"])
