"""Children are kept running and end together with their supervisor, even when it is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from diembao.supervise import Child

WAIT_S = 60


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def _until(condition) -> bool:
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


class Sleeping(Child):
    """Stands in for a command: sleeps for the given time."""

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"import time; time.sleep({self.arguments[0]})"]
        )
        self.started = time.monotonic()


def test_a_child_that_dies_is_started_again():
    child = Sleeping("web", ["60"])
    child.look()
    first = child.process
    assert first is not None
    first.kill()
    first.wait()

    def restarted() -> bool:
        child.look()
        return child.process is not None and child.process is not first

    assert _until(restarted)
    assert child.restarts == 1
    child.process.terminate()
    child.stop(time.monotonic() + WAIT_S)


def test_the_pause_grows_while_a_child_keeps_dying():
    child = Sleeping("web", ["0"])
    child.look()
    pauses = []
    for _ in range(7):
        child.process.wait()
        before = time.monotonic()
        child.look()
        pauses.append(int(child.not_before - before + 0.01))  # from ``before`` on some time has passed
        child.not_before = 0.0
        child.look()
    child.stop(time.monotonic() + WAIT_S)
    assert pauses == [2, 4, 8, 16, 30, 30, 30]


def test_a_child_that_does_not_end_is_killed():
    child = Sleeping("web", ["600"])
    child.look()
    process = child.process
    child.stop(time.monotonic() + 0.2)
    assert process.returncode == -signal.SIGKILL


def _orphan_of(inner: str) -> int:
    """The process of a child that runs ``inner``; its supervisor is killed when the child says a word."""
    code = (
        "import sys, time\n"
        "from diembao import supervise\n"
        "class Inner(supervise.Child):\n"
        "    def command(self): return [sys.executable, '-c', self.arguments[0]]\n"
        "Inner('x', sys.argv[1:]).start()\n"
        "time.sleep(600)\n"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code, inner], stdout=subprocess.PIPE, text=True)
    pid = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    return pid


def test_a_killed_supervisor_leaves_no_orphans():
    pid = _orphan_of(
        "import os, time; from diembao.supervise import follow_parent as f; f(0.1)\n"
        "print(os.getpid(), flush=True); time.sleep(600)\n"
    )
    assert _until(lambda: not _alive(pid))


def test_a_supervisor_killed_while_its_child_still_starts_leaves_no_orphan():
    pid = _orphan_of(
        "import os, time; from diembao.supervise import follow_parent as f\n"
        "first = os.getppid(); print(os.getpid(), flush=True)\n"
        "while os.getppid() == first: time.sleep(0.01)\n"
        "f(0.1); time.sleep(600)\n"
    )
    assert _until(lambda: not _alive(pid))
