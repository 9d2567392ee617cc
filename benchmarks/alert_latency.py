"""How long from publication to the alert on Slack, while the press world of ``press_replay.py`` publishes.

    python -m benchmarks.alert_latency [--seconds 240] [--feed-interval 10] [--rate 60] [--query WORDS]

The press world runs with its bad habits and its reprints; ``diembao watch`` reads it and sends to a
Slack-compatible server on loopback, by HTTP and Socket Mode, which also presses a button now and then.
The goal is p95 at most the feed interval and ten seconds, and one alert for each story. The stages come
from the times in the rows: listed by a feed, fetched, put into its story, alert written, taken by Slack.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.press_world import Options, ask, world
from tests.alerts.slack_server import SlackServer, serve

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
QUERY = '"dự án" OR "khởi tố" OR "tai nạn" OR "bệnh viện" OR "học sinh" OR "mưa lớn"'
CHANNEL, OFFICER = "C0001", "U0001"
SPARE_S = 10.0
PRESS_EVERY_S = 15.0


@dataclass
class Watcher:
    """When Slack took each first message, by alert; how long presses of buttons took to show."""

    slack: SlackServer
    arrived: dict[int, float] = field(default_factory=dict)
    posts: Counter[str] = field(default_factory=Counter)
    pressed: dict[int, float] = field(default_factory=dict)
    shown: dict[int, float] = field(default_factory=dict)
    cases: set[int] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)

    def heard(self, method: str, arguments: dict[str, Any]) -> None:
        """Asked by the server before it answers; never a fault."""
        now = time.time()
        if method == "chat.postMessage" and not arguments.get("thread_ts"):
            alert = _alert_of(arguments)
            self.arrived.setdefault(alert, now)
            self.posts[str(arguments["metadata"]["event_payload"]["key"])] += 1
        elif method == "chat.update":
            alert = _alert_of(arguments)
            card = str(arguments["blocks"])
            if (
                alert in self.pressed
                and "Đã nhận xử lý" in card
                and (alert not in self.cases or "Hồ sơ" in card)
            ):
                self.shown.setdefault(alert, now)

    def press(self) -> None:
        """Every few seconds take on the newest alert that nobody took, or open a case for it, in turns."""
        while not self.over.wait(PRESS_EVERY_S):
            waiting = [alert for alert in list(self.arrived) if alert not in self.pressed]
            if not waiting or not self.slack.sockets:
                continue
            alert = waiting[-1]
            opens = len(self.pressed) % 2 == 1
            if opens:
                self.cases.add(alert)
            self.pressed[alert] = time.time()
            payload = _case_modal(alert) if opens else _take_on(alert)
            self.slack.push("interactive", payload | {"user": {"id": OFFICER}}, f"press-{alert}")


def _take_on(alert: int) -> dict[str, Any]:
    action = {"action_id": "alert_acknowledge", "value": str(alert)}
    return {"type": "block_actions", "channel": {"id": CHANNEL}, "actions": [action]}


def _case_modal(alert: int) -> dict[str, Any]:
    """The modal of *Mở hồ sơ*, filled in and sent."""
    typed = {
        "reason": {"reason": {"value": "Cần trả lời báo"}},
        "kind": {"kind": {"selected_option": {"value": "needs-reply"}}},
    }
    about = {"callback_id": "alert_case", "private_metadata": json.dumps({"alert": alert})}
    return {"type": "view_submission", "view": {**about, "state": {"values": typed}}}


def _alert_of(arguments: dict[str, Any]) -> int:
    """The alert's number stands in the value of the card's buttons."""
    for block in arguments.get("blocks", ()):
        if block["type"] == "actions":
            return int(block["elements"][0]["value"])
    return 0


def main() -> int:
    """Run the world, the watch and the Slack of loopback, then report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--feed-interval", type=float, default=10)
    parser.add_argument("--rate", type=float, default=60, help="articles a minute")
    parser.add_argument("--outlets", type=int, default=12)
    parser.add_argument("--query", default=QUERY)
    parser.add_argument("--adaptive", action="store_true", help="let quiet sources be read less often")
    parser.add_argument("--log-level", default="warning")
    parser.add_argument("--tools", type=Path, default=SHARED / "tools")
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    args = parser.parse_args()
    corpus, tool = args.data / "press_dev.jsonl.gz", args.tools / "press_replay.py"
    if not corpus.is_file() or not tool.is_file():
        parser.error(f"no {corpus} or no {tool}; name their folders with --data and --tools")
    options = Options(corpus, tool, outlets=args.outlets, rate=args.rate)
    with tempfile.TemporaryDirectory() as name, serve() as slack:
        os.environ["DIEMBAO_DATA"] = str(Path(name) / "data")
        os.environ.pop("DATABASE_URL", None)
        _prepare(args.query)
        watcher = Watcher(slack)
        slack.fault = watcher.heard
        with world(options, Path(name) / "sources.toml") as control:
            presser = threading.Thread(target=watcher.press, daemon=True)
            presser.start()
            code = subprocess.run(
                _command(name, args.seconds), cwd=ROOT, env=_environment(args, slack.url)
            ).returncode
            watcher.over.set()
            truth = {entry["url"]: entry for entry in ask(control, "truth.json")}
        good = _report(args, watcher, truth)
    return 0 if good and code == 0 else 1


