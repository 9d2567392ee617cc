"""Shows how far a long command is: a moving line on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType

TERMINAL_S = 0.2
ELSEWHERE_S = 30.0


class Progress:
    """``show(done, total)`` as often as you like; it prints no more often than a reader can use."""

    def __init__(self, what: str):
        self._what = what
        self._terminal = sys.stderr.isatty()
        self._pause = TERMINAL_S if self._terminal else ELSEWHERE_S
        self._started = self._last = time.monotonic()

    def show(self, done: int, total: int | None = None) -> None:
        """Tell that ``done`` (of ``total``) are done."""
        now = time.monotonic()
        if now - self._last < self._pause:
            return
        self._last = now
        pace = done / max(now - self._started, 0.001)
        share = f"{done} of {total}" if total else f"{done}"
        left = f", {(total - done) / pace:.0f} s left" if total and pace else ""
        line = f"{share} {self._what}, {pace:.0f} a second{left}"
        sys.stderr.write(f"\r\x1b[K{line}" if self._terminal else f"{line}\n")
        sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
