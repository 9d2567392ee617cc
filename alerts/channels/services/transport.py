"""Sends text through Apprise, and reads out of what it says why a service did not take it."""

from __future__ import annotations

import logging
import re
from typing import Any

import apprise

from alerts import wording
from alerts.channels.recipe import Message
from alerts.config import AlertConfig
from alerts.errors import TransportError
from alerts.links import alert_page, inbox_page

_STATUS = re.compile(r"error=(\d{3})\b")
LONGEST_TITLE = 200


class ServicesChannel:
    """The services that the settings name."""

    def __init__(self, config: AlertConfig):
        self._config = config
        self._urls = dict(config.services)
        logging.getLogger("apprise").propagate = False  # its lines may hold addresses; ours say enough

    def send(self, message: Message) -> str:
        """Returns the message's key: these services give no reference that all of them understand."""
        service = self._service(message.address)
        capture: Any = apprise.LogCapture
        with capture(level=logging.WARNING, fmt="%(message)s") as said:
            taken = service.notify(
                title=wording.headline(message.kind, message.payload)[:LONGEST_TITLE],
                body=self._body(message),
                body_format=apprise.NotifyFormat.TEXT,
            )
            words = said.getvalue()
        if not taken:
            raise _understood(message.address, words)
        return message.key

    def _service(self, name: str) -> apprise.NotifyBase:
        url = self._urls.get(name)
        if url is None:
            raise TransportError(
                f"không có dịch vụ tên {name} trong DIEMBAO_SERVICES; hãy thêm vào hoặc sửa nơi nhận",
                permanent=True,
            )
        service = apprise.Apprise.instantiate(url)
        if not isinstance(service, apprise.NotifyBase):
            raise TransportError(
                f"địa chỉ của dịch vụ {name} trong DIEMBAO_SERVICES không đúng dạng", permanent=True
            )
        service.socket_connect_timeout = service.socket_read_timeout = self._config.timeout_s
        service.request_rate_per_sec = 0  # the outbox keeps the pace
        return service

    def _body(self, message: Message) -> str:
        if message.kind == "digest":
            return wording.plain_digest(message.payload, inbox_page(self._config.public_url))
        page = alert_page(self._config.public_url, message.payload["alert"])
        return wording.plain(message.kind, message.payload, page)


def _understood(name: str, words: str) -> TransportError:
    found = _STATUS.findall(words)
    status = int(found[-1]) if found else 0
    if status == 429:
        return TransportError(f"dịch vụ {name} yêu cầu gửi chậm lại", permanent=False)
    if status == 0:
        return TransportError(f"không nối được tới dịch vụ {name}", permanent=False)
    if status >= 500 or status == 408:
        return TransportError(f"dịch vụ {name} trả lời HTTP {status}", permanent=False)
    return TransportError(
        f"dịch vụ {name} từ chối: HTTP {status}; kiểm tra khóa và địa chỉ trong DIEMBAO_SERVICES",
        permanent=True,
    )
