"""Slack as its users see it: the card, its thread, its buttons; and what each of its errors means."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

import pytest

from alerts.channels.recipe import Message
from alerts.channels.slack.transport import SlackChannel
from alerts.config import AlertConfig
from alerts.errors import TransportError
from alerts.models import Alert
from alerts.outbox import payload_of
from tests.alerts.conftest import article, outlet, rule, signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(slack):
    return SlackChannel(
        AlertConfig(
            slack_bot_token="xoxb-1",
            slack_api_url=slack.url,
            public_url="https://diembao.example",
            timeout_s=2,
        )
    )


@pytest.fixture
def payload(take_in):
    rule(severity=3)
    made = article(title="Sạt lở & <mưa>", lead="Mưa suốt đêm.")
    signal(made)
    article(outlet("dai", "Đài Lam Giang"), story=made.story)
    take_in()
    return payload_of(Alert.objects.get())


def message(payload, kind="first", thread="", key="k1"):
    return Message(kind, "C0001", key, payload, thread)


def texts(blocks) -> str:
    return json.dumps(blocks, ensure_ascii=False)


def test_the_card_has_everything_an_officer_needs(slack, channel, payload):
    reference = channel.send(message(payload))
    (card,) = slack.roots()
    assert reference == f"C0001/{card['ts']}"
    shown = texts(card["blocks"])
    for words in (
        "Cao",
        "Báo Lam Giang, 09:53 24/11/2026",
        "Đọc bài gốc",
        "cần đối chiếu",
        "Bài viết: “12 hộ”",
        "Đối chiếu: “9 hộ” (Báo cáo số 5, 2026-11-23)",
        "Có thể vì: Khác thời điểm",
        "1 bài khác cùng tin: Đài Lam Giang",
        "Vì sao tôi nhận tin này",
        "Từ khớp: sạt lở",
        "Chưa nhận",
    ):
        assert words in shown
    buttons = card["blocks"][-1]["elements"]
    assert [button["text"]["text"] for button in buttons] == [
        "Nhận xử lý",
        "Báo động nhầm",
        "Phê bình hợp lệ",
        "Mở hồ sơ",
        "Xem trong Điểm Báo",
    ]
    assert buttons[-1]["url"] == f"https://diembao.example/canh-bao/{payload['alert']}/"
    assert card["text"].startswith("Cảnh báo [Cao]: Sạt lở")


def test_text_of_the_press_cannot_forge_markup(slack, channel, payload):
    payload["card"]["lead"] = "<!channel> <https://evil.example|bấm>"
    channel.send(message(payload))
    assert "&lt;!channel&gt;" in texts(slack.roots()[0]["blocks"])


@pytest.mark.parametrize("kind", ["refire", "update", "escalation"])
def test_news_go_into_the_thread_and_the_card_is_brought_up_to_date(slack, channel, payload, kind):
    thread = channel.send(message(payload))
    payload["card"]["news"] = ["Lần đầu có báo trung ương đưa tin."]
    payload["card"]["size"] = 7
    assert channel.send(message(payload, kind, thread)) == thread
    (card,) = slack.roots()
    assert "6 bài khác" in texts(card["blocks"])
    (reply,) = slack.replies(card["ts"])
    assert reply["reply_broadcast"] is (kind != "update")


def test_a_change_of_state_edits_the_card_and_is_noted_in_its_thread(slack, channel, payload):
    thread = channel.send(message(payload))
    case = {"number": 7, "state": "Tiếp nhận"}
    payload |= {"state": "acknowledged", "holder": "can-bo", "case": case, "told": "Mở hồ sơ, can-bo: <gấp>"}
    channel.send(message(payload, "state", thread))
    (card,) = slack.roots()
    assert "Đã nhận xử lý: can-bo · Hồ sơ 7: Tiếp nhận" in texts(card["blocks"])
    assert card["blocks"][-1]["elements"][-1]["url"] == "https://diembao.example/ho-so/7/"
    (reply,) = slack.replies(card["ts"])
    assert reply["blocks"][0]["text"]["text"] == "Mở hồ sơ, can-bo: &lt;gấp&gt;"
    assert reply["reply_broadcast"] is False
    assert "Nhận xử lý" not in [button["text"]["text"] for button in card["blocks"][-1]["elements"]]


def test_a_card_that_somebody_deleted_does_not_stop_the_news(slack, channel, payload):
    thread = channel.send(message(payload))
    slack.messages.clear()
    channel.send(message(payload, "refire", thread))
    assert len(slack.messages) == 1


def test_a_long_digest_says_how_many_it_leaves_out(slack, channel, payload):
    channel.send(message({"items": [payload] * 60}, "digest"))
    shown = slack.roots()[0]["blocks"]
    assert len(shown) <= 50
    assert "Và 20 cảnh báo khác" in texts(shown)


@pytest.mark.parametrize(
    ("fault", "permanent", "throttled", "retry_after"),
    [
        ("channel_not_found", True, False, None),
        ("is_archived", True, False, None),
        ("invalid_blocks", True, False, None),
        ("invalid_auth", False, False, 300.0),
        ("429", False, True, 7.0),
        ("ratelimited", False, True, None),
        ("500", False, False, None),
        ("fatal_error", False, False, None),
        ("slow", False, False, None),
        ("drop", False, False, None),
        ("cut", False, False, None),
    ],
)
def test_each_error_is_understood(slack, channel, payload, fault, permanent, throttled, retry_after):
    slack.fault = lambda method, arguments: fault
    slack.retry_after = "7"
    with pytest.raises(TransportError) as caught:
        channel.send(message(payload))
    error = caught.value
    assert (error.permanent, error.throttled, error.retry_after) == (permanent, throttled, retry_after)
    assert "xoxb" not in str(error)
    posted = 1 if fault in ("slow", "cut") else 0
    assert len(slack.messages) == posted  # the SDK itself never sends twice


def test_a_call_cut_off_in_the_midst_reaches_nobody(slack):
    """The kill tests count calls: one whose sender died between its headers and its end is none."""
    where = urlsplit(slack.url)
    head = f"POST {where.path}chat.postMessage HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    for sent in (b"", '{"channel": "ố'.encode()[:-1]):
        with socket.create_connection((where.hostname, where.port), timeout=5) as link:
            link.sendall(head.encode() + b"Content-Length: 40\r\n\r\n" + sent)
            link.shutdown(socket.SHUT_WR)
            assert link.recv(1) == b""  # closed without an answer
    assert slack.calls == []
