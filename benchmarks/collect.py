"""How well and how fast collection works, against the press world of ``press_replay.py``.

    python -m benchmarks.collect [--seconds 240] [--only judged|calm|memory|peer] [--tools DIR] [--data DIR]

judged  a living world with every bad habit: completeness, text, edits, manners
calm    a world without faults and delays: articles a second end to end, memory with 200 outlets
memory  the same world until everything is archived, for its memory alone (part of calm)
peer    the same pages by news-please (needs --peer-python, an interpreter that has
        benchmarks/requirements-news-please.txt installed)
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.press_world import Options, ask, judge, wait_for, world

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
DELAY_S = 0.2
STEPS = [45.0, 100.0, 180.0]
MEMORY_GOAL_MB = 400


@dataclass
class Memory:
    """Peak resident memory in MB of the collector and of the processes that it started; CPU seconds."""

    collector: float = 0.0
    readers: float = 0.0
    steps: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)

    def watch(self, pid: int) -> None:
        while not self._ended.wait(0.5):
            try:
                self._look(psutil.Process(pid))
            except psutil.Error:
                continue

    def _look(self, collector: psutil.Process) -> None:
        readers = steps = 0.0
        cpu = {"collector": _cpu(collector), "readers": 0.0, "steps": 0.0}
        for child in collector.children(recursive=True):
            size = child.memory_info().rss / 1e6
            if "forkserver" in " ".join(child.cmdline()):
                readers += size
                cpu["readers"] += _cpu(child)
            else:
                steps += size
                cpu["steps"] += _cpu(child)
        self.cpu = {name: max(seconds, self.cpu.get(name, 0.0)) for name, seconds in cpu.items()}
        self.collector = max(self.collector, collector.memory_info().rss / 1e6)
        self.readers, self.steps = max(self.readers, readers), max(self.steps, steps)

    @contextmanager
    def of(self, pid: int) -> Iterator[None]:
        thread = threading.Thread(target=self.watch, args=(pid,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def start_watch(folder: Path, sources: Path, seconds: float, **settings: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DIEMBAO_DATA": str(folder), "DIEMBAO_LOG_LEVEL": "warning"}
    environment |= {f"DIEMBAO_{name.upper()}": str(value) for name, value in settings.items()}
    command = [sys.executable, "-m", "diembao", "watch", f"--sources={sources}", f"--for={seconds:.0f}"]
    return subprocess.Popen([*command, "--allow-loopback"], cwd=ROOT, env=environment)


def judged(options: Options, seconds: float, settings: dict[str, object]) -> bool:
    with tempfile.TemporaryDirectory() as name, world(options, Path(name) / "sources.toml") as control:
        folder = Path(name) / "data"
        started, memory = time.time(), Memory()
        running = start_watch(
            folder,
            Path(name) / "sources.toml",
            seconds,
            feed_floor=10,
            delay=DELAY_S,
            revisit=",".join(map(str, STEPS)),
            **settings,
        )
        with memory.of(running.pid):
            code = running.wait()
        result = judge(
            options,
            control,
            folder / "diembao.sqlite3",
            started=started,
            ended=started + seconds,
            delay=DELAY_S,
            steps=STEPS,
        )
        waiting = _waiting(folder / "diembao.sqlite3")
        took = time.time() - started
        print(f"judged: {seconds:.0f} s, {options.outlets} outlets, took {took:.0f} s, exit {code}")
        print("\n".join(f"  {line}" for line in result.lines()))
        print(f"  not classified or indexed at the end: {waiting}")
        print(f"  lowest F1: {result.lowest}")
        print(f"  missing: {result.missing[:10]}")
        _print_memory(memory)
        return not result.problems and code == 0 and waiting == 0


def calm(options: Options, goal: int, *, to_the_end: bool = True) -> tuple[bool, float]:
    """Whether memory stays under its goal, and articles a second.

    ``to_the_end``: wait until everything is classified and indexed too.
    """
    with tempfile.TemporaryDirectory() as name, world(options, Path(name) / "sources.toml"):
        folder, memory = Path(name) / "data", Memory()
        database = folder / "diembao.sqlite3"
        running = start_watch(
            folder,
            Path(name) / "sources.toml",
            600,
            feed_floor=60,
            delay=0,
            revisit="86400",
            extract_workers=2,
        )
        with memory.of(running.pid):
            wait_for(lambda: _articles(database)[0] >= 1, 60)
            first = time.time()
            wait_for(lambda: _articles(database)[0] >= goal, 600)
            collected = time.time() - first
            if to_the_end:
                wait_for(lambda: _articles(database)[1] >= goal, 600)
            ended = time.time() - first
            running.terminate()
            running.wait()
        print(f"calm: {options.outlets} outlets, delays off, {goal} articles")
        print(f"  collected and archived: {goal / collected:.1f} articles a second")
        if to_the_end:
            print(f"  end to end (classified and indexed): {goal / ended:.1f} articles a second (goal 30)")
        _print_memory(memory)
        return memory.collector < MEMORY_GOAL_MB, goal / ended


def peer(options: Options, interpreter: str, pages: int, ours: float | None) -> None:
    """news-please on pages of the same world; ``ours``: our articles a second in this run."""
    with tempfile.TemporaryDirectory() as name, world(options, Path(name) / "sources.toml") as control:
        urls = [entry["url"] for entry in ask(control, "truth.json")][:pages]
        script = ROOT / "benchmarks" / "collect_peer.py"
        done = subprocess.run(
            [interpreter, str(script)], input=json.dumps(urls), capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"peer: news-please failed: {done.stderr.strip().splitlines()[-1:]}")
            return
        answer = json.loads(done.stdout.splitlines()[-1])
        speed = answer["with_text"] / answer["seconds"]
        print(f"peer: news-please, {answer['with_text']} of {len(urls)} pages have text")
        print(f"  fetched and extracted: {speed:.1f} articles a second")
        if ours is not None:
            print(f"  ours end to end is {ours / speed:.1f} times as fast (goal 5)")
        print(f"  CPU used, start included: {answer['cpu']:.1f} s; machine load {os.getloadavg()[0]:.1f}")


def _articles(database: Path) -> tuple[int, int]:
    """Articles archived, and those of them classified and indexed."""
    try:
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            row = connection.execute(
                "SELECT count(*), coalesce(sum(needs_classify = 0 AND needs_index = 0), 0) "
                "FROM archive_article"
            ).fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return 0, 0
    return int(row[0]), int(row[1])


def _waiting(database: Path) -> int:
    archived, done = _articles(database)
    return archived - done


def _print_memory(memory: Memory) -> None:
    print(
        f"  peak memory: collector {memory.collector:.0f} MB (goal {MEMORY_GOAL_MB}), "
        f"its readers {memory.readers:.0f} MB, the steps after it {memory.steps:.0f} MB"
    )
    busy = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in memory.cpu.items())
    print(f"  CPU used: {busy}; machine load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--only", choices=["judged", "calm", "memory", "peer"])
    parser.add_argument("--tools", type=Path, default=SHARED / "tools")
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    parser.add_argument("--full-check", type=float, help="DIEMBAO_FULL_CHECK of the judged run")
    parser.add_argument("--outlets", type=int, default=200, help="of the calm world")
    parser.add_argument("--articles", type=int, default=2000, help="of the calm world")
    parser.add_argument("--peer-python", help="interpreter with news-please")
    args = parser.parse_args()
    corpus, tool = args.data / "press_dev.jsonl.gz", args.tools / "press_replay.py"
    good = True
    if args.only in (None, "judged"):
        settings = {"full_check": args.full_check} if args.full_check else {}
        good = judged(Options(corpus, tool), args.seconds, settings)
    still = {"backlog": args.articles, "rate": 0.0, "calm": True}
    ours = None
    if args.only in (None, "calm", "memory"):
        whole = args.only != "memory"
        options = Options(corpus, tool, outlets=args.outlets, **still)
        small, speed = calm(options, args.articles, to_the_end=whole)
        good, ours = good and small, speed if whole else None
    if args.peer_python and args.only in (None, "calm", "peer"):
        peer(Options(corpus, tool, outlets=args.outlets, **still), args.peer_python, 300, ours)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
