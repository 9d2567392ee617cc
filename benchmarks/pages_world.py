"""The archive over which pages are measured: many articles and some of everything that pages show."""

from __future__ import annotations

import gzip
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SOME = 500  # distinct texts
OUTLETS = 60
DAYS = 400
CHUNK = 5_000


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
