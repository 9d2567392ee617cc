"""Scrapy downloader middlewares: the address check, redirects, and the gate before the network."""

from __future__ import annotations

import time
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response

from crawlers.collector.addresses import AddressRefused, check_url
from crawlers.collector.crawl import crawl_of
from crawlers.collector.failures import TooManyRedirects, retry_after_seconds
from crawlers.collector.hosts import HostGate

# 429 says "too fast" even without a time; this long we then stay away.
PAUSE_WITHOUT_A_TIME_S = 30.0
_ENTERED = "diembao_entered"  # in a request's meta: the host whose turn it holds


class AddressMiddleware:
    """Refuses forbidden addresses spelled in a URL, redirects included, and explains refused names."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawl = crawl_of(crawler)
        self._allow_loopback = crawler.settings.getbool("DIEMBAO_ALLOW_LOOPBACK")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise AddressRefused for what the URL itself shows."""
        check_url(request.url, allow_loopback=self._allow_loopback)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Turn "no address left" into the refusal that it is."""
        if isinstance(exception, CannotResolveHostError):
            reason = self._crawl.guard.refused.get(urlsplit(request.url).hostname or "")
            if reason:
                raise AddressRefused(f"{request.url}: {reason}, không tải") from exception


class Redirects(RedirectMiddleware):
    """Scrapy's redirects, without a Referer, ending in an error that names itself."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy; unlike the parent it looks for no Referer middleware."""
        made = cls(crawler.settings)
        made.crawler = crawler
        return made

    def handle_referer(self, request: Request, response: Response) -> None:
        """Tell no site where we came from."""
        request.headers.pop("Referer", None)

    def process_response(  # type: ignore[override]  # Scrapy deprecates the spider argument
        self, request: Request, response: Response
    ) -> Request | Response:
        """Follow, or raise TooManyRedirects."""
        try:
            followed: Request | Response = super().process_response(request, response)
        except IgnoreRequest as error:
            chain = " → ".join([*request.meta.get("redirect_urls", []), request.url])
            raise TooManyRedirects(f"chuyển hướng quá nhiều lần: {chain}") from error
        if isinstance(followed, Request):
            # The slot belongs to the host that was left, and validators to its document.
            followed.meta.pop("download_slot", None)
            followed.headers.pop("If-None-Match", None)
            followed.headers.pop("If-Modified-Since", None)
        return followed


class GateMiddleware:
    """The last step before the network: one request at a time and a delay per host.

    robots.txt, redirects and retries all pass here, whatever asked for them.
    """

    def __init__(self, gate: HostGate) -> None:
        self._gate = gate

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(crawl_of(crawler).gate)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's turn."""
        host = urlsplit(request.url).hostname or ""
        request.meta.pop(_ENTERED, None)
        await self._gate.enter(host)
        request.meta[_ENTERED] = host

    def process_response(self, request: Request, response: Response) -> Response:
        """Give the turn back, with the pause that the answer asks for."""
        self._leave(request, _asked_pause(response))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Give the turn back after a failure."""
        self._leave(request, None)

    def _leave(self, request: Request, pause: float | None) -> None:
        host = request.meta.pop(_ENTERED, None)
        if host is not None:
            self._gate.leave(host, delay=request.meta.get("delay", 0.0), pause=pause)


def _asked_pause(response: Response) -> float | None:
    if response.status not in (429, 503):
        return None
    value = response.headers.get("Retry-After")
    asked = retry_after_seconds(value.decode("latin-1") if value else None, time.time())
    if asked is None and response.status == 429:
        return PAUSE_WITHOUT_A_TIME_S
    return asked
