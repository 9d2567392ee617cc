"""Runs the steps after collection in a process of their own, so that neither waits for the other.

The process sleeps until it is woken or a moment has passed, and ends when its parent is gone. If it
dies it is started again: what it was doing still stands in the rows.
"""

from __future__ import annotations

import gc
import importlib
import logging
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from types import TracebackType

import django

from pipeline.step import Step

log = logging.getLogger(__name__)

BATCH = 64
SELDOM = (20_000, 20, 50)  # new objects, and younger rounds, before garbage is collected
IDLE_S = 1.0  # how long a row may wait when nobody wakes the worker
AFTER_ERROR_S = 5.0
TRIES_AT_END = 3
SLOW_S = 5.0
END_S = 5.0  # what a batch in progress gets to end when the service is stopped
WAKE, FINISH, STOP = "wake", "finish", "stop"


def run_steps(steps: Sequence[Step], inbox: Connection) -> bool:
    """The worker's loop. Returns whether everything waiting was done when it was told to finish.

    FINISH: go on until nothing waits. STOP: end after the current batch; the rest waits in its rows.
    """
    finishing, failures = False, 0
    told: dict[str, str] = {}
    while True:
        took, failed = 0, False
        for step in steps:
            began = time.monotonic()
            try:
                took += step.run(BATCH)
                told.pop(step.name, None)
            except Exception as error:
                # The rows stay marked, so nothing is lost by going on; the other steps must not stop.
                _tell(step.name, error, told)
                failed = True
            if (lasted := time.monotonic() - began) > SLOW_S:
                log.info("step %s took %.1f s; what is new waits behind it", step.name, lasted)
        failures = failures + 1 if failed else 0
        if finishing and ((not took and not failed) or failures >= TRIES_AT_END):
            return not failed
        wait = AFTER_ERROR_S if failed else 0.0 if took else IDLE_S
        try:
            message = _next_message(inbox, wait, heed_wakes=not failed)
        except EOFError:
            return False  # the parent is gone
        if message == STOP:
            return False
        finishing = finishing or message == FINISH


def _next_message(inbox: Connection, wait_s: float, *, heed_wakes: bool) -> str:
    """Sleep for ``wait_s`` or until a message; returns the weightiest that came, "" for none.

    A wake does not shorten the pause after an error: new rows do not mend what is broken.
    """
    until, weightiest = time.monotonic() + wait_s, ""
    while inbox.poll(max(0.0, until - time.monotonic())):
        message = str(inbox.recv())
        if message != WAKE or not weightiest:
            weightiest = message
        if message == STOP:
            return message
        if message != WAKE or heed_wakes:
            until = time.monotonic()
    return weightiest


def _tell(name: str, error: Exception, told: dict[str, str]) -> None:
    """The whole story of a failure once; a line each time that it comes again unchanged."""
    words = f"{type(error).__name__}: {error}"
    if told.get(name) == words:
        log.error("step %s failed again (%s); trying again in %.0f s", name, words, AFTER_ERROR_S)
    else:
        log.exception("step %s failed; trying again in %.0f s", name, AFTER_ERROR_S)
    told[name] = words


def _main(import_path: str, arguments: tuple[object, ...], inbox: Connection) -> None:
    """The process: the apps come up first, because what builds the steps imports models."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, who says how to end
    django.setup()
    module, _, name = import_path.rpartition(".")
    build: Callable[..., Sequence[Step]] = getattr(importlib.import_module(module), name)
    steps = build(*arguments)
    # What was loaded stays for good: the collector of garbage need not walk through it again and again.
    gc.freeze()
    gc.set_threshold(*SELDOM)
    raise SystemExit(0 if run_steps(steps, inbox) else 1)


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

    def stop(self) -> None:
        """Let it end its current batch, for a few seconds; what waits is done after the next start."""
        self._ending.set()
        self._keeper.join()
        self._send(STOP)
        self._process.join(END_S)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(END_S)

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
