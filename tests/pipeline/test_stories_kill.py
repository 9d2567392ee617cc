"""``kill -9`` of the step at any moment: every article is in one story, and every story true."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COUNT = 90
KILLS = 4


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "tests.pipeline.stories_child", *args]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A SQLite database of its own for the child."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return env | {"DIEMBAO_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "diembao.django_settings"}


def run(env: dict[str, str], *args: str) -> str:
    done = subprocess.run(command(*args), env=env, cwd=ROOT, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_kills_lose_nothing_and_double_nothing(environment: dict[str, str]) -> None:
    run(environment, "fill", str(COUNT))
    rng = random.Random(4)
    for _ in range(KILLS):
        child = subprocess.Popen(
            command("work"), env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        with child, child.stdout:
            for _article in range(rng.randint(1, 14)):
                if not child.stdout.readline():
                    break
            time.sleep(rng.uniform(0, 0.02))
            child.kill()
    run(environment, "work")
    result = json.loads(run(environment, "check"))
    expected = [[k] if k % 3 == 0 else [k, k + 1] for k in range(COUNT) if k % 3 != 2]
    assert result["groups"] == expected
    assert result["compared_again"] == 2 * (COUNT // 3), "each copy and its original"
    assert result["waiting"] == 0 and result["untrue"] == [] and result["changes"] == 0
    assert result["reprints"] == COUNT // 3
    assert result["signatures"] == result["tip"] == COUNT
