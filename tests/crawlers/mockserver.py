"""A web server on a loopback address that misbehaves to order, and remembers who asked what and when."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[["Handler"], None]


@dataclass
class Seen:
    """One request as it arrived; ``at`` is monotonic."""

    path: str
    at: float
    headers: dict[str, str]


@dataclass
class MockServer:
    """Serves ``pages`` (path: reply). Unknown paths are 404, robots.txt included."""

    host: str
    port: int = 0
    pages: dict[str, Reply] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        outer = self

        class Bound(Handler):
            mock = outer

        self._server = _Server((self.host, self.port), Bound)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [seen.path for seen in self.seen]

    def gaps(self) -> list[float]:
        times = [seen.at for seen in self.seen]
        return [later - earlier for earlier, later in itertools.pairwise(times)]

    def arrived(self, handler: Handler) -> None:
        with self._lock:
            self.seen.append(Seen(handler.path, time.monotonic(), dict(handler.headers.items())))
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)

    def left(self) -> None:
        with self._lock:
            self._at_once -= 1

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    mock: MockServer

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.mock.arrived(self)
        try:
            self.mock.pages.get(self.path, status(404))(self)
        except OSError:
            self.close_connection = True
        finally:
            self.mock.left()

    def start(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def page(body: bytes | str, kind: str = "text/html; charset=utf-8", **headers: str) -> Reply:
    raw = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def reply(handler: Handler) -> None:
        handler.start(200, {"Content-Type": kind, "Content-Length": str(len(raw)), **named})
        handler.wfile.write(raw)

    return reply


def status(code: int, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def reply(handler: Handler) -> None:
        handler.start(code, {"Content-Length": "0" if code == 304 else "2", **named})
        if code != 304:
            handler.wfile.write(b"..")

    return reply


def redirect(to: str, code: int = 302) -> Reply:
    return status(code, Location=to)


def slow(seconds: float, then: Reply) -> Reply:
    def reply(handler: Handler) -> None:
        time.sleep(seconds)
        then(handler)

    return reply


def drip(handler: Handler) -> None:
    """A slow loris: a byte now and then, far beyond any patience."""
    handler.start(200, {"Content-Type": "text/html", "Content-Length": "100000"})
    for _ in range(300):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler: Handler) -> None:
    """A feed that never ends (bounded here, far over every limit)."""
    handler.start(200, {"Content-Type": "application/rss+xml", "Connection": "close"})
    handler.close_connection = True
    item = b"<item><title>x</title><link>http://example.invalid/1</link></item>" * 1000
    handler.wfile.write(b"<rss><channel>")
    for _ in range(2000):
        handler.wfile.write(item)


def cut_short(handler: Handler) -> None:
    """Promises more than it sends."""
    handler.start(200, {"Content-Type": "text/html", "Content-Length": "5000"})
    handler.wfile.write(b"<html>")
    handler.close_connection = True


def reset(handler: Handler) -> None:
    """The connection breaks with RST."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    handler.connection.close()
    handler.close_connection = True
