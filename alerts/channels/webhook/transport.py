"""Posts JSON to a service, signed, and never to a private address unless that is allowed.

Signature: ``X-DiemBao-Signature: sha256=<hex>`` is HMAC-SHA256 under DIEMBAO_WEBHOOK_SECRET over
``<X-DiemBao-Timestamp>.<body>``. ``X-DiemBao-Delivery`` is the same when a message is sent again.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from alerts.channels.recipe import Message
from alerts.config import AlertConfig
from alerts.errors import TransportError
from alerts.links import alert_page, inbox_page


class WebhookChannel:
    """Any service with an URL."""

    def __init__(self, config: AlertConfig, clock: Callable[[], float] = time.time):
        self._config = config
        self._clock = clock

    def send(self, message: Message) -> str:
        """Returns the delivery's key. Redirects are not followed: the target's address must be final."""
        body = json.dumps(self._body(message), ensure_ascii=False).encode()
        stamp = str(int(self._clock()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "DiemBao",
            "X-DiemBao-Timestamp": stamp,
            "X-DiemBao-Delivery": message.key,
            "X-DiemBao-Signature": f"sha256={signature(self._config.webhook_secret, stamp, body)}",
        }
        try:
            status, retry_after = self._post(message.address, body, headers)
        except (OSError, http.client.HTTPException) as error:
            raise TransportError(f"không nối được: {error}", permanent=False) from error
        if status in (429, 503):
            raise TransportError(f"máy chủ trả lời HTTP {status}", permanent=False, retry_after=retry_after)
        if status >= 500 or status == 408:
            raise TransportError(f"máy chủ trả lời HTTP {status}", permanent=False)
        if not 200 <= status < 300:
            raise TransportError(
                f"máy chủ từ chối: HTTP {status}; kiểm tra địa chỉ nhận và khóa ký", permanent=True
            )
        return message.key

    def _body(self, message: Message) -> dict[str, object]:
        if message.kind == "notice":  # the files are on the page; a service gets words
            told = {name: message.payload[name] for name in ("title", "lines", "page")}
            return {"kind": message.kind, "key": message.key, **told}
        url = self._config.public_url
        alert = message.payload.get("alert")
        page = alert_page(url, alert) if alert is not None else inbox_page(url)
        return {"kind": message.kind, "key": message.key, "page": page, **message.payload}

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, float | None]:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        sock = self._connect(host, port)
        try:
            if parts.scheme == "https":
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
            link = http.client.HTTPConnection(host, port, timeout=self._config.timeout_s)
            link.sock = sock
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            link.request("POST", path, body, headers)
            answer = link.getresponse()
            return answer.status, _seconds(answer.getheader("Retry-After"))
        finally:
            sock.close()

    def _connect(self, host: str, port: int) -> socket.socket:
        """To an address that was checked itself: a name that changes its mind in between gains nothing."""
        addresses = _addresses(host, port)
        if not self._config.webhook_allow_private:
            for address in addresses:
                if not ipaddress.ip_address(address.split("%")[0]).is_global:
                    raise TransportError(
                        f"{host} trỏ tới địa chỉ nội bộ {address}; "
                        "nếu đúng ý, hãy bật DIEMBAO_WEBHOOK_ALLOW_PRIVATE",
                        permanent=True,
                    )
        return socket.create_connection((addresses[0], port), self._config.timeout_s)


def _addresses(host: str, port: int) -> list[str]:
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(row[4][0]) for row in found))


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Hex HMAC-SHA256 over "timestamp.body", for senders and receivers alike."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _seconds(value: str | None) -> float | None:
    return min(3600.0, float(value)) if value and value.isascii() and value.isdigit() else None
