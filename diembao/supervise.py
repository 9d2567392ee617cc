"""Keeps child processes running: restarts one that dies, ends all of them together."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

log = logging.getLogger(__name__)

LONGEST_PAUSE_S = 30.0
STEADY_S = 60.0  # a child that ran this long starts again at once if it dies
GRACE_S = 25.0  # what a child gets to end by itself: jobs in progress, then each worker's batch
AGAIN = 75  # what ``keep_running`` answers when the service is to start anew
SUPERVISOR = "SUPERVISED_BY"  # environment variable of a child: the process number of its supervisor
BAD_INPUT = 2  # exit code of a command that was given something wrong: starting it again cannot help


def follow_parent(check_s: float = 1.0) -> None:
    """End this process when its parent is gone, so that a killed supervisor leaves no orphans.

    The supervisor may have been killed while this process started: it is known by what it said of itself.
    """
    parent = int(os.environ.get(SUPERVISOR) or os.getppid())

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(check_s)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="follow-parent", daemon=True).start()


@dataclass
class Child:
    """A ``diembao`` command that is kept running."""

    name: str
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)  # added to ours
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restarts: int = field(default=0)
    not_before: float = 0.0

    def command(self) -> list[str]:
        """What is run."""
        return [sys.executable, "-m", "diembao", *self.arguments, "--child"]

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches only the supervisor, which passes it on."""
        environment = {**os.environ, **self.environment, SUPERVISOR: str(os.getpid())}
        # S603 warns of programs named from outside: this is our own interpreter, our own arguments, no shell.
        self.process = subprocess.Popen(self.command(), start_new_session=True, env=environment)  # noqa: S603
        self.started = time.monotonic()

    def look(self) -> None:
        """Restart it when it has ended, after a pause that grows while it keeps ending."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.not_before:
                self.start()
        elif self.process.poll() is not None:
            self.restarts = 0 if now - self.started > STEADY_S else self.restarts + 1
            pause = min(LONGEST_PAUSE_S, 2.0**self.restarts) if self.restarts else 0.0
            log.error(
                "%s ended with code %s; starting it again in %.0f s",
                self.name,
                self.process.returncode,
                pause,
            )
            self.process, self.not_before = None, now + pause

    def stop(self, until: float) -> None:
        """Ask it to end, wait until then, and kill it after that."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("%s did not end by itself; killing it", self.name)
            self.process.kill()
            self.process.wait()


def keep_running(children: list[Child], outdated: Callable[[], bool] = lambda: False) -> int:
    """Run the children until SIGINT or SIGTERM, or until one was given bad input; then end them all.

    Returns the exit code; ``AGAIN`` when ``outdated`` said that they run on settings that have changed.
    """
    stop, again = threading.Event(), False

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    while not stop.is_set():
        if outdated():
            again = True
            stop.set()
        for child in children:
            if child.process is not None and child.process.poll() == BAD_INPUT:
                log.error("%s was given something wrong (see above); the service ends", child.name)
                stop.set()
            else:
                child.look()
        stop.wait(0.5)
    for child in children:
        if child.process is not None and child.process.poll() is None:
            child.process.terminate()
    until = time.monotonic() + GRACE_S
    for child in children:
        child.stop(until)
    refused = any(child.process is not None and child.process.returncode == BAD_INPUT for child in children)
    return BAD_INPUT if refused else AGAIN if again else 0
