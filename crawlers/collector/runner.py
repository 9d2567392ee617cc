"""Scrapy around a piece of work: the crawl lives exactly as long as the work does.

One asyncio process, one Twisted reactor on its loop (a reactor cannot be started twice), one spider
that yields no request of its own: the work asks the engine's downloader for what it wants.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor, is_reactor_installed

from crawlers.collector.addresses import GuardedResolver
from crawlers.collector.crawl import Crawl
from crawlers.collector.fetcher import Fetcher
from crawlers.collector.hosts import HostGate
from crawlers.collector.limits import Limits

T = TypeVar("T")
Work = Callable[[Fetcher, HostGate], Awaitable[T]]

_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
_HERE = "crawlers.collector"


def scrapy_settings(limits: Limits) -> dict[str, Any]:
    """The whole of Scrapy that we use; everything else of it is switched off."""
    return {
        "USER_AGENT": limits.user_agent,
        "TWISTED_REACTOR": _REACTOR,
        "DOWNLOAD_HANDLERS": {
            "http": f"{_HERE}.handler.PoliteHandler",
            "https": f"{_HERE}.handler.PoliteHandler",
            **dict.fromkeys(("data", "file", "ftp", "s3")),
        },
        "DOWNLOAD_TIMEOUT": limits.timeout_s,
        "DOWNLOAD_MAXSIZE": limits.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": limits.verify_tls,
        "REDIRECT_MAX_TIMES": limits.max_redirects,
        # Manners are the gate's; Scrapy's own slots only repeat "one at a time".
        "CONCURRENT_REQUESTS": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"
            "application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": "vi,en;q=0.5",
        },
        "DOWNLOADER_MIDDLEWARES_BASE": {
            f"{_HERE}.middlewares.AddressMiddleware": 50,
            f"{_HERE}.robots.RobotsMiddleware": 100,
            "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
            "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
            "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
            f"{_HERE}.middlewares.Redirects": 600,
            f"{_HERE}.middlewares.GateMiddleware": 1000,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False,
        "DIEMBAO_ALLOW_LOOPBACK": limits.allow_loopback,
        "DIEMBAO_ROBOTS_TTL": limits.robots_ttl_s,
        "DIEMBAO_ROBOTS_RETRY": limits.robots_retry_s,
    }


class _WorkSpider(Spider):
    """Alive while its work runs; has no requests and no callbacks of its own."""

    name = "diembao"

    def __init__(self, work: Callable[[], Awaitable[None]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._work = work

    async def start(self) -> AsyncIterator[Any]:
        await self._work()
        nothing: tuple[Any, ...] = ()
        for request in nothing:
            yield request


async def with_fetcher(
    limits: Limits, work: Work[T], *, getaddrinfo: Callable[..., Any] = socket.getaddrinfo
) -> T:
    """Run ``work`` with a fetcher and the gate before it, and return what it returns.

    Needs a running reactor on the current loop (see ``run``).
    """
    from twisted.internet import reactor

    settings = Settings(scrapy_settings(limits))
    gate = HostGate(hosts_at_once=limits.concurrency, longest_wait_s=limits.longest_wait_s)
    guard = GuardedResolver(reactor, allow_loopback=limits.allow_loopback, getaddrinfo=getaddrinfo)
    crawl = Crawl(_WorkSpider, settings, gate, guard)
    outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    async def in_crawl() -> None:
        try:
            result = await work(Fetcher(crawl, limits), gate)
        except BaseException as error:
            if not outcome.done():
                outcome.set_exception(error)
            if isinstance(error, asyncio.CancelledError):
                raise
        else:
            outcome.set_result(result)

    with guard.installed():
        await AsyncCrawlerRunner(settings).crawl(crawl, work=in_crawl)
    if not outcome.done():
        raise RuntimeError("the crawl ended before its work began: see the log for Scrapy's reason")
    return outcome.result()


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run ``main`` on an asyncio loop that carries Twisted's reactor; once per process.

    Raises what ``main`` raises.
    """
    if is_reactor_installed():
        raise RuntimeError("a Twisted reactor was installed already: the collector runs once per process")
    install_reactor(_REACTOR)
    from twisted.internet import reactor as installed  # only now is the right one in place

    reactor: Any = installed

    outcome: list[asyncio.Task[T]] = []

    def begin() -> None:
        task = asyncio.ensure_future(main())
        outcome.append(task)
        task.add_done_callback(lambda _: reactor.stop())

    reactor.callWhenRunning(begin)
    reactor.run(installSignalHandlers=False)
    return outcome[0].result()
