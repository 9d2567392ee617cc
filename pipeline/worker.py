"""Runs the steps after collection in a process of their own, so that neither waits for the other.

The process sleeps until it is woken or a moment has passed, and ends when its parent is gone. If it
dies it is started again: what it was doing still stands in the rows.
"""

from __future__ import annotations

import importlib
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from types import TracebackType

import django

from pipeline.step import Step

log = logging.getLogger(__name__)

BATCH = 64
IDLE_S = 1.0  # how long a row may wait when nobody wakes the worker
AFTER_ERROR_S = 5.0
TRIES_AT_END = 3
WAKE, FINISH = "wake", "finish"


def run_steps(steps: Sequence[Step], inbox: Connection) -> bool:
    """The worker's loop. Returns whether everything waiting was done when it was told to finish."""
    finishing, failures = False, 0
    while True:
        took, failed = 0, False
        for step in steps:
            try:
                took += step.run(BATCH)
            except Exception:
                # The rows stay marked, so nothing is lost by going on; the other steps must not stop.
                log.exception("step %s failed; trying again in %.0f s", step.name, AFTER_ERROR_S)
                failed = True
        failures = failures + 1 if failed else 0
        if finishing and ((not took and not failed) or failures >= TRIES_AT_END):
            return not failed
        wait = AFTER_ERROR_S if failed else 0.0 if took else IDLE_S
        try:
            while inbox.poll(wait):
                if inbox.recv() == FINISH:
                    finishing = True
                wait = 0.0
        except EOFError:
            return False  # the parent is gone


def _main(import_path: str, arguments: tuple[object, ...], inbox: Connection) -> None:
    """The process: the apps come up first, because what builds the steps imports models."""
    django.setup()
    module, _, name = import_path.rpartition(".")
    build: Callable[..., Sequence[Step]] = getattr(importlib.import_module(module), name)
    raise SystemExit(0 if run_steps(build(*arguments), inbox) else 1)


class Worker:
    """The worker process and the thread that keeps it alive.

    ``build`` is the dotted name of a function that returns the steps, called with ``arguments`` there.
    """

    def __init__(self, build: str, *arguments: object):
        self._build, self._arguments = build, arguments
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._woken = 0.0
        self._start()
        self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
        self._keeper.start()

    def _start(self) -> None:
        inbox, outbox = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=_main, args=(self._build, self._arguments, inbox), name="steps", daemon=True
        )
        process.start()
        inbox.close()  # only the child reads it: the child sees the end when we are gone
        with self._lock:
            self._process, self._outbox = process, outbox

    def _keep(self) -> None:
        while not self._ending.wait(1.0):
            if not self._process.is_alive():
                log.error("the worker ended with code %s; starting it again", self._process.exitcode)
                self._start()

    def _send(self, message: str) -> None:
        with self._lock:
            try:
                self._outbox.send(message)
            except OSError:
                log.debug("the worker is not there; its keeper starts it again")

    def wake(self) -> None:
        """There is something to do; cheap, never raises. Wakes that follow closely are one wake."""
        now = time.monotonic()
        if now - self._woken >= IDLE_S / 5:  # a busy worker must not find its inbox full
            self._woken = now
            self._send(WAKE)

    def finish(self, timeout_s: float = 600.0) -> bool:
        """Let it do everything that waits and end; returns whether it could."""
        self._ending.set()
        self._keeper.join()
        self._send(FINISH)
        until = time.monotonic() + timeout_s
        self._process.join(max(0.0, until - time.monotonic()))
        return self._process.exitcode == 0

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(10)
