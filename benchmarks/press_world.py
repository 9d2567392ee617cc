"""Starts ``press_replay.py`` and judges an archive against what it really published."""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import socket
import sqlite3
import subprocess
import sys
import time
import unicodedata
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

CONTROL = "127.0.19.1"
NOISE_S = 0.002  # the replay stamps arrivals in threads of its own
SLACK_S = 30.0  # between a due re-fetch and its turn at a busy host


@dataclass
class Options:
    """What the world is like; the names are those of press_replay's options."""

    corpus: Path
    tool: Path
    outlets: int = 12
    backlog: int = 120
    rate: float = 60.0
    calm: bool = False
    port: int = field(default_factory=lambda: free_port())

    def arguments(self) -> list[str]:
        given = [
            f"--corpus={self.corpus}",
            f"--outlets={self.outlets}",
            f"--backlog={self.backlog}",
            f"--rate={self.rate}",
            f"--port={self.port}",
        ]
        return [*given, "--calm"] if self.calm else given


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((CONTROL, 0))
        return int(probe.getsockname()[1])


@contextmanager
def world(options: Options, sources: Path) -> Iterator[str]:
    """The press world as a process; yields its control address."""
    command = [sys.executable, str(options.tool), *options.arguments(), f"--write-sources={sources}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        if not running.stdout.readline().startswith("press replay"):
            raise RuntimeError("press_replay did not start")
        try:
            yield f"http://{CONTROL}:{options.port}"
        finally:
            running.terminate()
            running.wait()


def ask(control: str, what: str) -> Any:
    with urllib.request.urlopen(f"{control}/{what}", timeout=30) as answer:
        return json.load(answer)


def expected_articles(options: Options) -> dict[str, Any]:
    """The same world rebuilt from its seed: what every address says, by address."""
    tool = _module(options.tool)
    arguments = argparse.Namespace(
        port=options.port,
        seed=7,
        calm=options.calm,
        edits=0.05,
        removals=0.02,
        corpus=str(options.corpus),
        limit=0,
        outlets=options.outlets,
        backlog=options.backlog,
        rate=options.rate,
    )
    return {article.url: article for outlet in tool.World(arguments).outlets for article in outlet.articles}


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("press_replay", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Judgement:
    """Figures of one run; ``problems`` lists what misses a goal."""

    published: int = 0
    archived: int = 0
    twice: int = 0
    unknown: int = 0
    f1_mean: float = 0.0
    f1_least: float = 0.0
    titles: int = 0
    leads: int = 0
    times: int = 0
    edits: int = 0
    edits_found: int = 0
    removals: int = 0
    removals_found: int = 0
    breaches: int = 0
    most_at_once: int = 0
    smallest_gap_s: float = 9.9
    missing: list[str] = field(default_factory=list)
    lowest: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [
            f"archived {self.archived} of {self.published} ({self.archived / max(1, self.published):.2%}), "
            f"twice {self.twice}, unknown {self.unknown}",
            f"word F1 mean {self.f1_mean:.4f}, lowest {self.f1_least:.4f}",
            f"right: titles {self.titles}, leads {self.leads}, times {self.times} of {self.archived}",
            f"found: edits {self.edits_found} of {self.edits}, "
            f"removals {self.removals_found} of {self.removals}",
            f"robots breaches {self.breaches}, most at once {self.most_at_once}, "
            f"smallest gap {self.smallest_gap_s * 1000:.1f} ms",
            *self.problems,
        ]


def judge(
    options: Options,
    control: str,
    database: Path,
    *,
    started: float,
    ended: float,
    delay: float,
    steps: list[float],
    settle_s: float = 60.0,
) -> Judgement:
    """Compare the archive in ``database`` with the world's truth. Times are Unix seconds.

    ``settle_s``: what was published later than this before ``ended`` is not asked for.
    """
    expected = expected_articles(options)
    rows = _rows(database)
    result = Judgement()
    by_url: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_url.setdefault(row["url"].split("?")[0], []).append(row)
    truth = ask(control, "truth.json")
    known = {entry["url"] for entry in truth}
    result.unknown = sum(1 for url in by_url if url not in known)
    result.twice = sum(len(found) - 1 for found in by_url.values())
    scores: list[tuple[float, str]] = []
    for entry in truth:
        seen_from = max(entry["published"], started)
        soon_removed = entry["removed"] and entry["removed"] < seen_from + settle_s
        if entry["published"] > ended - settle_s or soon_removed:
            continue
        result.published += 1
        found = by_url.get(entry["url"])
        if not found:
            result.missing.append(f"{entry['habit']}: {entry['url']}")
            continue
        result.archived += 1
        article = expected[entry["url"]]
        scores.append((_score(found[0], article, entry, result), entry["url"]))
        _changes(found[0], article, entry, result, ended, steps)
    result.f1_mean = sum(score for score, _ in scores) / max(1, len(scores))
    result.f1_least = min((score for score, _ in scores), default=0.0)
    result.lowest = [f"{score:.3f} {url}" for score, url in sorted(scores)[:3]]
    _manners(ask(control, "requests.json"), result)
    _goals(result, delay)
    return result


def _rows(database: Path) -> list[dict[str, Any]]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("SELECT * FROM archive_article").fetchall()
    connection.close()
    return [dict(row) for row in rows]


def _score(row: dict[str, Any], article: Any, entry: dict[str, Any], result: Judgement) -> float:
    result.titles += _plain(row["title"]) == _plain(article.title)
    result.leads += _plain(row["lead"]) == _plain(article.lead)
    if row["published_at"]:
        result.times += int(_unix(row["published_at"]) // 60) == int(entry["published"] // 60)
    return max(word_f1(row["text"], body) for _, body, _ in article.versions)


def _changes(
    row: dict[str, Any],
    article: Any,
    entry: dict[str, Any],
    result: Judgement,
    ended: float,
    steps: list[float],
) -> None:
    first_seen = _unix(row["first_seen_at"])
    base = entry["published"] if first_seen - entry["published"] <= steps[0] else first_seen
    visits = [base + step for step in steps if base + step <= ended - SLACK_S]
    for edit in entry["edits"]:
        if first_seen < edit["at"] and any(visit > edit["at"] for visit in visits) and not entry["removed"]:
            result.edits += 1
            old, new = article.versions[0][1], article.versions[1][1]
            is_new = _distance(row["text"], new) < _distance(row["text"], old)
            result.edits_found += row["revision_count"] > 1 and is_new
    if entry["removed"] and any(visit > entry["removed"] for visit in visits):
        result.removals += 1
        result.removals_found += row["gone_at"] is not None


def _manners(requests: dict[str, Any], result: Judgement) -> None:
    for host in requests.values():
        result.breaches += host["robots_breaches"]
        result.most_at_once = max(result.most_at_once, host["most_at_once"])
        if host["smallest_gap_s"] is not None:
            result.smallest_gap_s = min(result.smallest_gap_s, host["smallest_gap_s"])


def _goals(result: Judgement, delay: float) -> None:
    held = {
        "archived >= 99.5 %": result.archived >= 0.995 * result.published > 0,
        "each once": result.twice == 0 and result.unknown == 0,
        "word F1 >= 0.98": result.f1_mean >= 0.98,
        "titles right": result.titles == result.archived,
        "leads right": result.leads == result.archived,
        "times right": result.times == result.archived,
        "edits found": result.edits_found == result.edits,
        "removals found": result.removals_found == result.removals,
        "robots.txt obeyed": result.breaches == 0,
        "one request at a time": result.most_at_once <= 1,
        "never under the delay": result.smallest_gap_s >= delay - NOISE_S,
    }
    result.problems = [f"MISSED: {goal}" for goal, kept in held.items() if not kept]


def word_f1(text: str, gold: str) -> float:
    """F1 of the bags of words, NFC, case kept."""
    ours, theirs = Counter(_words(text)), Counter(_words(gold))
    both = sum((ours & theirs).values())
    return 2 * both / max(1, ours.total() + theirs.total())


def _distance(text: str, gold: str) -> int:
    ours, theirs = Counter(_words(text)), Counter(_words(gold))
    return ((ours - theirs) + (theirs - ours)).total()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _unix(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def wait_for(condition: Any, seconds: float) -> bool:
    """Whether ``condition()`` came true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return False
