"""How long a month's replay of many rules takes, and how long the alert step over its newest articles.

    python -m benchmarks.alerts [--articles 20000] [--rules 50] [--data DIR]

The month is made from the corpus of real articles: its texts again and again, at random minutes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
WORDS = [
    *("sạt lở", "lũ quét", "tai nạn", "đấu thầu", "khai thác cát", "ô nhiễm", "bệnh viện", "học sinh"),
    *("đất đai", "giải phóng mặt bằng", "khởi tố", "cháy rừng", "dịch bệnh", "nông thôn mới", "khiếu nại"),
    *("thủy điện", "cầu đường", "hộ nghèo", "lâm tặc", "xăng dầu", "an toàn thực phẩm", "du lịch"),
    *("xuất khẩu", "mưa lớn", "phản ánh"),
]


def main() -> int:
    """Fill, replay, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rules", type=int, default=50)
    parser.add_argument("--data", type=Path, default=DATA)
    args = parser.parse_args()
    if not args.data.is_dir():
        parser.error(f"no corpora in {args.data}; name their folder with --data")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIEMBAO_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        return _measure(args, Path(folder))


def _measure(args: argparse.Namespace, folder: Path) -> int:
    from diembao.bootstrap import migrate, set_up

    set_up()
    migrate()
    from alerts.matching import as_active
    from alerts.models import Alert, Rule
    from alerts.replay import replay_all
    from archive.models import Article
    from pipeline.alert.step import AlertStep
    from search.config import SearchConfig
    from search.documents import documents_from_archive
    from search.service import open_engine

    now = datetime.now(UTC)
    _fill(args.data, args.articles, now)
    engine = open_engine(SearchConfig(folder=folder / "index"))
    started = time.perf_counter()
    engine.rebuild(documents_from_archive())
    print(f"{args.articles} articles indexed in {time.perf_counter() - started:.0f} s")
    rules = [
        Rule.objects.create(
            name=f"Quy tắc {number}",
            query=WORDS[number % len(WORDS)] + (f" OR {WORDS[(number * 7 + 3) % len(WORDS)]}" * (number % 2)),
            conditions={"scopes": ["national"]} if number % 5 == 0 else {},
            active_since=now - timedelta(days=40),
            created_at=now,
            changed_at=now,
        )
        for number in range(args.rules)
    ]
    active = [as_active(rule, now.date()) for rule in rules]

    def progress(done: int, total: int) -> None:
        sys.stderr.write(f"\r{done} of {total} rules")

    wall, cpu = time.perf_counter(), time.process_time()
    results = [result for _, result in replay_all(engine, active, now=now, days=30, progress=progress)]
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    fired, found = sum(r.firings for r in results), sum(r.articles for r in results)
    sys.stderr.write("\n")
    print(f"{args.rules} rules over {args.articles} articles replayed in {wall:.1f} s ({cpu:.1f} s of CPU)")
    print(f"{found} matches, {fired} firings")

    newest = Article.objects.order_by("-pk").values_list("pk", flat=True)[:500]
    Article.objects.filter(pk__in=list(newest)).update(needs_alert=True)
    step = AlertStep(engine)
    wall, done = time.perf_counter(), 0
    while took := step.run(64):
        done += took
    wall = time.perf_counter() - wall
    print(
        f"alert step: {done} articles by {args.rules} rules in {wall:.1f} s, {Alert.objects.count()} alerts"
    )
    engine.close()
    return 0


def _fill(data: Path, count: int, now: datetime) -> None:
    from archive.models import Article, Outlet, Revision, Story

    rng = random.Random(3)
    with gzip.open(data / "press_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    outlets = Outlet.objects.bulk_create(
        Outlet(
            key=f"bao-{number}",
            name=f"Báo {number}",
            kind="newspaper",
            scope="national" if number % 3 == 0 else "local",
            home=f"https://bao-{number}.example/",
        )
        for number in range(20)
    )
    times = sorted(now - timedelta(minutes=rng.uniform(0, 30 * 24 * 60)) for _ in range(count))
    marks = dict.fromkeys(("needs_classify", "needs_story", "needs_signals", "needs_index"), False)
    for start in range(0, count, 1000):
        chunk = times[start : start + 1000]
        stories = Story.objects.bulk_create(
            Story(title="", created_at=at, first_seen=at, last_seen=at, size=1) for at in chunk
        )
        articles = []
        for offset, (at, story) in enumerate(zip(chunk, stories, strict=True)):
            row, outlet = rng.choice(texts), rng.choice(outlets)
            url = f"{outlet.home}bai-{start + offset}.html"
            articles.append(
                Article(
                    outlet=outlet,
                    url=url,
                    canonical_url=url,
                    title=row["title"],
                    lead=row.get("lead", ""),
                    text=row["body"],
                    digest="0" * 64,
                    published_at=at,
                    published_precision="minute",
                    first_seen_at=at,
                    changed_at=at,
                    story=story,
                    **marks,
                )
            )
        made = Article.objects.bulk_create(articles)
        Revision.objects.bulk_create(
            Revision(article=row, number=1, seen_at=row.first_seen_at, title=row.title, digest=row.digest)
            for row in made
        )


if __name__ == "__main__":
    sys.exit(main())
