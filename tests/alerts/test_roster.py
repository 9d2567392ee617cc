"""Deadlines are told to those responsible, and alerts nobody takes on go along the roster of the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from alerts.duty.casework import EVERY, DeadlineDuty
from alerts.duty.escalation import EscalationDuty
from alerts.models import Alert, Delivery, DutyDay, EscalationStep
from cases.deadlines.refresh import refresh
from cases.models import CaseDeadline
from cases.moving import assign
from cases.opening import open_case
from cases.roles import give_role
from tests.alerts.conftest import NOW, article, rule, subscribe, target

pytestmark = pytest.mark.django_db


def officer(name: str) -> User:
    user = User.objects.create_user(name)
    give_role(user, "officer")
    return user


@pytest.fixture
def alert(take_in):
    subscribe(rule(severity=3, team="Báo chí"), target())
    article()
    take_in()
    return Alert.objects.get()


def test_who_is_on_duty_that_day_is_told_at_all_of_their_targets(alert, clock):
    an, binh = officer("an"), officer("binh")
    target("An, Slack", owner=an, address="C0002")
    target("An, thư", owner=an, channel="email", address="an@example.vn")
    target("Bình", owner=binh, address="C0003")
    DutyDay.objects.create(day=date(2026, 11, 24), place=1, officer=an)
    DutyDay.objects.create(day=date(2026, 11, 24), place=2, officer=binh)
    EscalationStep.objects.create(team="Báo chí", after_minutes=10, place=1)
    EscalationStep.objects.create(team="Báo chí", after_minutes=20, place=2)
    duty = EscalationDuty(clock)
    clock.go(minutes=11)
    assert [duty.run(10), duty.run(10)] == [2, 0]
    clock.go(minutes=10)
    assert [duty.run(10), duty.run(10)] == [1, 0]
    told = Delivery.objects.filter(kind="escalation").order_by("pk")
    assert sorted(row.target.name for row in told[:2]) == ["An, Slack", "An, thư"]
    assert told[2].target.name == "Bình"
    reasons = list(alert.events.filter(kind="escalated").values_list("reason", flat=True))
    assert "An, Slack, An, thư" in reasons[0]


def test_the_day_is_that_of_viet_nam(alert, clock):
    an, binh = officer("an"), officer("binh")
    target("An", owner=an, address="C0002")
    target("Bình", owner=binh, address="C0003")
    DutyDay.objects.create(day=date(2026, 11, 24), place=1, officer=an)
    DutyDay.objects.create(day=date(2026, 11, 25), place=1, officer=binh)
    EscalationStep.objects.create(team="Báo chí", after_minutes=10, place=1)
    clock.now = NOW.replace(hour=17, minute=30)  # 00:30 of the 25th there
    assert EscalationDuty(clock).run(10) == 1
    assert Delivery.objects.get(kind="escalation").target.name == "Bình"


def test_a_hole_in_the_roster_waits_for_somebody(alert, clock):
    an = officer("an")
    target("An", owner=an, address="C0002")
    EscalationStep.objects.create(team="Báo chí", after_minutes=10, place=1)
    clock.go(minutes=30)
    duty = EscalationDuty(clock)
    assert duty.run(10) == 0
    DutyDay.objects.create(day=date(2026, 11, 24), place=1, officer=an)
    assert duty.run(10) == 1


def test_a_teams_rule_is_told_to_the_team(take_in):
    subscribe(rule(team="Báo chí"), target("Riêng", "slack", "C0009"), "digest")
    target("Cả tổ", address="C0002", team="Báo chí")
    target("Tổ khác", address="C0003", team="Văn phòng")
    target("Của An", address="C0004", team="Báo chí", owner=officer("an"))
    article()
    take_in()
    assert [row.target.name for row in Delivery.objects.all()] == ["Cả tổ"]


@pytest.fixture
def case(db):
    an = officer("an")
    opened = open_case("needs-reply", by=an, now=NOW, reason="Thử", article_id=article().pk)
    return opened.case


def due(case, at) -> None:
    """A running deadline of the case at a moment."""
    CaseDeadline.objects.filter(case=case).delete()
    CaseDeadline.objects.create(
        case=case, rule="x", name="Trả lời báo", basis="internal", status="running", starts_at=NOW, due_at=at
    )


def look(duty, clock) -> int:
    clock.go(seconds=EVERY.total_seconds())
    return duty.run(10)


def test_a_deadline_is_told_when_near_and_again_when_past(case, clock):
    target("Lãnh đạo", deadlines=True)
    target("Khác", address="C0002")
    due(case, NOW + timedelta(hours=20))
    duty = DeadlineDuty(clock)
    assert [look(duty, clock), look(duty, clock)] == [1, 0]
    alert = Alert.objects.get()
    assert alert.cause["headline"] == f"Sắp đến hạn: {case.title}"
    assert (alert.case, alert.severity) == (case, 2)
    assert [row.target.name for row in Delivery.objects.all()] == ["Lãnh đạo"]
    clock.go(hours=21)
    assert look(duty, clock) == 2  # the near one is closed, the past one told
    past = Alert.objects.get(state="open")
    assert past.cause["headline"].startswith("Quá hạn") and past.severity == 3
    assert Delivery.objects.filter(kind="first").count() == 2


def test_the_officer_of_the_case_is_told_and_a_deadline_met_closes_the_alert(case, clock):
    binh = officer("binh")
    target("Bình", owner=binh, address="C0003")
    assign(case.pk, version=case.version, agency="", officer=binh, by=binh, now=NOW, reason="Giao")
    due(case, NOW + timedelta(hours=3))
    duty = DeadlineDuty(clock)
    assert look(duty, clock) == 1
    assert Delivery.objects.get().target.name == "Bình"
    CaseDeadline.objects.update(status="met")
    assert look(duty, clock) == 1
    assert Alert.objects.get().state == "closed"


def test_an_overdue_case_goes_along_the_ladder_of_no_team(case, clock):
    boss = target("Trưởng phòng", address="C0005")
    EscalationStep.objects.create(team="", after_minutes=30, target=boss)
    due(case, NOW - timedelta(hours=1))
    look(DeadlineDuty(clock), clock)
    clock.go(minutes=31)
    assert EscalationDuty(clock).run(10) == 1
    assert Delivery.objects.get(kind="escalation").target == boss


def test_deadlines_as_reckoned_are_told(case, clock):
    refresh(case)
    running = CaseDeadline.objects.filter(case=case, due_at__isnull=False).order_by("due_at").first()
    if running is None:
        pytest.skip("the province's rules give this kind of case no deadline")
    clock.now = running.due_at - timedelta(hours=2)
    assert DeadlineDuty(clock).run(10) >= 1
