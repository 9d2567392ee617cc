"""``kill -9`` at any moment, ten times in a row, loses nothing and doubles nothing."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
COUNT = 300
KILLS = 10
GROUPS = (1, 4, 10)  # visits in one transaction
AHEAD = 15  # visits that a child may be ahead of us: it must still be at work when it is killed


@pytest.fixture
def environment(tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """A database of its own for the child: a new SQLite file, or the run's PostgreSQL test database."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"DIEMBAO_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "diembao.django_settings"}
    if connection.vendor == "postgresql":
        request.getfixturevalue("transactional_db")
        it = connection.settings_dict
        env["DATABASE_URL"] = (
            f"postgresql://{it['USER']}:{it['PASSWORD']}@{it['HOST']}:{it['PORT'] or 5432}/{it['NAME']}"
        )
    else:
        run(env, "init")
    return env


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "tests.archive.intake_child", *args]


def run(env: dict[str, str], *args: str) -> str:
    done = subprocess.run(
        command(*args),
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_ten_kills_lose_nothing_and_double_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    rng = random.Random(9)
    for _ in range(KILLS):
        child = subprocess.Popen(
            command("work", str(folder), str(COUNT), str(rng.choice(GROUPS))),
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdin is not None and child.stdout is not None
        with child:
            visits = rng.randint(1, 40)
            child.stdin.write("\n" * (visits + AHEAD))
            child.stdin.flush()
            for _visit in range(visits):
                assert child.stdout.readline()
            time.sleep(rng.uniform(0, 0.02))
            child.kill()
        assert child.returncode == -9
    run(environment, "work", str(folder), str(COUNT), "10")

    result = json.loads(run(environment, "check", str(folder)))
    expected = sorted(f"Bài {number}" for number in range(COUNT))
    assert result["problems"] == [] and result["good"]
    assert sorted(result["titles"]) == expected
    assert result["revisions"] == [[title, number] for title in expected for number in (1, 2)]
    assert result["unproven"] == 0
    assert result["checked"] == result["snapshots"] == 2 * COUNT
