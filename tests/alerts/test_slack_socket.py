"""Buttons and commands on Slack: over a real WebSocket, within the officer's role, kept with reasons."""

from __future__ import annotations

import json
import threading

import pytest
from django.contrib.auth.models import User

from alerts.channels.slack.client import make_client
from alerts.channels.slack.desk import SlackDesk
from alerts.channels.slack.socket import SlackSocket
from alerts.config import AlertConfig
from alerts.duty.casework import CaseNews
from alerts.models import Alert, Delivery, SlackAccount
from archive.models import Finding
from cases.models import Case
from cases.moving import move
from cases.opening import open_case as start_case
from cases.roles import give_role
from search.documents import documents_from_archive
from tests.alerts.conftest import article, rule, signal, subscribe, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def config(slack):
    return AlertConfig(slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url=slack.url)


@pytest.fixture
def officer():
    user = User.objects.create_user("can-bo")
    give_role(user, "officer")
    SlackAccount.objects.create(user=user, slack_id="U1")
    return user


@pytest.fixture
def alert(take_in):
    subscribe(rule(), target())
    signal(article())
    take_in()
    return Alert.objects.get()


@pytest.fixture
def desk(config, engine):
    return SlackDesk(make_client(config), engine)


def press(action: str, alert_id: int, user: str = "U1") -> dict:
    return {
        "type": "block_actions",
        "user": {"id": user},
        "channel": {"id": "C0001"},
        "trigger_id": "t1",
        "actions": [{"action_id": action, "value": str(alert_id)}],
    }


def submit(alert_id: int, reason: str, verdict: str = "false-alarm", user: str = "U1") -> dict:
    return {
        "type": "view_submission",
        "user": {"id": user},
        "view": {
            "callback_id": "alert_reason",
            "private_metadata": json.dumps({"alert": alert_id, "verdict": verdict}),
            "state": {"values": {"reason": {"reason": {"value": reason}}}},
        },
    }


def open_case(alert_id: int, reason: str, kind: str = "needs-reply", user: str = "U1") -> dict:
    return {
        "type": "view_submission",
        "user": {"id": user},
        "view": {
            "callback_id": "alert_case",
            "private_metadata": json.dumps({"alert": alert_id}),
            "state": {
                "values": {
                    "reason": {"reason": {"value": reason}},
                    "kind": {"kind": {"selected_option": {"value": kind}}},
                }
            },
        },
    }


def test_opening_a_case_asks_for_kind_and_reason_and_changes_case_and_message(alert, desk, slack, officer):
    assert desk.handle("interactive", press("alert_open_case", alert.pk)) is None
    (asked,) = slack.called("views.open")
    assert '"alert_case"' in json.dumps(asked["view"])
    assert desk.handle("interactive", open_case(alert.pk, "Cần trả lời báo")) is None
    case = Case.objects.get()
    assert (case.kind, case.officer, case.article) == ("needs-reply", officer, alert.article)
    assert case.evidence.count() == 1  # the signal came along
    alert.refresh_from_db()
    assert (alert.state, alert.holder, alert.case) == ("acknowledged", officer, case)
    payload = Delivery.objects.filter(kind="state").latest("pk").payload
    assert payload["case"] == {"number": case.pk, "state": "Tiếp nhận"}
    assert "Cần trả lời báo" in " ".join(alert.events.values_list("reason", flat=True))


def test_opening_twice_leads_to_one_case(alert, desk, officer):
    for _ in range(2):
        assert desk.handle("interactive", open_case(alert.pk, "Cần trả lời")) is None
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "reason"), [("question", "Vì sao"), ("gì đó", "Vì sao"), ("criticism", " ")]
)
def test_a_case_that_cannot_be_opened_says_so_in_the_modal(alert, desk, officer, kind, reason):
    answer = desk.handle("interactive", open_case(alert.pk, reason, kind))
    assert answer["response_action"] == "errors" and answer["errors"]["reason"]
    assert not Case.objects.exists()


@pytest.mark.parametrize("role", ["viewer", None])
def test_a_viewer_and_a_stranger_open_no_case(alert, desk, slack, role):
    if role:
        user = User.objects.create_user("xem")
        give_role(user, role)
        SlackAccount.objects.create(user=user, slack_id="U1")
    desk.handle("interactive", press("alert_open_case", alert.pk))
    assert not slack.called("views.open") and slack.called("chat.postEphemeral")
    answer = desk.handle("interactive", open_case(alert.pk, "Thử"))
    assert answer["response_action"] == "errors"
    assert not Case.objects.exists()


def test_valid_criticism_is_concluded_and_becomes_a_case_to_be_dealt_with(alert, desk, officer):
    assert desk.handle("interactive", submit(alert.pk, "Báo nêu đúng", "valid-criticism")) is None
    case = Case.objects.get()
    assert (case.kind, case.officer) == ("criticism", officer)
    alert.refresh_from_db()
    assert (alert.state, alert.case) == ("closed", case)


def test_a_case_that_moves_brings_the_card_up_to_date(alert, desk, officer, clock):
    desk.handle("interactive", open_case(alert.pk, "Cần trả lời"))
    Delivery.objects.all().delete()
    case = Case.objects.get()
    news = CaseNews(clock)
    assert news.run(10) == 0
    move(case.pk, "verifying", version=case.version, by=officer, now=clock.now, reason="Bắt đầu xác minh")
    assert [news.run(10), news.run(10)] == [1, 0]
    assert Delivery.objects.get(kind="state").payload["case"]["state"] == "Xác minh"


