"""Messages leave the outbox once, in order, within limits; what fails is tried again or laid aside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from alerts.actions import acknowledge
from alerts.channels.recipe import Message
from alerts.deliver import BURST, Deliverer, resend
from alerts.errors import TransportError
from alerts.models import Alert, AlertThread, Delivery, Maintenance
from alerts.outbox import queue
from cases.roles import give_role
from tests.alerts.conftest import NOW, Clock, article, rule, subscribe, target

pytestmark = pytest.mark.django_db


class Channel:
    """Takes messages, or fails as told."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.errors: list[Exception] = []

    def send(self, message: Message) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append(message)
        return message.thread or f"ref-{len(self.sent)}"


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
def courier(channel: Channel, clock: Clock) -> Deliverer:
    return Deliverer({"slack": channel}, attempts=3, clock=clock, pace=False)


@pytest.fixture
def alert(take_in) -> Alert:
    subscribe(rule(), target())
    article()
    take_in()
    return Alert.objects.get()


def passing(**values):
    return TransportError("HTTP 500", permanent=False, **values)


def test_a_message_is_sent_once_and_its_thread_remembered(alert, courier, channel):
    assert [courier.run(10), courier.run(10)] == [1, 0]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reference, delivery.attempts) == ("sent", "ref-1", 1)
    assert AlertThread.objects.get().reference == "ref-1"
    assert channel.sent[0].payload["card"]["headline"] == "Đèo Sơn Vàng sạt lở"


def test_news_wait_for_the_first_message_and_join_its_thread(alert, courier, channel, clock):
    queue(alert, Delivery.Kind.REFIRE, now=NOW)
    channel.errors = [passing()]
    assert courier.run(10) == 0
    assert not channel.sent
    clock.go(minutes=1)
    courier.run(10)
    courier.run(10)
    assert [(message.kind, message.thread) for message in channel.sent] == [
        ("first", ""),
        ("refire", "ref-1"),
    ]


def test_only_one_of_two_couriers_gets_a_row(alert, courier, channel, clock):
    (delivery,) = courier._due(10)
    assert courier._claim(delivery, "a") is True
    assert Deliverer({"slack": channel}, attempts=3, clock=clock)._claim(delivery, "b") is False


def test_a_row_left_behind_by_a_dead_process_is_sent_after_its_lease(alert, courier, channel, clock):
    (delivery,) = courier._due(10)
    courier._claim(delivery, "dead")
    assert courier.run(10) == 0
    clock.go(minutes=3)
    assert courier.run(10) == 1
    assert len(channel.sent) == 1


def test_a_slow_process_does_not_undo_what_another_finished(alert, courier, channel, clock):
    (delivery,) = courier._due(10)
    courier._claim(delivery, "slow")
    clock.go(minutes=3)
    courier.run(10)
    courier._failed(delivery, "slow", passing())
    assert Delivery.objects.get().state == "sent"


def test_passing_errors_wait_longer_each_time_and_end_as_a_dead_letter(alert, courier, channel, clock):
    channel.errors = [passing() for _ in range(3)]
    waits = []
    for _ in range(2):
        courier.run(10)
        row = Delivery.objects.get()
        assert row.state == "failed"
        waits.append(row.next_at - clock())
        clock.now = row.next_at
    assert waits[0] < waits[1]
    courier.run(10)
    row = Delivery.objects.get()
    assert (row.state, row.error) == ("dead", "HTTP 500")
    clock.go(days=30)
    assert courier.run(10) == 0
    assert resend(row.pk, now=clock()) and not resend(row.pk, now=clock())
    assert courier.run(10) == 1


def test_a_permanent_error_is_a_dead_letter_at_once(alert, courier, channel):
    channel.errors = [TransportError("channel_not_found", permanent=True)]
    assert courier.run(10) == 1
    assert Delivery.objects.get().state == "dead"


def test_a_service_that_asks_for_a_pause_gets_it_and_nothing_is_counted(alert, courier, channel, clock):
    channel.errors = [passing(throttled=True, retry_after=30.0)]
    courier.run(10)
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.next_at) == ("failed", 0, NOW + timedelta(seconds=30))
    queue(alert, Delivery.Kind.REFIRE, now=NOW)
    clock.go(seconds=29)
    assert courier.run(10) == 0
    clock.go(seconds=1)
    assert courier.run(10) == 1


