"""500 alerts from articles to Slack, with story step, matching and courier killed (signal 9) on the way.

Each step is killed while it works, again and again, in whatever it is doing; Slack misbehaves meanwhile.
"""

from __future__ import annotations

import json
import logging
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.alerts.slack_server import SlackServer
from tests.alerts.test_kill import (
    FAULTS,
    LEASE_S,
    LIMIT_S,
    ROOT,
    SLOW_S,
    Weather,
    asked,
    environment,
    key_of,
    python,
)

__all__ = ["environment"]  # the fixture

log = logging.getLogger(__name__)

STORIES, REPRINTS = 500, 25
STEP_KILLS, COURIER_KILLS = 6, 4

MAKE = """
import hashlib, random, sys
from diembao.bootstrap import migrate, set_up
set_up()
migrate()
from datetime import UTC, datetime, timedelta
from alerts.models import Rule, Subscription, Target
from archive.models import Article, Outlet, Revision
now, rng = datetime.now(UTC), random.Random(3)
stories, reprints = int(sys.argv[1]), int(sys.argv[2])
rule = Rule.objects.create(
    name="Mọi báo", conditions={"kinds": ["newspaper"]}, active_since=now - timedelta(days=1),
    created_at=now, changed_at=now,
)
target = Target.objects.create(name="Phòng", channel="slack", address="C0001")
Subscription.objects.create(rule=rule, target=target)
outlets = [
    Outlet.objects.create(key=key, name=key, kind="newspaper", scope="local", home=f"https://{key}.example/")
    for key in ("bao-a", "bao-b")
]
syllables = [a + b for a in "b c d g h k l m n t".split() for b in "a e i o u an en in on un".split()]
texts = [" ".join(rng.choices(syllables, k=160)) for _ in range(stories)]
for number in range(stories + reprints):
    text, outlet = texts[number % stories], outlets[number >= stories]
    url = f"{outlet.home}bai-{number}.html"
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article.objects.create(
        outlet=outlet, url=url, canonical_url=url, title=f"Tin {number % stories}", text=text, digest=digest,
        published_at=now - timedelta(minutes=3), published_precision="minute", first_seen_at=now,
        changed_at=now, needs_classify=False, needs_signals=False,
    )
    Revision.objects.create(
        article=article, number=1, seen_at=now, title=article.title, text=text, digest=digest
    )
"""

OUTCOME = """
import json
from diembao.bootstrap import set_up
set_up()
from collections import Counter
from alerts.models import Alert, Delivery
from archive.models import Article, Story
waiting = Article.objects.filter(needs_story=True) | Article.objects.filter(needs_index=True)
waiting = waiting | Article.objects.filter(needs_alert=True)
print(json.dumps({
    "waiting": waiting.count(),
    "alerts": Alert.objects.count(),
    "stories_told_twice": Alert.objects.count() - Alert.objects.values("story").distinct().count(),
    "stories": Story.objects.filter(merged_into=None).count(),
    "sizes": sum(Alert.objects.values_list("size", flat=True)),
    "unsent": Delivery.objects.exclude(state="sent").filter(kind="first").count(),
    "first": Delivery.objects.filter(kind="first").count(),
}))
"""


class Progress:
    """How far the steps are, read beside them."""

    def __init__(self, environment: dict[str, str]):
        self._environment = environment

    def _count(self, question: str) -> int | None:
        return asked(self._environment, question)

    def stories(self) -> int:
        return self._count("SELECT count(*) FROM archive_articlesignature") or 0

    def alerts(self) -> int:
        return self._count("SELECT count(*) FROM alerts_alert") or 0

    def done(self) -> bool:
        left = "SELECT count(*) FROM archive_article WHERE needs_story OR needs_index OR needs_alert"
        unsent = "SELECT count(*) FROM alerts_delivery WHERE kind = 'first' AND state != 'sent'"
        return self.alerts() >= STORIES and self._count(left) == 0 and self._count(unsent) == 0


def run_and_kill(
    command: list[str],
    env: dict[str, str],
    kills: int,
    measures: list[Callable[[], int]],
    done: Callable[[], bool],
    rng: random.Random,
) -> int:
    """Keep a process running until all is done, killing it ``kills`` times in the midst; returns how often.

    Each time one of ``measures`` is chosen, and the kill comes when it has grown by some.
    """
    killed, until = 0, time.monotonic() + LIMIT_S
    while not done() and time.monotonic() < until:
        with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            child.stdout.readline()
            measure = measures[killed % len(measures)]
            goal = measure() + rng.randint(5, 40) if killed < kills else 10**9
            while measure() < goal and not done() and time.monotonic() < until:
                time.sleep(rng.uniform(0.0, 0.01) if killed < kills else 0.2)
            midst = not done()
            child.kill()
            killed += midst
    return killed


def test_five_hundred_alerts_through_kills_of_every_step(
    environment: dict[str, str], slack: SlackServer, tmp_path: Path
) -> None:
    rng = random.Random(11)
    weather = Weather(rng)
    slack.fault, slack.retry_after, slack.slow_s = weather, "0.05", SLOW_S
    python(environment, MAKE, str(STORIES), str(REPRINTS))
    progress = Progress(environment)
    steps = [sys.executable, "-m", "tests.alerts.steps_child", str(tmp_path / "data" / "index")]
    courier = [sys.executable, "-m", "tests.alerts.courier_child", slack.url, str(LEASE_S)]
    kills = {}

    def keep(name: str, command: list[str], count: int, measures: list[Callable[[], int]]) -> None:
        own = random.Random(f"{name} 7")
        kills[name] = run_and_kill(command, environment, count, measures, progress.done, own)

    def posts() -> int:
        return len(slack.called("chat.postMessage"))

    threads = [
        threading.Thread(target=keep, args=("steps", steps, STEP_KILLS, [progress.stories, progress.alerts])),
        threading.Thread(target=keep, args=("courier", courier, COURIER_KILLS, [posts])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome = json.loads(python(environment, OUTCOME))
    posted = Counter(key_of(call) for call in slack.called("chat.postMessage") if not call.get("thread_ts"))
    unanswered = sum(weather.unanswered.values())
    # An answer that never came is sent again by right; beyond those a kill doubles one at most.
    extra = {key: n - 1 - min(n - 1, weather.unanswered[key]) for key, n in posted.items()}
    doubles = sum(extra.values())
    log.info(
        "%d articles, %s; %d posts of %d alerts, kills %s, faults %s, %d unanswered, %d doubles by kills",
        *(STORIES + REPRINTS, outcome, sum(posted.values()), len(posted), kills, dict(weather.faults)),
        *(unanswered, doubles),
    )
    assert outcome == {
        "waiting": 0,
        "alerts": STORIES,
        "stories_told_twice": 0,
        "stories": STORIES,
        "sizes": STORIES + REPRINTS,  # no reprint was overlooked
        "unsent": 0,
        "first": STORIES,
    }
    assert len(posted) == STORIES  # each delivered at least once
    assert doubles <= kills["courier"]
    assert kills["steps"] >= STEP_KILLS // 2 and kills["courier"] >= 1
    assert set(weather.faults) == FAULTS
