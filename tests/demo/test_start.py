"""A restart goes on in the same world, and the demo can be run alone."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from secrets import randbelow

import pytest

from demo.start import remembered_start
from demo.world import WorldError, start_world
from tests.demo.conftest import Clock, fetch


def test_the_start_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "demo-start"
    first = remembered_start(file)
    assert first.tzinfo is not None
    assert remembered_start(file) == first


@pytest.mark.parametrize("content", [b"", b"soon", b"2026-11-20T02:30:00", b"\xff\xfe"])
def test_a_file_without_a_moment_is_refused_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "demo-start"
    file.write_bytes(content)
    with pytest.raises(WorldError, match="delete it to begin anew"):
        remembered_start(file)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="cannot be used"):
        remembered_start(tmp_path / "missing" / "demo-start")


def test_articles_that_appeared_live_still_stand_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "demo-start"
    file.write_text(clock().isoformat(), encoding="utf-8")
    clock.move(hours=1)
    with start_world(base_port=0, now=remembered_start(file), clock=clock) as world:
        assert sum(one.published_at > remembered_start(file) for one in world.truth()) >= 12


def free_port() -> int:
    """A port from which six follow each other free, found by trying; each run of the tests tries its own."""
    for base in range(20000 + 10 * randbelow(500), 30000, 10):
        try:
            for port in range(base, base + 6):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    raise AssertionError("no free ports")


def test_the_demo_runs_alone_and_ends_on_a_signal() -> None:
    base = free_port()
    command = [sys.executable, "-m", "demo", "--base-port", str(base)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(6)]
            assert lines[0].startswith(f"http://127.0.0.1:{base}/  Báo Lam Giang")
            assert fetch(f"http://127.0.0.1:{base}/robots.txt").status == 200
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0


def test_a_taken_port_ends_the_command_with_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "demo", "--base-port", str(taken.getsockname()[1])]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "give another base port" in done.stderr
