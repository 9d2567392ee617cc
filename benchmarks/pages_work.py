"""What an office has done over the archive that pages are measured on: stories, cases, alerts, a briefing."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

STORIES = 100  # every so many articles begin a story of several
SIZE = 8  # articles of such a story
CASES = 600
ALERTS = 5_000
RULES = 30
READS = 40_000


def fill(count: int) -> None:
    """Once, over an archive of ``count`` articles."""
    from django.contrib.auth.models import User

    now = datetime.now(UTC)
    by = User.objects.get(username="admin")
    _stories(count, now)
    _evidence(now)
    _reads(now)
    _cases(count, now, by)
    _alerts(count, now, by)
    _briefing(now, by)
    _pages(now, by)


def _stories(count: int, now: datetime) -> None:
    from django.db.models import F

    from archive.models import Article, Story, StoryLink

    links = []
    for first in range(1, count - SIZE, STORIES):
        Article.objects.filter(pk__in=range(first + 1, first + SIZE)).update(story=first)
        for one in range(first, first + SIZE):
            for other in range(first, one):
                links.append(_link(StoryLink, one, other, "reprint", 0.9, now))
        if first > STORIES:
            links.append(_link(StoryLink, first, first - STORIES, "follow-up", 0.4, now))
            links.append(_link(StoryLink, first + 1, first - STORIES, "suggested", 0.5, now))
    StoryLink.objects.bulk_create(links, batch_size=5_000)
    beginnings = range(1, count - SIZE, STORIES)
    Story.objects.filter(pk__in=list(beginnings)).update(size=SIZE)
    Story.objects.filter(origin=None).update(origin=F("pk"))


def _link(model: Any, one: int, other: int, kind: str, score: float, now: datetime) -> Any:
    return model(
        article_id=one,
        other_id=other,
        kind=kind,
        method="benchmark",
        score=score,
        details={"containment": score, "resemblance": score},
        created_at=now,
    )


def _evidence(now: datetime) -> None:
    from hashlib import sha256

    from django.conf import settings

    from archive.evidence import RawAnswer, append
    from archive.models import Article
    from archive.warc import WarcFolder

    body = b"<!doctype html><title>x</title>" + b"<p>x</p>" * 5_000
    store = WarcFolder(settings.DIEMBAO_SNAPSHOTS)
    for article in Article.objects.order_by("pk")[:50]:
        kept = append(store, RawAnswer(article.url, 200, (), body, now, sha256(body).hexdigest()), article)
        article.revisions.update(snapshot=kept)
    store.close()


def _reads(now: datetime) -> None:
    from archive.models import Source, SourceRead

    sources = list(Source.objects.values_list("pk", flat=True))
    SourceRead.objects.bulk_create(
        (
            SourceRead(
                source_id=sources[n % len(sources)],
                at=now - timedelta(minutes=n / 4),
                outcome="read",
                status=200,
                items=20,
                new_items=n % 3,
            )
            for n in range(READS)
        ),
        batch_size=5_000,
    )


def _cases(count: int, now: datetime, by: Any) -> None:
    from django.conf import settings

    from archive.models import Finding
    from cases.drafting import save_draft
    from cases.files import attach
    from cases.models import Case
    from cases.moving import assign, move, write_note
    from cases.office import agencies_on
    from cases.opening import open_case, open_question

    kinds = ("needs-reply", "correction", "criticism")
    agency = agencies_on(now.date())[0].id
    findings = list(
        Finding.objects.filter(kind="signal").order_by("-pk").values_list("pk", flat=True)[:CASES]
    )
    for place, finding in enumerate(findings):
        at = now - timedelta(hours=place)
        if place % 5 == 0:
            open_question(
                outlet_key=f"bao-{place % 60}",
                question=f"Câu hỏi số {place}",
                received_at=at,
                agency=agency,
                by=by,
                now=at,
            )
        else:
            kind = kinds[place % len(kinds)]
            open_case(kind, by=by, now=at, reason="khác sổ", finding_ids=[finding])
    row = Case.objects.exclude(kind="question").order_by("pk")[0]
    for number in range(30):
        row = write_note(row.pk, f"Ghi chú {number}", by=by, now=now)
    row = move(row.pk, "verifying", version=row.version, by=by, now=now, reason="x")
    row = assign(row.pk, agency=agency, officer=None, version=row.version, by=by, now=now, reason="x")
    for target in ("assigned", "drafting"):
        row = move(row.pk, target, version=row.version, by=by, now=now, reason="x")
    form = "correction-request"
    cells = dict.fromkeys(("issuer", "place", "about", "to", "body", "signer_title"), "Nội dung")
    save_draft(row.pk, form, cells, version=row.version, by=by, now=now)
    attach(row.pk, "a.pdf", b"%PDF-1.7\nx\n%%EOF\n", folder=settings.DIEMBAO_ATTACHMENTS, by=by, now=now)


def _alerts(count: int, now: datetime, by: Any) -> None:
    from alerts.models import Alert, Delivery, Rule, Target
    from archive.models import Article

    targets = [
        Target.objects.create(name=f"Nơi nhận {n}", channel="email", address=f"a{n}@b.vn", owner=None)
        for n in range(10)
    ]
    rules = []
    for number in range(RULES):
        rule = Rule.objects.create(
            name=f"Quy tắc {number}",
            query=("sạt lở", "mỏ cát", "học sinh")[number % 3],
            created_by=by,
            active_since=now,
            created_at=now,
            changed_at=now,
        )
        rule.subscriptions.create(target=targets[number % len(targets)])
        rules.append(rule)
    rng = random.Random(7)
    alerts = []
    for number in range(ALERTS):
        article = count - number
        at = now - timedelta(minutes=10 * number)
        card: dict[str, Any] = {
            "headline": f"Tiêu đề số {number}",
            "outlet": "Báo 1",
            "url": "https://b1.example/",
        }
        card |= {"published_at": at.isoformat(), "precision": "minute", "article": article}
        card |= {"lead": "Đoạn dẫn. " * 20, "matched": ["sạt lở"], "signals": [], "similar": [], "size": 1}
        alerts.append(
            Alert(
                key=f"benchmark/{number}",
                rule=rules[number % RULES],
                article_id=article,
                severity=rng.randrange(1, 5),
                state=("open", "acknowledged", "closed")[number % 3],
                cause=card,
                fired_at=at,
                last_fired_at=at,
            )
        )
    assert Article.objects.filter(pk=count).exists()
    kept = Alert.objects.bulk_create(alerts, batch_size=1_000)
    Delivery.objects.bulk_create(
        (
            Delivery(
                alert=alert,
                target=targets[alert.pk % len(targets)],
                channel="email",
                kind="first",
                key=f"benchmark/{alert.pk}",
                payload=alert.cause,
                state=("sent", "sent", "dead")[alert.pk % 3],
                created_at=alert.fired_at,
                next_at=alert.fired_at,
            )
            for alert in kept
        ),
        batch_size=1_000,
    )


def _briefing(now: datetime, by: Any) -> None:
    from briefings.building import Office, briefing_of, build
    from briefings.models import Build
    from briefings.versions import newest, opened
    from briefings.weeks import CutOff, last_week
    from provinces.loader import gazetteer_of, load_province

    office = Office(load_province("demo"), gazetteer_of("demo"), "https://diembao.example")
    week = last_week(now, CutOff())
    for one in (week.before(), week):
        row = briefing_of(office.profile, one, now=now)
        began = datetime.now(UTC)
        build(office, row, by=by, now=now)
        build(office, row, by=by, now=now + timedelta(minutes=1))
        version = newest(row)
        assert version is not None
        spent = (datetime.now(UTC) - began).total_seconds()
        print(f"briefing of {one}: {len(opened(version).annex)} articles, two versions in {spent:.0f} s")
    Build.objects.create(briefing=row, by=by, created_at=now)


def _pages(now: datetime, by: Any) -> None:
    from archive.models import Indicator, RegisterEntry
    from web.models import SavedSearch

    for indicator in Indicator.objects.order_by("pk")[:20]:
        RegisterEntry.objects.create(
            indicator=indicator, value="1", province="LG", as_of="2027", valid_from=now.date(), created_at=now
        )
    SavedSearch.objects.filter(owner=by, name="Câu 0").update(token="benchmark")
