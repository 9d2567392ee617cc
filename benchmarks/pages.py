"""Server time of every page that is read, over an archive of many articles: median and 95th percentile.

    python -m benchmarks.pages [--articles 20000] [--rounds 12] [--keep DIR]

The archive is the corpus multiplied, with outlets, revisions, findings, stories and readings, in SQLite and
the embedded engine, in a folder that is deleted afterwards. Pages are asked through Django's test client by
an administrator: middleware, view, queries and template count, the network does not. The first request of a
page is told apart ("cold"): what is kept for a while is made by it. CPU time is told beside the clock.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SOME = 500  # distinct texts
OUTLETS = 60
DAYS = 400
CHUNK = 5_000
SLOWEST_MS = 200.0


def texts() -> list[tuple[str, str, str]]:
    with gzip.open(DATA / "press_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(SOME), strict=False)]
    return [(row["title"], row.get("lead") or "", row["body"]) for row in rows]


def fill(count: int) -> None:
    from django.contrib.auth.models import User

    from archive.models import Outlet, Source, SourceHour
    from web.clock import today

    User.objects.create_superuser("admin")
    now = datetime.now(UTC)
    kinds = ("newspaper", "newspaper", "broadcaster", "portal", "aggregator")
    outlets = [
        Outlet(
            key=f"bao-{n}",
            name=f"Báo {n}",
            kind=kinds[n % 5],
            scope="national",
            home=f"https://b{n}.example/",
        )
        for n in range(OUTLETS)
    ]
    Outlet.objects.bulk_create(outlets)
    Source.objects.bulk_create(
        Source(
            outlet=row,
            kind="feed",
            url=f"{row.home}rss",
            next_due_at=now,
            last_success_at=now,
            last_new_at=now,
        )
        for row in outlets
    )
    hour = now.replace(minute=0, second=0, microsecond=0)
    for source in Source.objects.all():
        SourceHour.objects.bulk_create(
            SourceHour(
                source=source,
                hour=hour - timedelta(hours=back),
                day=today(hour - timedelta(hours=back)),
                good=6,
                new_items=2,
            )
            for back in range(24 * 60)
        )
    rng = random.Random(7)
    known = _with_marks(texts())
    for first in range(0, count, CHUNK):
        _chunk(range(first, min(first + CHUNK, count)), count, known, now, rng)
    _decisions_and_log(now)


def _with_marks(known: list[tuple[str, str, str]]) -> list[tuple[str, str, str, str]]:
    from search.text.segments import marks

    return [(*triple, marks(triple)) for triple in known]


def _chunk(
    numbers: range, count: int, known: list[tuple[str, str, str, str]], now: datetime, rng: random.Random
) -> None:
    from django.db import transaction

    from archive.models import Article, Finding, Revision, Story

    topics = _topics()
    articles, revisions, findings, stories = [], [], [], []
    for number in numbers:
        title, lead, text, segments = known[rng.randrange(len(known))]
        at = now - timedelta(days=DAYS) * (1 - (number + 1) / count)
        pk, outlet = number + 1, f"bao-{rng.randrange(OUTLETS)}"
        stories.append(Story(pk=pk, title=title, created_at=at, first_seen=at, last_seen=at, size=1))
        url = f"https://{outlet}.example/bai-{pk}.html"
        facts = {"title": title, "lead": lead, "text": text, "digest": f"{pk:064x}"}
        twice = number % 10 == 0
        articles.append(
            Article(
                pk=pk,
                outlet_id=outlet,
                url=url,
                canonical_url=url,
                published_at=at,
                published_precision="minute",
                first_seen_at=at,
                changed_at=at,
                revision_count=1 + twice,
                story_id=pk,
                segments=segments,
                needs_classify=False,
                needs_story=False,
                needs_signals=False,
                needs_index=False,
                **facts,
            )
        )
        for version in range(1, 2 + twice):
            seen = at + timedelta(hours=version - 1)
            revisions.append(
                Revision(article_id=pk, number=version, seen_at=seen, material=version > 1, **facts)
            )
        labels = [("topic", topic, "") for topic in rng.sample(topics, 2)]
        if number % 3 == 0:
            commune = f"LG{rng.randrange(1, 22):03d}"
            labels += [("province", "about", "LG"), ("place", commune, commune)]
        if number % 30 == 0:
            labels.append(("signal", f"S{rng.randrange(1, 11)}", ""))
        findings += [
            Finding(
                article_id=pk,
                revision_id=0,
                kind=kind,
                label=label,
                code=code,
                score=0.9,
                spans=[{"field": "title", "start": 0, "end": 5, "text": title[:5]}],
                detector="benchmark",
                version="1",
                created_at=at,
            )
            for kind, label, code in labels
        ]
    with transaction.atomic():
        Story.objects.bulk_create(stories)
        Article.objects.bulk_create(articles)
        kept = Revision.objects.bulk_create(revisions)
        newest = {row.article_id: row.pk for row in kept}
        for finding in findings:
            finding.revision_id = newest[finding.article_id]
        Finding.objects.bulk_create(findings)


def _topics() -> list[str]:
    from web.names import topic_names

    return list(topic_names())


def _decisions_and_log(now: datetime) -> None:
    from django.contrib.auth.models import User

    from archive.models import AuditEntry, Finding, Indicator, RegisterEntry
    from cases.models import Decision
    from web.models import SavedSearch

    user = User.objects.get()
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                at=now - timedelta(minutes=n), by=user, person="admin", action="downloaded", subject=f"/{n}"
            )
            for n in range(50_000)
        ],
        batch_size=5_000,
    )
    signals = Finding.objects.filter(kind="signal").order_by("pk")[:3_000]
    Decision.objects.bulk_create(
        Decision(
            finding=row,
            article_id=row.article_id,
            revision_id=row.revision_id,
            signal=row.label,
            score=row.score,
            detector=row.detector,
            detector_version="1",
            verdict="false-alarm",
            reason="Số cũ",
            by=user,
            at=now - timedelta(hours=n),
        )
        for n, row in enumerate(signals)
    )
    Finding.objects.filter(pk__in=[row.pk for row in signals]).update(status="false-alarm")
    for number in range(300):
        indicator = Indicator.objects.create(name=f"Chỉ tiêu {number}", unit="xã")
        RegisterEntry.objects.create(
            indicator=indicator,
            value=str(number),
            province="LG",
            as_of="2026",
            valid_from=now.date(),
            status="approved",
            created_at=now,
        )
    for number in range(20):
        SavedSearch.objects.create(
            name=f"Câu {number}",
            owner=user,
            params="q=s%E1%BA%A1t+l%E1%BB%9F",
            created_at=now,
            changed_at=now,
        )


def addresses(count: int) -> dict[str, Callable[[int], str]]:
    """Every page that is read, by URL name; those of a row ask another one each time."""
    plain = (
        *("dashboard", "dashboard-live", "dashboard-week", "saved", "decisions", "precision", "signals"),
        *(
            "register",
            "register-new",
            "register-import",
            "alerts",
            "rules",
            "rule-new",
            "targets",
            "target-new",
        ),
        *(
            "duty",
            "duty-roster",
            "deliveries",
            "cases",
            "case-new",
            "case-question",
            "case-calendar",
            "case-ics",
        ),
        *("sources", "administration", "people", "audit", "setup", "help", "password", "briefings"),
    )
    from django.urls import reverse

    pages: dict[str, Callable[[int], str]] = {
        name: lambda n, name=name: reverse(f"web:{name}")  # type: ignore[misc]
        for name in plain
    }
    words = ("sạt lở", "giá", "tỉnh", "“học sinh”", "công an -tai nạn", "đất đai OR mỏ cát")

    def row(name: str) -> Callable[[int], str]:
        return lambda n: reverse(f"web:{name}", args=((n * 7919) % count + 1,))

    pages |= {name: row(name) for name in ("article", "story")}
    pages["comparison"] = lambda n: reverse("web:comparison", args=((n * 790) % count // 10 * 10 + 1,))
    pages["outlet"] = lambda n: reverse("web:outlet", args=(f"bao-{n % OUTLETS}",))
    pages["register-entry"] = lambda n: reverse("web:register-entry", args=(n % 300 + 1,))
    pages["saved-open"] = lambda n: reverse("web:saved-open", args=(n % 20 + 1,))
    pages["search, words"] = lambda n: f"{reverse('web:search')}?q={words[n % len(words)]}"
    pages["search, all"] = lambda n: reverse("web:search")
    pages["search, filters"] = lambda n: f"{reverse('web:search')}?about=LG&kind=portal&sort=newest"
    pages["audit, page 500"] = lambda n: f"{reverse('web:audit')}?page=500"
    pages["decisions, decided"] = lambda n: f"{reverse('web:decisions')}?status=decided"
    return pages


def measure(rounds: int, count: int) -> float:
    """Print one line for each page; returns the largest 95th percentile in milliseconds."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get())
    worst = 0.0
    print(f"{'page':22} {'cold':>8} {'median':>8} {'p95':>8} {'cpu p95':>8}  ms")
    for name, address in addresses(count).items():
        spans, cpus = [], []
        for turn in range(rounds + 1):
            began, cpu = time.perf_counter(), time.process_time()
            response = client.get(address(turn))
            spans.append(1000 * (time.perf_counter() - began))
            cpus.append(1000 * (time.process_time() - cpu))
            if response.status_code not in (200, 302):
                raise SystemExit(f"{address(turn)} answered {response.status_code}")
        p95, cpu95 = (_p95(values[1:]) for values in (spans, cpus))
        worst = max(worst, p95)
        mark = "  SLOW" if p95 > SLOWEST_MS else ""
        print(
            f"{name:22} {spans[0]:8.0f} {statistics.median(spans[1:]):8.0f} {p95:8.0f} {cpu95:8.0f}{mark}",
            flush=True,
        )
    return worst


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def main() -> int:
    parser = argparse.ArgumentParser(description="Server time of every page.")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--keep", type=Path, help="fill this folder, or measure over it when it is filled")
    args = parser.parse_args()
    if not (DATA / "press_dev.jsonl.gz").is_file():
        raise SystemExit(f"no corpus at {DATA}")
    folder = args.keep or Path(tempfile.mkdtemp(prefix="diembao-pages-"))
    os.environ |= {
        "DIEMBAO_DATA": str(folder),
        "DIEMBAO_PROVINCE": "demo",
        "DJANGO_SETTINGS_MODULE": "diembao.django_settings",
        "DIEMBAO_ALLOWED_HOSTS": "testserver",
    }
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from search.documents import documents_from_archive
    from web.engine import engine

    try:
        call_command("migrate", verbosity=0)
        if not User.objects.exists():
            began = time.monotonic()
            fill(args.articles)
            print(f"filled in {time.monotonic() - began:.0f} s", flush=True)
            began = time.monotonic()
            engine().rebuild(documents_from_archive())
            print(f"indexed in {time.monotonic() - began:.0f} s", flush=True)
        worst = measure(args.rounds, args.articles)
        print(f"{args.articles} articles; slowest page at p95: {worst:.0f} ms")
        engine().close()
    finally:
        if args.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    return 0 if worst <= SLOWEST_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
