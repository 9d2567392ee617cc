"""A Slack-compatible server on loopback: the Web API by HTTP, and Socket Mode by WebSocket.

It keeps what was posted, and misbehaves when told to: ``fault`` is asked before every call and answers
None, "429", "500", "slow" (kept, but answered too late), "drop" (closed before it is kept), "cut" (kept,
then closed without an answer), or a Slack error code.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from typing import Any
from urllib.parse import parse_qsl, urlsplit

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@dataclass
class SlackServer:
    """What happened: ``calls`` in order as (method, arguments); ``messages`` by ts; ``acks`` of envelopes."""

    url: str = ""
    fault: Callable[[str, dict[str, Any]], str | None] = lambda method, arguments: None
    retry_after: str = "1"
    slow_s: float = 3.0
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    acks: Queue[dict[str, Any]] = field(default_factory=Queue)
    sockets: list[Any] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    number: int = 0

    def called(self, method: str) -> list[dict[str, Any]]:
        with self.lock:
            return [arguments for name, arguments in self.calls if name == method]

    def roots(self) -> list[dict[str, Any]]:
        """Messages that began a thread."""
        with self.lock:
            return [message for message in self.messages.values() if not message.get("thread_ts")]

    def replies(self, ts: str) -> list[dict[str, Any]]:
        with self.lock:
            return [message for message in self.messages.values() if message.get("thread_ts") == ts]

    def answer(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Do what the method does."""
        with self.lock:
            self.calls.append((method, arguments))
            if method == "chat.postMessage":
                self.number += 1
                ts = f"1700000000.{self.number:06d}"
                self.messages[ts] = {**arguments, "ts": ts}
                return {"ok": True, "ts": ts, "channel": arguments["channel"]}
            if method == "chat.update":
                if arguments["ts"] not in self.messages:
                    return {"ok": False, "error": "message_not_found"}
                self.messages[arguments["ts"]].update(arguments)
                return {"ok": True, "ts": arguments["ts"], "channel": arguments["channel"]}
            if method == "apps.connections.open":
                return {"ok": True, "url": self.url.replace("http://", "ws://").replace("/api/", "/socket")}
            return {"ok": True}

    def push(self, kind: str, payload: dict[str, Any], envelope: str = "e1") -> None:
        """Send an envelope to whoever is connected by Socket Mode."""
        text = json.dumps({"envelope_id": envelope, "type": kind, "payload": payload})
        for _ in range(600):
            if self.sockets:
                break
            time.sleep(0.05)
        self.sockets[-1](text)

    def ack(self, timeout: float = 30.0) -> dict[str, Any] | None:
        """The next acknowledged envelope."""
        try:
            return self.acks.get(timeout=timeout)
        except Empty:
            return None


def _handler(slack: SlackServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            received = self.rfile.read(length)
            self.close_connection = True
            if len(received) < length:
                return  # the caller was killed in the midst of it: Slack keeps no half a call
            body = received.decode()
            if "json" in self.headers.get("Content-Type", ""):
                arguments = json.loads(body or "{}")
            else:
                arguments = dict(parse_qsl(body))
            method = urlsplit(self.path).path.rpartition("/")[2]
            fault = slack.fault(method, arguments)
            if fault == "drop":
                self.connection.close()
                return
            if fault == "429":
                self._reply(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": slack.retry_after})
                return
            if fault == "500":
                self._reply(500, {"ok": False, "error": "internal_error"})
                return
            if fault and fault not in ("slow", "cut"):
                self._reply(200, {"ok": False, "error": fault})
                return
            answer = slack.answer(method, arguments)
            if fault == "cut":
                self.connection.close()
                return
            if fault == "slow":
                time.sleep(slack.slow_s)
            self._reply(200, answer)

        def _reply(self, status: int, data: dict[str, Any], headers: dict[str, str] | None = None) -> None:
            body = json.dumps(data).encode()
            try:
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the client gave up waiting

        def do_GET(self) -> None:
            key = self.headers["Sec-WebSocket-Key"]
            accept = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.send_header("Sec-WebSocket-Accept", accept)
            self.end_headers()
            self.close_connection = True
            lock = threading.Lock()

            def send(text: str) -> None:
                with lock:
                    self.connection.sendall(_frame(1, text.encode()))

            send(json.dumps({"type": "hello", "num_connections": 1}))
            slack.sockets.append(send)
            try:
                for code, data in _frames(self.rfile):
                    if code == 8:
                        return
                    if code == 9:
                        with lock:
                            self.connection.sendall(_frame(10, data))
                    elif code == 1:
                        slack.acks.put(json.loads(data))
            except OSError:
                return

    return Handler


def _frame(code: int, data: bytes) -> bytes:
    size = bytes([len(data)]) if len(data) < 126 else b"\x7e" + struct.pack(">H", len(data))
    return bytes([0x80 | code]) + size + data


def _frames(stream: Any) -> Iterator[tuple[int, bytes]]:
    while head := stream.read(2):
        if len(head) < 2:
            return
        length = head[1] & 0x7F
        if length == 126:
            length = struct.unpack(">H", stream.read(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", stream.read(8))[0]
        mask = stream.read(4) if head[1] & 0x80 else b"\0\0\0\0"
        data = stream.read(length)
        yield head[0] & 0x0F, bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that was killed or dropped is part of the tests


@contextmanager
def serve() -> Iterator[SlackServer]:
    """Runs it on a free loopback port."""
    slack = SlackServer()
    server = _Server(("127.0.0.1", 0), _handler(slack))
    slack.url = f"http://127.0.0.1:{server.server_port}/api/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield slack
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
