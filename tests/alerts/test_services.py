"""Other services through Apprise: a real one (ntfy's protocol) on loopback, its errors understood."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from alerts.channels import RECIPES, Message, open_channels
from alerts.config import AlertConfig
from alerts.errors import TransportError
from alerts.services import read_services

# PGPy, which Apprise asks for when it loads its services, still imports imghdr.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

PAYLOAD = {
    "alert": 7,
    "severity": 3,
    "state": "open",
    "holder": "",
    "card": {"headline": "Sạt lở đèo Sơn Vàng", "why": "Thử", "size": 1},
}


class Service:
    """What the stand-in got, and the status it answers."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[dict[str, Any]] = []
        self.url = ""


@pytest.fixture
def service() -> Iterator[Service]:
    kept = Service()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kept.got.append(json.loads(body))
            self.send_response(kept.status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    kept.url = f"ntfy://127.0.0.1:{server.server_port}/bao-chi"
    yield kept
    server.shutdown()
    server.server_close()


def channel(*services: tuple[str, str]):
    config = AlertConfig(services=services, public_url="https://diembao.example", timeout_s=2.0)
    return open_channels(config)["services"]


def message(kind: str = "first", address: str = "truc-ban", **payload: Any) -> Message:
    return Message(kind, address, "k1", PAYLOAD | payload)


def test_an_alert_arrives_as_text_with_its_page(service: Service) -> None:
    assert channel(("truc-ban", service.url)).send(message()) == "k1"
    (got,) = service.got
    assert got["topic"] == "bao-chi"
    assert got["title"] == "Cảnh báo [Cao]: Sạt lở đèo Sơn Vàng"
    assert "Vì sao tôi nhận tin này" in got["message"]
    assert "https://diembao.example/canh-bao/7/" in got["message"]


def test_a_digest_arrives_whole(service: Service) -> None:
    items = [PAYLOAD | {"card": {"headline": f"Tin {number}"}} for number in range(3)]
    channel(("truc-ban", service.url)).send(message("digest", items=items))
    assert all(f"Tin {number}" in service.got[0]["message"] for number in range(3))


@pytest.mark.parametrize(
    ("status", "permanent", "words"),
    [
        (401, True, "kiểm tra khóa"),
        (404, True, "HTTP 404"),
        (429, False, "chậm lại"),
        (500, False, "HTTP 500"),
        (503, False, "HTTP 503"),
    ],
)
def test_each_error_is_understood(service: Service, status: int, permanent: bool, words: str) -> None:
    service.status = status
    with pytest.raises(TransportError, match=words) as raised:
        channel(("truc-ban", service.url)).send(message())
    assert raised.value.permanent is permanent
    assert "127.0.0.1" not in str(raised.value)


def test_a_service_that_is_away_is_weather() -> None:
    with pytest.raises(TransportError, match="không nối được") as raised:
        channel(("truc-ban", "ntfy://127.0.0.1:9/bao-chi")).send(message())
    assert not raised.value.permanent


def test_a_name_that_the_settings_do_not_know_is_for_a_person(service: Service) -> None:
    with pytest.raises(TransportError, match="DIEMBAO_SERVICES") as raised:
        channel(("truc-ban", service.url)).send(message(address="lanh-dao"))
    assert raised.value.permanent


def test_without_services_the_channel_is_off() -> None:
    assert "services" not in open_channels(AlertConfig())
    assert "tgram" not in repr(AlertConfig(services=(("a", "tgram://1:secret/2"),)))


def test_settings_name_services_and_only_chat_schemes_pass() -> None:
    assert read_services("a=ntfy://h/t\n  b=zalo://token/user") == (
        ("a", "ntfy://h/t"),
        ("b", "zalo://token/user"),
    )
    assert read_services("") == ()
    for wrong in ("ntfy://h/t", "A=ntfy://h/t", "a=file:///x", "a=dbus://", "a=ntfy://h/t a=ntfy://h/u"):
        with pytest.raises(ValueError) as raised:
            read_services(wrong)
        assert "://h" not in str(raised.value)


@pytest.mark.parametrize(("address", "good"), [("truc-ban", True), ("Trực ban", False), ("zalo://x", False)])
def test_the_address_of_a_target_is_a_name_and_never_a_secret(address: str, good: bool) -> None:
    assert (RECIPES["services"].check(address) == "") is good
