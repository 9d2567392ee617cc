"""One request at a time per host, with a pause between two: the gate before every download.

The pause counts from the end of an answer to the start of the next request. So whatever a connection
costs, no server sees two requests closer together than the delay, and a slow server is asked less often.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from crawlers.collector.failures import HostPaused


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    not_before: float = 0.0  # monotonic time of the earliest next request
    paused: bool = False  # the server asked for it
    at_least: float = 0.0  # the host's own wish (robots.txt Crawl-delay), seconds
    waiting: int = 0


class HostGate:
    """Hands out turns, one per host at a time. Not thread-safe: lives in the event loop."""

    def __init__(self, *, hosts_at_once: int, longest_wait_s: float) -> None:
        self._hosts: dict[str, _Host] = {}
        self._all = asyncio.Semaphore(hosts_at_once)
        self._longest_wait_s = longest_wait_s

    async def enter(self, host: str) -> None:
        """Wait for a turn at ``host``; every turn must be given back by ``leave``.

        Raises HostPaused when the server asked for a longer pause than a job should wait.
        """
        state = self._hosts.setdefault(host, _Host())
        self._refuse_if_paused(host, state)
        state.waiting += 1
        try:
            await state.lock.acquire()
        finally:
            state.waiting -= 1
        try:
            while True:
                self._refuse_if_paused(host, state)
                left = state.not_before - time.monotonic()
                if left <= 0:
                    break
                await asyncio.sleep(left)
            await self._all.acquire()
        except BaseException:
            state.lock.release()
            raise

    def leave(self, host: str, *, delay: float, pause: float | None = None) -> None:
        """Give the turn back: the next one starts ``delay`` seconds from now at the earliest.

        ``pause`` is what the server asked for (Retry-After), and holds for the whole host.
        """
        state = self._hosts[host]
        delay = max(delay, state.at_least)
        state.paused = pause is not None and pause > delay
        state.not_before = time.monotonic() + max(delay, pause or 0.0)
        state.lock.release()
        self._all.release()

    def wish(self, host: str, seconds: float) -> None:
        """Remember the host's own wish for a delay (Crawl-delay)."""
        self._hosts.setdefault(host, _Host()).at_least = seconds

    def forget_idle(self) -> None:
        """Drop hosts that nobody waits for and whose pause is over."""
        now = time.monotonic()
        for host, state in list(self._hosts.items()):
            unused = not state.waiting and not state.lock.locked() and not state.at_least
            if unused and state.not_before < now - 3600:
                del self._hosts[host]

    def _refuse_if_paused(self, host: str, state: _Host) -> None:
        left = state.not_before - time.monotonic()
        if state.paused and left > self._longest_wait_s:
            raise HostPaused(f"{host} yêu cầu tạm dừng, còn {left:.0f} giây", retry_after=left)