def _command(folder: str, seconds: float) -> list[str]:
    sources = f"--sources={Path(folder) / 'sources.toml'}"
    return [sys.executable, "-m", "diembao", "watch", sources, f"--for={seconds:.0f}", "--allow-loopback"]


def _environment(args: argparse.Namespace, slack: str) -> dict[str, str]:
    settings = {
        "DIEMBAO_LOG_LEVEL": args.log_level,
        "DIEMBAO_FEED_FLOOR": str(args.feed_interval),
        "DIEMBAO_DELAY": "0.2",
        "SLACK_BOT_TOKEN": "xoxb-benchmark",
        "SLACK_APP_TOKEN": "xapp-benchmark",
        "SLACK_API_URL": slack,
    }
    if not args.adaptive:
        settings["DIEMBAO_FEED_CEILING"] = str(args.feed_interval)
    return {**os.environ, **settings}


def _prepare(query: str) -> None:
    from diembao.bootstrap import migrate, set_up

    set_up()
    migrate()
    from django.contrib.auth.models import Group, User

    from alerts.models import Rule, SlackAccount, Subscription, Target
    from cases.roles import ensure_roles

    ensure_roles()
    now = datetime.now(UTC)
    rule = Rule.objects.create(
        name="Đo thời gian", query=query, active_since=now - timedelta(days=1), created_at=now, changed_at=now
    )
    Subscription.objects.create(
        rule=rule, target=Target.objects.create(name="Phòng báo chí", channel="slack", address=CHANNEL)
    )
    officer = User.objects.create_user("can-bo")
    officer.groups.add(Group.objects.get(name="officer"))
    SlackAccount.objects.create(user=officer, slack_id=OFFICER)


def _report(args: argparse.Namespace, watcher: Watcher, truth: dict[str, Any]) -> bool:
    from alerts.models import Alert
    from archive.models import Page
    from cases.models import Case

    first_read = Page.objects.order_by("found_at").values_list("found_at", flat=True).first()
    watched = first_read.timestamp() if first_read else 0.0
    stages: dict[str, list[float]] = {}
    total: list[float] = []
    stories: Counter[str] = Counter()
    rows = Alert.objects.filter(rule__isnull=False).select_related("article__outlet", "story")
    for alert in rows:
        article = alert.article
        entry = truth.get(article.url.split("?")[0]) if article else None
        if article is None or entry is None or alert.pk not in watcher.arrived:
            continue
        stories[entry["reprint_of"] or entry["url"]] += 1
        if entry["published"] < watched:
            continue  # was there before anybody watched
        found = (
            Page.objects.filter(article=article).order_by("found_at").values_list("found_at", flat=True)[0]
        )
        moments = [
            ("published to listed", entry["published"]),
            ("listed to fetched", found.timestamp()),
            ("fetched to in its story", article.first_seen_at.timestamp()),
            ("in its story to alert", alert.story.created_at.timestamp() if alert.story else 0.0),
            ("alert to Slack", alert.fired_at.timestamp()),
            ("", watcher.arrived[alert.pk]),
        ]
        for (stage, begun), (_, ended) in pairwise(moments):
            stages.setdefault(stage, []).append(max(0.0, ended - begun))
        total.append(watcher.arrived[alert.pk] - entry["published"])
        if total[-1] > args.feed_interval + SPARE_S:
            late = ", ".join(f"{ended - begun:.1f}" for (_, begun), (_, ended) in pairwise(moments))
            print(f"  late: {entry['habit']:<12} {total[-1]:5.1f} s = {late}")
    for stage, times in stages.items():
        print(f"  {stage:<24} p50 {_share(times, 0.5):6.2f} s   p95 {_share(times, 0.95):6.2f} s")
    goal, p95 = args.feed_interval + SPARE_S, _share(total, 0.95)
    print(f"publication to alert: p50 {_share(total, 0.5):.1f} s, p95 {p95:.1f} s, most {max(total):.1f} s")
    print(f"  goal: p95 at most {goal:.0f} s; {len(total)} alerts; machine load {os.getloadavg()[0]:.1f}")
    twice = [key for key, count in watcher.posts.items() if count > 1]
    many = {story: count for story, count in stories.items() if count > 1}
    print(f"{len(stories)} stories told, {len(many)} of them in several alerts, {len(twice)} messages twice")
    for story in many:
        print(f"  several alerts: {story}")
    presses = [watcher.shown[alert] - at for alert, at in watcher.pressed.items() if alert in watcher.shown]
    print(f"{len(presses)} of {len(watcher.pressed)} presses of a button changed the card", end="")
    print(f", p95 {_share(presses, 0.95):.1f} s" if presses else "")
    taken = Alert.objects.filter(state="acknowledged").count()
    cases = Case.objects.filter(state="received").count()
    print(f"{cases} cases opened by {len(watcher.cases)} of them")
    kept = len(presses) == len(watcher.pressed) == taken and cases == len(watcher.cases)
    return p95 <= goal and not many and not twice and kept


def _share(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


if __name__ == "__main__":
    sys.exit(main())
