"""Scrapy's HTTP handler without repetitions of its own."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler


class PoliteHandler(HTTP11DownloadHandler):
    """Twisted's pool repeats a request at once when a kept connection breaks, past every delay.

    Here a broken connection is a failure like any other, tried again when its row says so.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
