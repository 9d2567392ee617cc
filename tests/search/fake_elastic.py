"""A server that answers like Elasticsearch as far as a test needs: it says what it is told to say."""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, Any]
Script = Callable[[str, str, str], Answer | None]
"""(method, path, body) to (status, JSON), or None to hang up."""


Guard = Callable[[Message], Answer | None]
"""Headers to an answer that is given at once, or None to let the script answer."""


def info(version: str = "8.19.8") -> dict[str, Any]:
    return {
        "name": "n",
        "cluster_name": "c",
        "version": {"number": version},
        "tagline": "You Know, for Search",
    }


@contextlib.contextmanager
def fake_elastic(
    script: Script,
    *,
    product: bool = True,
    tls: ssl.SSLContext | None = None,
    guard: Guard = lambda headers: None,
    content_type: str = "application/json",
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Gives the address and the list of (method, path) asked for so far."""
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            asked.append((self.command, self.path))
            answer = guard(self.headers) or script(self.command, self.path, body)
            if answer is None:
                self.close_connection = True
                self.connection.close()
                return
            status, payload = answer
            data = json.dumps(payload).encode()
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            if product:
                self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _answer

        def handle(self) -> None:
            with contextlib.suppress(ssl.SSLError, ConnectionError):  # clients without trust hang up
                super().handle()

        def log_message(self, *arguments: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
