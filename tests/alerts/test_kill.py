"""500 alerts through kill -9, 429, 500, timeouts and disconnects: none lost, one double a crash at most."""

from __future__ import annotations

import logging
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.alerts.slack_server import SlackServer

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
COUNT = 500
KILLS = 12
LEASE_S = 4.0
SLOW_S = 4.5  # the courier waits three: what a busy machine delays is not taken for a lost answer
LIMIT_S = 600

MAKE = """
import sys
from diembao.bootstrap import migrate, set_up
set_up()
migrate()
from datetime import UTC, datetime
from alerts.models import Alert, Delivery, Rule, Target
from alerts.outbox import payload_of
now = datetime.now(UTC)
target = Target.objects.create(name="Phòng", channel="slack", address="C0001")
rule = Rule.objects.create(name="Thử", active_since=now, created_at=now, changed_at=now)
for number in range(int(sys.argv[1])):
    card = {"headline": f"Tin {number}", "rule": {"id": rule.pk, "name": "Thử", "query": ""}, "size": 1}
    alert = Alert.objects.create(
        key=f"rule:1/article:{number}", rule=rule, severity=2, cause=card, fired_at=now, last_fired_at=now
    )
    Delivery.objects.create(
        alert=alert, target=target, channel="slack", kind="first", key=f"key-{number}",
        payload=payload_of(alert), created_at=now, next_at=now,
    )
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    if connection.vendor == "postgresql":
        pytest.skip("runs over an SQLite database of its own, once is enough")
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"DIEMBAO_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "diembao.django_settings"}
    return env


def python(env: dict[str, str], code: str, *args: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *args], env=env, cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


FAULTS = {"429", "500", "drop", "cut", "slow"}


class Weather:
    """Misbehaves in one of five calls. What it lets through unanswered is counted by key."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        self.unanswered: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()

    def __call__(self, method: str, arguments: dict[str, Any]) -> str | None:
        if self.rng.random() > 0.2:
            return None
        # A timeout takes its seconds: one in sixty faults, the first among them.
        late = self.faults.total() % 60 == 0
        fault = "slow" if late else self.rng.choices(["429", "500", "drop", "cut"], [4, 4, 4, 2])[0]
        self.faults[fault] += 1
        if fault in ("cut", "slow"):
            self.unanswered[key_of(arguments)] += 1
        return fault


def key_of(arguments: dict[str, Any]) -> str:
    return str(arguments["metadata"]["event_payload"]["key"])


def asked(environment: dict[str, str], question: str) -> int | None:
    """A number, read beside the processes at work; None when it could not be read just now."""
    database = Path(environment["DIEMBAO_DATA"], "diembao.sqlite3")
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5)) as link:
            return int(link.execute(question).fetchone()[0])
    except sqlite3.Error:
        return None


def test_five_hundred_alerts_through_every_kind_of_failure(
    environment: dict[str, str], slack: SlackServer
) -> None:
    rng = random.Random(4)
    weather = Weather(rng)
    slack.fault, slack.retry_after, slack.slow_s = weather, "0.05", SLOW_S
    python(environment, MAKE, str(COUNT))
    kills = 0
    until = time.monotonic() + LIMIT_S
    command = [sys.executable, "-m", "tests.alerts.courier_child", slack.url, str(LEASE_S)]

    def settled() -> bool:
        return asked(environment, "SELECT count(*) FROM alerts_delivery WHERE state != 'sent'") == 0

    while not settled():
        assert time.monotonic() < until, f"some still wait after {kills} kills"
        with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            child.stdout.readline()
            before = len(slack.called("chat.postMessage"))
            wanted = before + rng.randint(5, 40) if kills < KILLS else 10**9
            while len(slack.called("chat.postMessage")) < wanted and time.monotonic() < until:
                if settled():
                    break
                time.sleep(rng.uniform(0.0, 0.02) if kills < KILLS else 0.5)
            child.kill()
            kills += 1
    posted = Counter(key_of(call) for call in slack.called("chat.postMessage"))
    assert set(posted) == {f"key-{number}" for number in range(COUNT)}  # none lost
    # An answer that never came is sent again by right; beyond those, a crash doubles one at most.
    extra = {key: count - 1 - min(count - 1, weather.unanswered[key]) for key, count in posted.items()}
    doubles = sum(extra.values())
    unanswered = sum(weather.unanswered.values())
    log.info(
        "%d alerts, %d posts, %d kills, faults %s; %d posts unanswered, %d doubles by crashes, none lost",
        *(COUNT, sum(posted.values()), kills, dict(weather.faults), unanswered, doubles),
    )
    assert doubles <= kills
    # A fast courier delivers more than asked for before each kill, so that some of them have nothing left.
    assert kills >= KILLS // 2 and set(weather.faults) == FAULTS
