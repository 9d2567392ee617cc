"""robots.txt, obeyed as RFC 9309 asks: a Scrapy downloader middleware.

A file that exists is obeyed and read again daily. "Not there" (4xx) allows everything. A server error,
a time-out or a failed connection allows nothing until the file can be read, or until then what it said
last. It is fetched through the same gate as every other request to the host.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.collector.crawl import crawl_of
from crawlers.collector.failures import (
    RobotsForbidden,
    RobotsUnreachable,
    retry_after_seconds,
)
from crawlers.collector.hosts import HostGate

# RFC 9309 asks for at least 500 KiB; what follows is ignored.
LARGEST_ROBOTS = 512 * 1024
LONGEST_CRAWL_DELAY_S = 60.0
MARK = "diembao_robots"  # in a request's meta: this is robots.txt itself


@dataclass(slots=True)
class _Origin:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Protego | None = None  # None: nothing is forbidden
    known: bool = False
    expires: float = 0.0  # monotonic
    trouble: Exception | None = None  # why it could not be read, while that lasts


class RobotsMiddleware:
    """Raises RobotsForbidden or RobotsUnreachable for requests that robots.txt does not allow."""

    def __init__(self, crawler: Crawler, gate: HostGate) -> None:
        settings = crawler.settings
        self._crawler, self._gate = crawler, gate
        self._user_agent: str = settings["USER_AGENT"]
        self._ttl = settings.getfloat("DIEMBAO_ROBOTS_TTL")
        self._retry = settings.getfloat("DIEMBAO_ROBOTS_RETRY")
        self._origins: dict[str, _Origin] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(crawler, crawl_of(crawler).gate)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise why not."""
        if request.meta.get(MARK):
            return
        parts = urlsplit(request.url)
        key = f"{parts.scheme}://{parts.netloc.lower()}"
        origin = self._origins.setdefault(key, _Origin())
        async with origin.lock:
            if time.monotonic() >= origin.expires:
                await self._read(origin, key, parts.hostname or "", request)
        if not origin.known:
            assert origin.trouble is not None
            raise origin.trouble
        if origin.rules is not None and not origin.rules.can_fetch(request.url, self._user_agent):
            raise RobotsForbidden(f"robots.txt của {key} không cho tải {request.url}")

    async def _read(self, origin: _Origin, key: str, host: str, cause: Request) -> None:
        meta = {MARK: True, "delay": cause.meta.get("delay", 0.0)}
        engine = self._crawler.engine
        assert engine is not None
        try:
            answer = await engine.download_async(Request(f"{key}/robots.txt", meta=meta))
        except Exception as error:
            self._could_not(origin, error, self._retry)
            return
        if answer.status >= 500 or answer.status == 429:
            asked = retry_after_seconds(_header(answer, "Retry-After"), time.time())
            wait = max(asked or 0.0, self._retry)
            message = f"{key}/robots.txt trả lời {answer.status}: chưa tải gì cho đến khi đọc được"
            self._could_not(origin, RobotsUnreachable(message, retry_after=wait), wait)
            return
        text = answer.body[:LARGEST_ROBOTS].decode("utf-8", errors="replace")
        # Anything but success means that there is no such file (RFC 9309, 2.3.1.3).
        origin.rules = Protego.parse(text) if 200 <= answer.status < 300 else None
        origin.known, origin.trouble = True, None
        origin.expires = time.monotonic() + self._ttl
        wished = origin.rules.crawl_delay(self._user_agent) if origin.rules is not None else None
        self._gate.wish(host, min(float(wished or 0.0), LONGEST_CRAWL_DELAY_S))

    def _could_not(self, origin: _Origin, error: Exception, wait: float) -> None:
        # What the file said last keeps holding; only an origin never read is closed.
        origin.trouble = error
        origin.expires = time.monotonic() + wait


def _header(answer: Response, name: str) -> str | None:
    value = answer.headers.get(name)
    return value.decode("latin-1") if value else None
