"""The collect step against a living press world with every bad habit, and against ``kill -9``."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.press_world import Options, ask, judge, wait_for, world
from tests.conftest import ROOT

# Eleven starts of a program take their time on a busy machine.
pytestmark = [pytest.mark.corpus, pytest.mark.timeout(1200)]

DELAY_S = 0.1
STEPS = [15.0, 30.0]


def start(folder: Path, sources: Path, seconds: float, delay: float = DELAY_S) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.pipeline.collect_day", str(sources), str(seconds)]
    steps = ",".join(map(str, STEPS))
    return subprocess.Popen([*command, str(delay), steps], cwd=ROOT, env=environment(folder))


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "DIEMBAO_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "diembao.django_settings"}


def ask_database(folder: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{folder / 'diembao.sqlite3'}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def options(shared_data: Path, shared_tools: Path, **more: object) -> Options:
    return Options(shared_data / "press_dev.jsonl.gz", shared_tools / "press_replay.py", **more)  # type: ignore[arg-type]


def test_a_living_press_is_archived_whole_once_and_politely(
    shared_data: Path, shared_tools: Path, tmp_path: Path
) -> None:
    living = options(shared_data, shared_tools, backlog=60)
    with world(living, tmp_path / "sources.toml") as control:
        started = time.time()
        assert start(tmp_path / "data", tmp_path / "sources.toml", 40).wait(250) == 0
        result = judge(
            living,
            control,
            tmp_path / "data" / "diembao.sqlite3",
            started=started,
            ended=started + 40,
            delay=DELAY_S,
            steps=STEPS,
            settle_s=25.0,
        )
    assert result.problems == [], result.lines() + result.missing + result.lowest
    assert result.published > 60


def test_killed_ten_times_nothing_is_lost_and_nothing_is_twice(
    shared_data: Path, shared_tools: Path, tmp_path: Path
) -> None:
    still = options(shared_data, shared_tools, outlets=8, backlog=160, rate=0.0, calm=True)
    folder = tmp_path / "data"
    moments = random.Random(20261125)
    [before, *kills] = [0, *(moments.randint(1, 9) for _ in range(10))]
    with world(still, tmp_path / "sources.toml") as control:
        for more in kills:
            # Slow enough that a fast machine has not collected everything before the last kill.
            running = start(folder, tmp_path / "sources.toml", 600, delay=0.8)
            assert wait_for(lambda wanted=before + more: _count(folder) >= wanted, 120)
            running.kill()
            running.wait()
            before = _count(folder)
        assert start(folder, tmp_path / "sources.toml", 5).wait(250) == 0
        truth = {entry["url"] for entry in ask(control, "truth.json")}
    found = [str(row[0]) for row in ask_database(folder, "SELECT url FROM archive_article")]
    assert sorted(found) == sorted(truth)
    [(revisions,)] = ask_database(folder, "SELECT count(*) FROM archive_revision")
    assert revisions == len(truth)
    assert before < len(truth), "the last kill came too late"
    command = [sys.executable, "-m", "diembao", "verify-evidence"]
    checked = subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def _count(folder: Path) -> int:
    try:
        return int(str(ask_database(folder, "SELECT count(*) FROM archive_article")[0][0]))
    except sqlite3.OperationalError:
        return 0  # no database or no tables yet
