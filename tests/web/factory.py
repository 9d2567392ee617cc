"""A small archive of made-up articles for the tests of the pages."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from archive.diff import Version, compare, is_material
from archive.models import (
    Article,
    ArticleEvent,
    Finding,
    Outlet,
    Revision,
    Source,
    SourceHour,
    SourceRead,
)
from web.clock import today

_serial = count(1)


def make_outlet(key: str = "bao-lam-giang", name: str = "Báo Lam Giang", **fields: object) -> Outlet:
    defaults = {
        "name": name,
        "kind": "newspaper",
        "scope": "local",
        "home": f"https://{key}.example/",
        "status": "verified",
    }
    return Outlet.objects.update_or_create(key=key, defaults=defaults | fields)[0]


def make_article(
    outlet: Outlet,
    title: str = "Đèo Sơn Vàng sạt lở sau mưa lớn",
    *,
    lead: str = "Mưa suốt đêm làm đất đá tràn xuống mặt đường.",
    text: str = "Sáng 24/11, 12 hộ dân được di dời.\nNgành giao thông bố trí hai máy xúc.",
    at: datetime | None = None,
    precision: str = "minute",
    **fields: object,
) -> Article:
    number = next(_serial)
    seen = at or timezone.now() - timedelta(minutes=number)
    url = str(fields.pop("url", f"{outlet.home}bai-{number}.html"))
    digest = hashlib.sha256(f"{title}{lead}{text}".encode()).hexdigest()
    values = {
        "canonical_url": f"{outlet.home}bai-{number}.html",
        "published_at": None if precision == "unknown" else seen - timedelta(minutes=2),
        "published_precision": precision,
        "first_seen_at": seen,
        "changed_at": seen,
    }
    article = Article.objects.create(
        outlet=outlet, url=url, title=title, lead=lead, text=text, digest=digest, **(values | fields)
    )
    Revision.objects.create(
        article=article, number=1, seen_at=seen, title=title, lead=lead, text=text, digest=digest
    )
    return article


def revise(article: Article, at: datetime | None = None, **texts: str) -> Revision:
    """A new version with other title, lead or text."""
    before = Version(article.title, article.lead, article.text)
    for name, value in texts.items():
        setattr(article, name, value)
    changes = compare(before, Version(article.title, article.lead, article.text))
    article.revision_count += 1
    article.changed_at = at or timezone.now()
    article.save()
    return Revision.objects.create(
        article=article,
        number=article.revision_count,
        seen_at=article.changed_at,
        title=article.title,
        lead=article.lead,
        text=article.text,
        digest=hashlib.sha256(article.text.encode()).hexdigest(),
        material=is_material(changes),
        changes=[change.as_json() for change in changes],
    )


def take_down(article: Article, at: datetime | None = None) -> ArticleEvent:
    article.gone_at = at or timezone.now()
    article.save()
    return ArticleEvent.objects.create(article=article, kind="gone", at=article.gone_at, status=404)


def find(article: Article, kind: str, label: str, phrase: str = "", **fields: object) -> Finding:
    """A finding on the newest version; ``phrase`` is looked for in the text."""
    start = article.text.find(phrase) if phrase else -1
    spans = []
    if start >= 0:
        spans = [{"field": "text", "start": start, "end": start + len(phrase), "text": phrase}]
    values = {"score": 0.9, "detector": "test", "version": "1", "created_at": timezone.now()}
    return Finding.objects.create(
        article=article,
        revision=article.revisions.order_by("-number")[0],
        kind=kind,
        label=label,
        spans=spans,
        **(values | fields),
    )


def make_source(outlet: Outlet, *, a_day: int = 12, days: int = 14, **fields: object) -> Source:
    """A feed with readings every hour that brought ``a_day`` items a day."""
    now = timezone.now()
    values = {
        "kind": "feed",
        "url": f"{outlet.home}rss/{next(_serial)}.rss",
        "next_due_at": now + timedelta(minutes=7),
        "last_tried_at": now - timedelta(minutes=3),
        "last_success_at": now - timedelta(minutes=3),
        "last_new_at": now - timedelta(minutes=20),
    }
    source = Source.objects.create(outlet=outlet, **(values | fields))
    hour = now.replace(minute=0, second=0, microsecond=0)
    SourceHour.objects.bulk_create(
        SourceHour(
            source=source,
            hour=hour - timedelta(hours=back),
            day=today(hour - timedelta(hours=back)),
            good=6,
            new_items=(back * 7 % 3) * a_day // 24,
        )
        for back in range(days * 24)
    )
    SourceRead.objects.bulk_create(
        SourceRead(
            source=source,
            at=now - timedelta(minutes=10 * back),
            outcome="read" if back % 4 else "not-modified",
            status=200 if back % 4 else 304,
            items=30 if back % 4 else 0,
            new_items=back % 3,
        )
        for back in range(60)
    )
    return source
