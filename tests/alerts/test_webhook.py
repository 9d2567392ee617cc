"""Webhooks are signed, refuse private addresses, follow nothing, and understand what they are told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from alerts.channels import RECIPES
from alerts.channels.recipe import Message
from alerts.channels.webhook.transport import WebhookChannel, signature
from alerts.config import AlertConfig
from alerts.errors import TransportError

PAYLOAD = {"alert": 7, "card": {"headline": "Sạt lở"}, "state": "open", "severity": 2, "holder": ""}


class Receiver:
    status, headers, url = 200, {}, ""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append((self.path, dict(self.headers), body))
            self.send_response(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.url = f"http://127.0.0.1:{server.server_port}/nhan?x=1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield made
        server.shutdown()
        thread.join()


def channel(**values) -> WebhookChannel:
    settings = {"webhook_secret": "khoa", "webhook_allow_private": True, "timeout_s": 2.0}
    return WebhookChannel(AlertConfig(**(settings | values)), clock=lambda: 1_764_000_000.5)


def message(url: str) -> Message:
    return Message("first", url, "alert:7|to:1|first|1|0", PAYLOAD)


def test_a_request_can_be_verified(receiver):
    assert channel().send(message(receiver.url)) == "alert:7|to:1|first|1|0"
    ((path, headers, body),) = receiver.got
    assert path == "/nhan?x=1"
    assert headers["X-DiemBao-Timestamp"] == "1764000000"
    assert headers["X-DiemBao-Delivery"] == "alert:7|to:1|first|1|0"
    assert headers["X-DiemBao-Signature"] == "sha256=" + signature("khoa", "1764000000", body)
    assert json.loads(body)["card"]["headline"] == "Sạt lở"


def test_the_signature_is_plain_hmac_sha256():
    # From `printf '1764000000.{}' | openssl dgst -sha256 -hmac khoa`.
    known = "a72cd5adc2ab62a81571869a198ee6591335cdd6a31c3f7594898f5b3d5758f6"
    assert signature("khoa", "1764000000", b"{}") == known
    assert signature("khoa", "1764000001", b"{}") != signature("khoa", "1764000000", b"{}")
    assert signature("khac", "1764000000", b"{}") != signature("khoa", "1764000000", b"{}")


@pytest.mark.parametrize(
    ("status", "headers", "permanent", "retry_after"),
    [
        (500, {}, False, None),
        (503, {"Retry-After": "40"}, False, 40.0),
        (429, {"Retry-After": "soon"}, False, None),
        (410, {}, True, None),
        (401, {}, True, None),
        (302, {"Location": "http://127.0.0.1:1/"}, True, None),
    ],
)
def test_each_answer_is_understood(receiver, status, headers, permanent, retry_after):
    receiver.status, receiver.headers = status, headers
    with pytest.raises(TransportError) as caught:
        channel().send(message(receiver.url))
    assert (caught.value.permanent, caught.value.retry_after) == (permanent, retry_after)
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/",
    ],
)
def test_private_addresses_are_refused_before_anything_is_sent(receiver, url):
    port = receiver.url.split(":")[2].split("/")[0]
    with pytest.raises(TransportError) as caught:
        channel(webhook_allow_private=False).send(message(url.format(port=port)))
    assert caught.value.permanent
    assert receiver.got == []


def test_a_service_that_is_away_is_weather():
    with pytest.raises(TransportError) as caught:
        channel().send(message("http://127.0.0.1:9/"))
    assert not caught.value.permanent


@pytest.mark.parametrize(
    ("name", "address", "good"),
    [
        ("slack", "C0123456", True),
        ("slack", "#general", False),
        ("email", "a@lamgiang.example", True),
        ("email", "a@", False),
        ("webhook", "https://noi-nhan.example/x", True),
        ("webhook", "ftp://x", False),
        ("webhook", "https://u:p@x.example/", False),
        ("webhook", "http://x:99999999/", False),
    ],
)
def test_addresses_are_checked_with_words(name, address, good):
    assert (RECIPES[name].check(address) == "") is good
