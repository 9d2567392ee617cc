"""One asyncio loop with Twisted's reactor on it for all tests of a process: a reactor starts once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from scrapy.utils.reactor import install_reactor

T = TypeVar("T")


class ReactorLoop:
    """Runs coroutines one after another; between them the reactor rests."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
        from twisted.internet import reactor

        self._reactor: Any = reactor
        self._loop = self._reactor._asyncioEventloop
        self._reactor.startRunning(installSignalHandlers=False)

    def run(self, work: Coroutine[Any, Any, T], timeout: float = 60.0) -> T:
        return self._loop.run_until_complete(asyncio.wait_for(work, timeout))

    def close(self) -> None:
        self._loop.call_soon(self._reactor.stop)
        self._loop.run_forever()  # until the reactor has shut down and stopped it
        self._loop.close()