def test_retry_after_is_the_least_wait(alert, courier, channel, clock):
    channel.errors = [passing(retry_after=300.0)]
    courier.run(10)
    assert Delivery.objects.get().next_at >= NOW + timedelta(seconds=300)


def test_a_fault_of_ours_loses_nothing(alert, courier, channel, caplog):
    channel.errors = [KeyError("headline")]
    courier.run(10)
    assert Delivery.objects.get().state == "failed"
    assert "could not be sent" in caplog.text


def test_one_address_is_told_at_its_pace_after_a_short_burst(take_in, channel, clock):
    where, other = target(), target("Khác", address="C0002")
    made = rule()
    subscribe(made, where)
    for _ in range(BURST + 3):
        article()
    take_in()
    courier = Deliverer(
        {"slack": channel}, attempts=3, clock=clock, sleep=lambda wait: clock.go(seconds=wait)
    )
    assert courier.run(100) == BURST + 1
    subscribe(made, other)
    article()
    take_in()
    assert courier.run(1) == 1  # the other address is not held up
    before = clock()
    while len(channel.sent) < BURST + 5:
        assert courier.run(100) == 1
    assert clock() - before == timedelta(seconds=3)
    assert courier.run(100) == 0


def test_a_channel_that_is_not_set_up_keeps_its_messages(alert, clock):
    assert Deliverer({}, attempts=3, clock=clock).run(10) == 0
    assert Delivery.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("severity", "hour", "sent"),
    [(2, 15, False), (2, 21, False), (4, 15, True), (2, 3, True)],  # UTC: 22:00, 04:00, 22:00, 10:00 in VN
)
def test_quiet_hours_defer_unless_severity_passes(take_in, courier, clock, severity, hour, sent):
    quiet = target(quiet_from="21:30", quiet_until="06:00", passes_from=4)
    subscribe(rule(severity=severity), quiet)
    article()
    take_in()
    clock.now = NOW.replace(hour=hour)
    assert (courier.run(10) == 1) is sent
    row = Delivery.objects.get()
    if not sent:
        assert (row.state, row.attempts) == ("waiting", 0)
        assert "giờ yên lặng, đến 06:00" in row.hold
        clock.now = row.next_at
        assert courier.run(10) == 1


def test_maintenance_defers_everything_until_its_end(alert, courier, clock):
    Maintenance.objects.create(
        starts=NOW - timedelta(hours=1), ends=NOW + timedelta(hours=1), reason="nâng cấp"
    )
    assert courier.run(10) == 0
    clock.go(hours=1)
    assert courier.run(10) == 1


def test_urgent_messages_go_first(take_in, channel, clock):
    where = target()
    subscribe(rule("Thường"), where)
    subscribe(rule("Khẩn", severity=4), where)
    article()
    take_in()
    Deliverer({"slack": channel}, attempts=3, clock=clock).run(10)
    assert [message.payload["severity"] for message in channel.sent] == [4, 2]


def test_after_a_flood_the_newest_goes_first_and_none_is_left_out(take_in, channel, clock):
    subscribe(rule(), target())
    for number in range(4):
        article(title=f"Sạt lở {number}")
        take_in()
        clock.go(seconds=1)
    courier = Deliverer({"slack": channel}, attempts=3, clock=clock, pace=False)
    assert [courier.run(1) for _ in range(5)] == [1, 1, 1, 1, 0]
    shown = [message.payload["card"]["headline"] for message in channel.sent]
    assert shown == ["Sạt lở 3", "Sạt lở 2", "Sạt lở 1", "Sạt lở 0"]


def test_what_an_officer_did_does_not_wait_behind_the_pace_of_an_address(take_in, channel, clock):
    subscribe(rule(), target())
    for _ in range(BURST + 5):
        article()
    take_in()
    courier = Deliverer({"slack": channel}, attempts=3, clock=clock, sleep=lambda wait: None)
    assert courier.run(100) == BURST + 1
    told = Alert.objects.filter(deliveries__state="sent").order_by("pk").first()
    officer = User.objects.create_user("can-bo")
    give_role(officer, "officer")
    acknowledge(told.pk, by=officer, now=clock())
    assert courier.run(100) == 1
    assert channel.sent[-1].kind == "state"
