"""Articles as the JSON objects of ``export articles`` (one object per article, streamed)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Prefetch

from archive.corrections import topics_of
from archive.models import Article, Finding, Revision
from archive.vietnam import VIETNAM

BATCH = 200


def export_articles(ids: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The articles of ``ids`` in that order, read in batches; ids that do not exist are skipped."""
    revisions = Revision.objects.order_by("number").only("article_id", "number", "seen_at", "digest")
    articles = Article.objects.prefetch_related(Prefetch("revisions", revisions), "findings")
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH)):
        found = articles.in_bulk(batch)
        yield from (export_article(found[pk]) for pk in batch if pk in found)


def export_article(article: Article) -> dict[str, Any]:
    """One article. Times are ISO 8601 in Việt Nam's time with offset, to the second."""
    findings = list(article.findings.all())
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "outlet": article.outlet_id,
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "published_at": _time(article.published_at),
        "published_precision": article.published_precision,
        "first_seen_at": _time(article.first_seen_at),
        "revisions": [
            {"seen_at": _time(revision.seen_at), "digest": revision.digest}
            for revision in article.revisions.all()
        ],
        "gone_at": _time(article.gone_at),
        "story": str(article.story_id) if article.story_id else None,
        "about": [
            {"name": row.evidence.get("name"), "code": row.code, "now": row.evidence.get("now")}
            for row in findings
            if row.kind == "province" and row.label == "about"
        ],
        "topics": topics_of(findings),
        "findings": [_signal(row) for row in findings if row.kind == "signal"],
    }


def _signal(row: Finding) -> dict[str, Any]:
    return {
        "signal": row.label,
        "span": row.spans[0] if row.spans else None,
        "evidence": row.evidence,
        "status": row.get_status_display().lower(),
    }


def _time(at: datetime | None) -> str | None:
    return at.astimezone(VIETNAM).isoformat(timespec="seconds") if at else None
