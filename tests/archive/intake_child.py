"""A worker to be killed: lists articles, claims pages and takes them in, printing a line a visit.

``init``: migrate. ``work FOLDER COUNT GROUP``: until COUNT articles are in, GROUP visits a transaction;
a visit takes a line from stdin as its leave, and needs none once stdin has ended.
``check FOLDER``: JSON on stdout.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

HOST = "https://bao.lamgiang.example"
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LISTED = 30  # articles a feed shows at a time


def work(folder: Path, count: int, group: int) -> None:
    from django.db import transaction

    from archive.evidence import RawAnswer
    from archive.frontier import claim_pages, claim_sources, release_leases
    from archive.intake import ArticleContent, record_page
    from archive.models import Page
    from archive.outlets import sync_outlets
    from archive.polling import PollPolicy, RevisitSchedule
    from archive.sources import LinkRow, record_read
    from archive.warc import WarcFolder
    from provinces import records

    outlet = records.Outlet(
        "lam-giang",
        "Báo Lam Giang",
        records.OutletKind.NEWSPAPER,
        records.Scope.LOCAL,
        HOST,
        (f"{HOST}/rss",),
    )
    sync_outlets([outlet], now=NOW - timedelta(minutes=1), default_delay=0)
    release_leases()
    store = WarcFolder(folder)
    policy, schedule, at = PollPolicy(1, 2), RevisitSchedule((5,)), NOW
    while True:
        at += timedelta(seconds=3)
        for source in claim_sources(at, 1, timedelta(minutes=1)):
            have = Page.objects.count()
            numbers = range(max(0, have - 5), min(have + LISTED, count))
            links = [LinkRow(f"{HOST}/{n}.html", f"Bài {n}") for n in numbers]
            record_read(source.pk, at=at, outcome="read", links=links, policy=policy)
        pages = claim_pages(at, 10, timedelta(minutes=1), per_outlet=10)
        for start in range(0, len(pages), group):
            with transaction.atomic(), store.group():
                for page in pages[start : start + group]:
                    sys.stdin.readline()
                    number = page.url.rsplit("/", 1)[1].removesuffix(".html")
                    # The second visit finds the text silently edited.
                    text = f"Bài {number}, lần {min(page.visits, 1)}. " + "Nội dung. " * 20
                    body = f"<html>{text}</html>".encode()
                    raw = RawAnswer(page.url, 200, (), body, at, hashlib.sha256(body).hexdigest())
                    content = ArticleContent(page.url, page.url, f"Bài {number}", "", text, None, "unknown")
                    record_page(page.pk, at=at, snapshot=raw, content=content, schedule=schedule, store=store)
                    sys.stdout.write(f"{number}\n")
                    sys.stdout.flush()
        if Page.objects.count() == count and not Page.objects.filter(due_at__isnull=False).exists():
            return


def check(folder: Path) -> None:
    from archive.evidence import verify
    from archive.models import Article, Revision, Snapshot

    report = verify(folder)
    result = {
        "good": report.good,
        "checked": report.checked,
        "problems": [problem.message for problem in report.problems],
        "titles": list(Article.objects.values_list("title", flat=True)),
        "revisions": sorted(Revision.objects.values_list("article__title", "number")),
        "unproven": Revision.objects.filter(snapshot=None).count(),
        "snapshots": Snapshot.objects.count(),
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diembao.django_settings")
    django.setup()
    if sys.argv[1] == "init":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    elif sys.argv[1] == "work":
        work(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        check(Path(sys.argv[2]))
