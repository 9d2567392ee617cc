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

from benchmarks.press_world import Options, ask, judge, world
from tests.conftest import ROOT

pytestmark = pytest.mark.corpus

DELAY_S = 0.1
STEPS = [15.0, 30.0]


def start(folder: Path, sources: Path, seconds: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.pipeline.collect_day", str(sources), str(seconds)]
    environment = {**os.environ, "DIEMBAO_DATA": str(folder)}
    steps = ",".join(map(str, STEPS))
    return subprocess.Popen([*command, str(DELAY_S), steps], cwd=ROOT, env=environment)


def ask_database(folder: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "diembao.sqlite3")
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
        assert start(tmp_path / "data", tmp_path / "sources.toml", 35).wait(150) == 0
        result = judge(
            living,
            control,
            tmp_path / "data" / "diembao.sqlite3",
            started=started,
            ended=started + 35,
            delay=DELAY_S,
            steps=STEPS,
            settle_s=20.0,
        )
    assert result.problems == [], result.lines() + result.missing + result.lowest
    assert result.published > 60


def test_killed_ten_times_nothing_is_lost_and_nothing_is_twice(
    shared_data: Path, shared_tools: Path, tmp_path: Path
) -> None:
    still = options(shared_data, shared_tools, outlets=8, backlog=160, rate=0.0, calm=True)
    folder = tmp_path / "data"
    moments = random.Random(20261125)
    with world(still, tmp_path / "sources.toml") as control:
        archived = []
        for _ in range(10):
            running = start(folder, tmp_path / "sources.toml", 600)
            time.sleep(moments.uniform(2.0, 4.5))
            running.kill()
            running.wait()
            if (folder / "diembao.sqlite3").exists():
                archived.append(_count(folder))
        assert start(folder, tmp_path / "sources.toml", 5).wait(150) == 0
        truth = {entry["url"] for entry in ask(control, "truth.json")}
    found = [str(row[0]) for row in ask_database(folder, "SELECT url FROM archive_article")]
    assert sorted(found) == sorted(truth)
    [(revisions,)] = ask_database(folder, "SELECT count(*) FROM archive_revision")
    assert revisions == len(truth)
    assert any(0 < count < len(truth) for count in archived), "no kill fell into the work"
    environment = {**os.environ, "DIEMBAO_DATA": str(folder)}
    command = [sys.executable, "-m", "diembao", "verify-evidence"]
    checked = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def _count(folder: Path) -> int:
    try:
        return int(str(ask_database(folder, "SELECT count(*) FROM archive_article")[0][0]))
    except sqlite3.OperationalError:
        return 0  # killed before the tables were there
