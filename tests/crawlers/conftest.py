from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawlers.collector.fetcher import Fetcher
from crawlers.collector.hosts import HostGate
from crawlers.collector.limits import Limits
from crawlers.collector.runner import with_fetcher
from crawlers.records import FetchedPage, FetchFailure
from tests.crawlers.mockserver import MockServer
from tests.crawlers.reactor import ReactorLoop

AGENT = "DiemBao/test (+mailto:test@example.invalid)"


@pytest.fixture(scope="session")
def reactor_loop() -> Iterator[ReactorLoop]:
    loop = ReactorLoop()
    yield loop
    loop.close()


@pytest.fixture
def limits() -> Limits:
    return Limits(
        user_agent=AGENT,
        allow_loopback=True,
        timeout_s=10.0,
        max_bytes=200_000,
        workers=1,
        hold_s=1.0,
        probe_s=0.2,
        grace_s=5.0,
        stop_s=2.0,
        robots_retry_s=0.5,
        longest_wait_s=3.0,
    )


@pytest.fixture
def serve() -> Iterator[Callable[..., MockServer]]:
    """Starts mock servers, each on a loopback address of its own."""
    started: list[MockServer] = []

    def start(pages: dict[str, Any] | None = None) -> MockServer:
        started.append(MockServer(f"127.0.31.{len(started) + 1}", pages=pages or {}))
        return started[-1]

    yield start
    for server in started:
        server.close()


@pytest.fixture
def fetch(reactor_loop: ReactorLoop, limits: Limits) -> Callable[..., list[FetchedPage | FetchFailure]]:
    """Fetches addresses one after another in one crawl."""

    def run(
        *urls: str, limits: Limits = limits, getaddrinfo: Any = socket.getaddrinfo, **options: Any
    ) -> list[FetchedPage | FetchFailure]:
        async def work(fetcher: Fetcher, gate: HostGate) -> list[FetchedPage | FetchFailure]:
            return [await fetcher.fetch(url, **{"delay": 0.0, **options}) for url in urls]

        return reactor_loop.run(with_fetcher(limits, work, getaddrinfo=getaddrinfo))

    return run