def test_a_case_opened_elsewhere_for_the_story_shows_on_the_card(alert, officer, clock):
    opened = start_case(
        "needs-reply", by=officer, now=clock(), reason="Từ trang bài", article_id=alert.article_id
    )
    assert CaseNews(clock).run(10) == 1
    alert.refresh_from_db()
    assert (alert.case, alert.state) == (opened.case, "open")
    assert Delivery.objects.get(kind="state").payload["case"]["number"] == opened.case.pk
    assert CaseNews(clock).run(10) == 0


def test_taking_an_alert_on_changes_it_and_its_message(alert, desk, officer):
    assert desk.handle("interactive", press("alert_acknowledge", alert.pk)) is None
    alert.refresh_from_db()
    assert (alert.state, alert.holder) == ("acknowledged", officer)
    assert Delivery.objects.get(kind="state").payload["holder"] == "can-bo"
    desk.handle("interactive", press("alert_acknowledge", alert.pk))  # Slack repeats itself
    assert alert.events.filter(kind="acknowledged").count() == 1


@pytest.mark.parametrize(
    ("button", "verdict"),
    [("alert_false_alarm", "false-alarm"), ("alert_valid_criticism", "valid-criticism")],
)
def test_a_verdict_asks_for_the_reason_and_keeps_it(alert, desk, officer, slack, button, verdict):
    desk.handle("interactive", press(button, alert.pk))
    (opened,) = slack.called("views.open")
    view = json.loads(opened["view"]) if isinstance(opened["view"], str) else opened["view"]
    assert json.loads(view["private_metadata"]) == {"alert": alert.pk, "verdict": verdict}
    assert desk.handle("interactive", submit(alert.pk, "Đã hỏi xã", verdict)) is None
    alert.refresh_from_db()
    assert alert.state == "closed"
    finding = Finding.objects.get()
    assert finding.status == verdict
    decision = finding.decisions.get()
    assert (decision.by, decision.reason) == (officer, "Đã hỏi xã")


def test_without_a_reason_nothing_is_decided(alert, desk, officer):
    answer = desk.handle("interactive", submit(alert.pk, "  "))
    assert answer is not None and "lý do" in answer["errors"]["reason"]
    assert Finding.objects.get().status == "open"


def test_people_who_may_only_read_are_told_so(alert, desk, officer, slack):
    give_role(officer, "viewer")
    desk.handle("interactive", press("alert_acknowledge", alert.pk))
    desk.handle("interactive", press("alert_false_alarm", alert.pk))
    assert [call["user"] for call in slack.called("chat.postEphemeral")] == ["U1", "U1"]
    assert slack.called("views.open") == []
    answer = desk.handle("interactive", submit(alert.pk, "vì thế"))
    assert answer is not None and "chỉ được xem" in answer["errors"]["reason"]
    assert Alert.objects.get().state == "open"


def test_strangers_are_told_what_to_do(alert, desk, slack):
    desk.handle("interactive", press("alert_acknowledge", alert.pk, user="U9"))
    assert "U9" in slack.called("chat.postEphemeral")[0]["text"]
    assert "U9" in desk.handle("slash_commands", {"user_id": "U9", "text": "sạt lở"})["text"]
    assert Alert.objects.get().state == "open"


def test_the_search_command_answers_privately(desk, officer, engine):
    made = article()
    engine.rebuild(documents_from_archive())
    answer = desk.handle("slash_commands", {"user_id": "U1", "text": "sạt lở"})
    assert answer["response_type"] == "ephemeral"
    assert answer["text"].startswith("*1* bài") and made.title in answer["text"]
    assert "chưa đúng" in desk.handle("slash_commands", {"user_id": "U1", "text": "(sạt"})["text"]
    assert "Hãy ghi từ" in desk.handle("slash_commands", {"user_id": "U1", "text": " "})["text"]


@pytest.mark.parametrize("payload", [{}, {"type": "block_actions"}, {"type": "view_submission", "view": {}}])
def test_what_is_not_understood_is_logged_and_hurts_nobody(desk, payload, caplog):
    assert desk.handle("interactive", payload) is None


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_over_the_socket(alert, config, engine, officer, slack, monkeypatch):
    handle, handled = SlackDesk.handle, threading.Event()

    def told(desk, kind, payload):
        try:
            return handle(desk, kind, payload)
        finally:
            handled.set()

    monkeypatch.setattr(SlackDesk, "handle", told)
    socket = SlackSocket(config, engine)
    try:
        socket.run(1)
        slack.push("interactive", press("alert_acknowledge", alert.pk), "env-1")
        assert slack.ack() == {"envelope_id": "env-1"}
        assert handled.wait(60)
        assert Alert.objects.get().state == "acknowledged"
        slack.push("interactive", submit(alert.pk, ""), "env-2")
        answer = slack.ack()
        assert answer is not None and answer["payload"]["response_action"] == "errors"
    finally:
        socket.close()


def test_a_slack_that_is_away_is_tried_again_later(config, engine, slack, caplog):
    slack.fault = lambda method, arguments: "invalid_auth"
    now = [0.0]
    socket = SlackSocket(config, engine, monotonic=lambda: now[0])
    try:
        socket.run(1)
        socket.run(1)
        assert caplog.text.count("check SLACK_APP_TOKEN") == 1
        slack.fault = lambda method, arguments: None
        now[0] = 31.0
        socket.run(1)
        assert len(slack.called("apps.connections.open")) == 1
    finally:
        socket.close()
