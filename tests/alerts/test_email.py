"""E-mail as a real mail server on loopback gets it; and what each of its refusals means."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy

import pytest

from alerts.channels.email.transport import EmailChannel
from alerts.channels.recipe import Message
from alerts.config import AlertConfig
from alerts.errors import TransportError
from alerts.models import Alert
from alerts.outbox import payload_of
from tests.alerts.conftest import article, rule, signal

pytestmark = pytest.mark.django_db


class Mailbox:
    """What was taken; ``replies``: command to the answer it gets instead of the usual."""

    def __init__(self) -> None:
        self.mails: list[email.message.EmailMessage] = []
        self.replies: dict[str, str] = {}
        self.port = 0


@contextmanager
def mail_server(box: Mailbox) -> Iterator[None]:
    class Handler(socketserver.StreamRequestHandler):
        def say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

        def handle(self) -> None:
            self.say("220 lamgiang.example")
            while line := self.rfile.readline().decode().strip():
                verb = line.split()[0].upper()
                if box.replies.get(verb) == "hang up":
                    return
                if verb in box.replies:
                    self.say(box.replies[verb])
                elif verb == "EHLO":
                    self.say("250 lamgiang.example")
                elif verb == "DATA":
                    self.say("354 go on")
                    lines = iter(self.rfile.readline, b".\r\n")
                    raw = b"".join(row[1:] if row.startswith(b"..") else row for row in lines)
                    box.mails.append(email.message_from_bytes(raw, policy=policy.default))
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield
        server.shutdown()
        thread.join()


@pytest.fixture
def box() -> Iterator[Mailbox]:
    made = Mailbox()
    with mail_server(made):
        yield made


@pytest.fixture
def channel(box):
    return EmailChannel(
        AlertConfig(
            smtp_host="127.0.0.1",
            smtp_port=box.port,
            smtp_security="none",
            mail_from="diembao@lamgiang.example",
            public_url="https://diembao.example",
            timeout_s=2,
        )
    )


@pytest.fixture
def payload(take_in):
    rule()
    signal(article(title="Sạt lở <b>& mưa</b>", lead="Mưa suốt đêm."))
    take_in()
    return payload_of(Alert.objects.get())


def message(payload, kind="first", thread="", key="k1"):
    return Message(kind, "phong@lamgiang.example", key, payload, thread)


def test_a_mail_tells_the_same_in_html_and_in_text(box, channel, payload):
    channel.send(message(payload))
    (mail,) = box.mails
    assert mail["Subject"].strip() == "Cảnh báo [Thường]: Sạt lở <b>& mưa</b>"
    assert mail["To"] == "phong@lamgiang.example"
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    for words in ("Vì sao tôi nhận tin này", "Từ khớp: sạt lở", "12 hộ", "9 hộ", "cần đối chiếu"):
        assert words in text and words in html
    assert f"https://diembao.example/canh-bao/{payload['alert']}/" in text
    assert "Sạt lở &lt;b&gt;&amp; mưa&lt;/b&gt;" in html


def test_news_join_the_conversation(box, channel, payload):
    thread = channel.send(message(payload))
    assert channel.send(message(payload, "refire", thread, "k2")) == thread
    first, second = box.mails
    assert second["References"] == first["Message-ID"] == thread
    assert second["Message-ID"] != first["Message-ID"]


def test_the_same_message_sent_again_can_be_told(box, channel, payload):
    channel.send(message(payload))
    channel.send(message(payload))
    assert box.mails[0]["Message-ID"] == box.mails[1]["Message-ID"]


def test_a_digest_lists_every_alert(box, channel, payload):
    channel.send(message({"items": [payload, payload]}, "digest"))
    (mail,) = box.mails
    assert mail["Subject"].strip() == "Bản tổng hợp: 2 cảnh báo"
    assert mail.get_body(("plain",)).get_content().count("- Sạt lở") == 2


@pytest.mark.parametrize(
    ("verb", "reply", "permanent"),
    [
        ("RCPT", "550 no such user", True),
        ("RCPT", "450 try later", False),
        ("MAIL", "451 busy", False),
        ("DATA", "554 refused", True),
        ("DATA", "hang up", False),
    ],
)
def test_each_refusal_is_understood(box, channel, payload, verb, reply, permanent):
    box.replies[verb] = reply
    with pytest.raises(TransportError) as caught:
        channel.send(message(payload))
    assert caught.value.permanent is permanent


def test_a_server_that_is_away_is_weather(payload):
    config = AlertConfig(smtp_host="127.0.0.1", smtp_port=9, mail_from="a@b.example", smtp_security="none")
    with pytest.raises(TransportError) as caught:
        EmailChannel(config).send(message(payload))
    assert not caught.value.permanent
