"""Whose fault is it when fetches fail: theirs or our own network's?

One host that cannot be reached is that host's failure. When every host asked lately could not be
reached and none answered anything, it is ours, and nobody else's record may suffer for it. A network
failure is therefore not believed at once: it waits for the verdict.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from enum import StrEnum

from crawlers.records import FailureKind

NETWORK = frozenset({FailureKind.DNS, FailureKind.CONNECTION, FailureKind.TIMEOUT})
HOSTS_AT_LEAST = 3
SHARE = 0.8  # of all hosts asked within the window


class Verdict(StrEnum):
    """Whose failure it was."""

    THEIRS = "theirs"
    OURS = "ours"


class OutageWatch:
    """Hears of every fetch and judges network failures. Lives in the event loop.

    ``on_change`` is called with True when an outage begins and with False when it ends.
    """

    def __init__(
        self,
        *,
        hold_s: float,
        on_change: Callable[[bool], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hold_s, self._on_change, self._clock = hold_s, on_change, clock
        self._recent: deque[tuple[float, str, bool]] = deque()  # when, host, network failure
        self._held: set[asyncio.Future[Verdict]] = set()
        self.active = False

    def answered(self) -> None:
        """Some host answered something: the network works, so held failures are the hosts' own."""
        self._recent.clear()
        self._settle(Verdict.THEIRS)
        self._change(False)

    async def judge(self, host: str) -> Verdict:
        """Whose failure a network failure at ``host`` is, at most ``hold_s`` seconds later."""
        self._note(host, network=True)
        if self.active:
            return Verdict.OURS
        if self._all_fail():
            self._change(True)
            self._settle(Verdict.OURS)
            return Verdict.OURS
        held: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        self._held.add(held)
        try:
            return await asyncio.wait_for(held, self._hold_s)
        except TimeoutError:
            return Verdict.THEIRS
        finally:
            self._held.discard(held)

    def _note(self, host: str, *, network: bool) -> None:
        now = self._clock()
        self._recent.append((now, host, network))
        while self._recent and self._recent[0][0] < now - 2 * self._hold_s:
            self._recent.popleft()

    def refused(self, host: str) -> None:
        """A fetch at ``host`` ended without asking the network (robots.txt, a forbidden address)."""
        self._note(host, network=False)

    def give_up(self) -> None:
        """The run ends: whoever still waits for a verdict gets the usual one."""
        self._settle(Verdict.THEIRS)

    def _all_fail(self) -> bool:
        failing = {host for _, host, network in self._recent if network}
        asked = {host for _, host, _ in self._recent}
        return len(failing) >= HOSTS_AT_LEAST and len(failing) > SHARE * len(asked)

    def _settle(self, verdict: Verdict) -> None:
        for held in self._held:
            if not held.done():
                held.set_result(verdict)

    def _change(self, active: bool) -> None:
        if self.active != active:
            self.active = active
            self._on_change(active)
