"""Cases for tests: opened and taken as far as asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User

from archive.models import Article, Story
from cases.models import Case
from cases.moving import assign, move
from cases.opening import open_case
from cases.states import Kind, State

# Wednesday, 10:15 in Việt Nam; the day before was Ngày Văn hóa Việt Nam.
NOW = datetime(2026, 11, 25, 3, 15, tzinfo=UTC)


def story_of(*articles: Article) -> Story:
    story = Story.objects.create(
        title=articles[0].title,
        origin=articles[0],
        created_at=NOW,
        first_seen=NOW,
        last_seen=NOW,
        size=len(articles),
    )
    for article in articles:
        article.story = story
        article.save()
    return story


def opened(article: Article, by: User, kind: str = Kind.CORRECTION, now: datetime = NOW) -> Case:
    return open_case(kind, article_id=article.pk, by=by, now=now, reason="số liệu khác sổ").case


def step(case: Case, target: State, by: User, minutes: float = 60, **fields: object) -> Case:
    """Move on, ``minutes`` after NOW."""
    case.refresh_from_db()
    at = NOW + timedelta(minutes=minutes)
    return move(case.pk, target, version=case.version, by=by, now=at, reason="x", **fields)


def given(case: Case, by: User, agency: str = "so-xay-dung", officer: User | None = None) -> Case:
    """Verified and given to an agency, an hour after NOW."""
    step(case, State.VERIFYING, by)
    case.refresh_from_db()
    at = NOW + timedelta(hours=1)
    assign(case.pk, version=case.version, agency=agency, officer=officer, by=by, now=at, reason="x")
    return step(case, State.ASSIGNED, by)
