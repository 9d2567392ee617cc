"""How long the briefing of a full week takes: built, and drawn in every format.

    python -m benchmarks.briefing [--articles 2000] [--data DIR]

The corpus is spread over the week and dealt to the outlets of the demo profile, every fifth article printed
again by an aggregator; all go through the real classifiers and stories (not timed). The corpus is of other
provinces, so every article is then said to be about ours. A third as many fill the week before.
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
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
WEEK = "2026-W47"
Text = tuple[str, str, str]


def texts(data: Path, rng: random.Random) -> Iterator[Text]:
    """Title, lead and body, in a fixed order, again from the start when all were given."""
    with gzip.open(data / "press_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rng.shuffle(rows)
    while True:
        for row in rows:
            yield row["title"], row.get("lead", ""), row["body"]


def fill(data: Path, articles: int) -> None:
    """Archive the articles and let the steps before briefings do their work."""
    from archive.models import Article, Finding, Outlet, Revision
    from archive.outlets import sync_outlets
    from archive.textform import content_digest
    from briefings.weeks import CutOff, parse_week
    from pipeline.classify.classifiers import load_classifiers
    from pipeline.classify.step import ClassifyStep
    from pipeline.stories.step import StoryStep
    from provinces.loader import load_province

    profile, rng = load_province("demo"), random.Random(7)
    ends = parse_week(WEEK).ends(CutOff()).astimezone(UTC)
    sync_outlets(profile.outlets, now=ends, default_delay=1.0)
    outlets = list(Outlet.objects.order_by("pk"))
    aggregator = Outlet.objects.get(kind="aggregator")
    source = texts(data, rng)

    def put(number: int, outlet: Outlet, text: Text, at: datetime) -> None:
        url = f"https://{outlet.pk}.example/{number}"
        digest = content_digest(*text)
        words = {"title": text[0], "lead": text[1], "text": text[2], "digest": digest}
        article = Article.objects.create(
            outlet=outlet,
            url=url,
            canonical_url=url,
            published_at=at,
            published_precision="minute",
            first_seen_at=at + timedelta(minutes=3),
            changed_at=at,
            **words,
        )
        Revision.objects.create(article=article, number=1, seen_at=at, **words)

    last: Text = ("", "", "")
    for number in range(articles + articles // 3):
        back = timedelta(days=7 if number >= articles else 0, minutes=rng.randrange(1, 7 * 24 * 60 - 10))
        reprint = number % 5 == 4
        text = (f"Nóng: {last[0]}", last[1], last[2]) if reprint else next(source)
        put(number, aggregator if reprint else rng.choice(outlets), text, ends - back)
        last = text
    for step in (ClassifyStep(load_classifiers(profile.folder, None)), StoryStep()):
        while step.run(64):
            pass
    known = Finding.objects.filter(kind="province", label="about", code=profile.code).values("article")
    rows = Article.objects.exclude(pk__in=known).values_list("pk", "revisions")
    Finding.objects.bulk_create(
        Finding(
            article_id=pk,
            revision_id=revision,
            kind="province",
            label="about",
            code=profile.code,
            score=1.0,
            detector="benchmark",
            version="1",
            created_at=ends,
        )
        for pk, revision in rows
    )


def measure(articles: int) -> None:
    """Build and draw, by the clock and by CPU."""
    from briefings.building import Office, briefing_of, build
    from briefings.render import FORMATS, render
    from briefings.versions import opened
    from briefings.weeks import parse_week
    from provinces.loader import gazetteer_of, load_province

    now = datetime(2026, 11, 20, tzinfo=UTC)
    office = Office(load_province("demo"), gazetteer_of("demo"), "https://diembao.example")
    briefing = briefing_of(office.profile, parse_week(WEEK), now=now)
    wall, cpu = time.perf_counter(), time.process_time()
    version = build(office, briefing, by=None, now=now)
    kept = opened(version)
    print(
        f"{len(kept.annex)} articles of the week ({articles} asked): built in"
        f" {time.perf_counter() - wall:.1f} s, {time.process_time() - cpu:.1f} s of CPU"
    )
    for form in FORMATS:
        wall, cpu = time.perf_counter(), time.process_time()
        size = len(render(kept.content, kept.annex, form))
        print(
            f"{form}: {size:,} bytes in {time.perf_counter() - wall:.1f} s,"
            f" {time.process_time() - cpu:.1f} s of CPU"
        )


def main() -> int:
    """Fill, measure, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--data", type=Path, default=DATA)
    args = parser.parse_args()
    if not args.data.is_dir():
        parser.error(f"no corpora in {args.data}; name their folder with --data")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DIEMBAO_DATA": folder, "DIEMBAO_PROVINCE": "demo", "DIEMBAO_LOG_LEVEL": "error"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "diembao.django_settings"
        import django

        django.setup()
        from diembao.bootstrap import migrate

        migrate()
        started = time.perf_counter()
        fill(args.data, args.articles)
        print(f"archive filled, classified and put into stories in {time.perf_counter() - started:.0f} s")
        measure(args.articles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
