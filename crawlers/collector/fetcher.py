"""One address fetched through Scrapy's downloader: an answer or a failure, never an exception."""

from __future__ import annotations

import asyncio
import hashlib
import time
from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.collector.failures import failure_of, retry_after_seconds
from crawlers.collector.limits import Limits
from crawlers.collector.middlewares import PAUSE_WITHOUT_A_TIME_S
from crawlers.records import FailureKind, FetchedPage, FetchFailure


class Fetcher:
    """Brings addresses politely. Answers of every status are answers; ``judge`` tells which are bad."""

    def __init__(self, crawler: Crawler, limits: Limits) -> None:
        self._crawler, self._limits = crawler, limits

    async def fetch(
        self, url: str, *, delay: float, etag: str = "", last_modified: str = ""
    ) -> FetchedPage | FetchFailure:
        """GET ``url``. ``delay``: seconds between two requests to its host; validators may be empty."""
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        engine = self._crawler.engine
        assert engine is not None
        try:
            request = Request(url, headers=headers, meta={"delay": delay}, dont_filter=True)
            response = await engine.download_async(request)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            return failure_of(error, url)
        return _page_of(response, url)


def _page_of(response: Response, url: str) -> FetchedPage:
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    meta = response.meta
    return FetchedPage(
        requested_url=url,
        url=response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=datetime.now(UTC),
        sha256=hashlib.sha256(response.body).hexdigest(),
        redirects=tuple(zip(meta.get("redirect_reasons", ()), meta.get("redirect_urls", ()), strict=True)),
    )


def header(page: FetchedPage, name: str) -> str:
    """The first value of a header, "" if the answer has none."""
    wanted = name.lower()
    return next((value for key, value in page.headers if key.lower() == wanted), "")


def judge(page: FetchedPage) -> FetchFailure | None:
    """The failure that an answer's status stands for; None for success and 304."""
    status = page.status
    if 200 <= status < 300 or status == 304:
        return None
    asked = retry_after_seconds(header(page, "Retry-After"), time.time())
    if status in (404, 410):
        return FetchFailure(page.url, FailureKind.GONE, f"{page.url} trả lời {status}", status)
    if status == 429 or (status == 503 and asked is not None):
        wait = PAUSE_WITHOUT_A_TIME_S if asked is None else asked
        message = f"{page.url} trả lời {status}, xin chờ {wait:.0f} giây"
        return FetchFailure(page.url, FailureKind.THROTTLED, message, status, wait)
    if 300 <= status < 400:
        message = f"{page.url} chuyển hướng ({status}) đến nơi không tải được: {header(page, 'Location')}"
        return FetchFailure(page.url, FailureKind.REDIRECTS, message, status)
    return FetchFailure(page.url, FailureKind.HTTP_STATUS, f"{page.url} trả lời {status}", status, asked)
