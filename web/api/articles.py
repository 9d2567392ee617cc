"""Articles: the archive's list, one with all that was found in it, its versions; correcting topics."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from archive.corrections import correct_topics, topics_of
from archive.models import Article, Finding, Outlet, Revision
from web.api.access import token_of
from web.api.fields import LARGEST_ID, Body, Reason, Time, Told, Word
from web.api.once import once
from web.api.operation import reads, writes
from web.api.paging import Page, PageParams, page_of
from web.api.problems import bad_field, not_found
from web.api.scopes import Scope
from web.api.shapes import ArticleBrief, FindingTold, Span, brief, findings_told, is_current, spans_of
from web.names import place_name, topic_name, topic_names

router = Router(tags=["articles"])
MOST_TOPICS = 40


class ArticleParams(PageParams):
    """Which articles."""

    outlet: Word = Field("", description="Key of an outlet.")
    story: int | None = Field(None, ge=1, le=LARGEST_ID)
    gone: bool | None = Field(
        None, description="Only those that were taken down, or only those that were not."
    )
    changed_within_days: int | None = Field(None, ge=1, le=3660, description="Seen, edited or gone since.")


class Place(Told):
    """A place or province found in the text."""

    name: str
    code: str
    now: str | None = Field(description="today's province")
    spans: list[Span]


class TopicTold(Told):
    """A topic that holds for the article."""

    id: str
    name: str


class RevisionBrief(Told):
    """One version, without its text."""

    number: int
    seen_at: Time
    digest: str = Field(description="SHA-256 of the content")
    material: bool = Field(description="numbers, names, negations or the headline changed")
    evidence: int | None = Field(description="sequence in the evidence chain")


class EventTold(Told):
    """Taken down, or back again."""

    kind: str
    at: Time
    status: int | None


class ArticleTold(ArticleBrief):
    """An article with its newest text."""

    canonical_url: str
    text: str
    language: str
    about: list[Place]
    places: list[Place]
    topics: list[TopicTold]
    revisions: list[RevisionBrief]
    events: list[EventTold]
    findings: list[FindingTold]


class RevisionTold(RevisionBrief):
    """One version with its text, and what changed since the one before."""

    title: str
    lead: str
    text: str
    changes: list[dict[str, object]]


class TopicBody(Body):
    """Topics to put on and to take off, by id."""

    add: list[Word] = Field(default_factory=list, max_length=MOST_TOPICS)
    remove: list[Word] = Field(default_factory=list, max_length=MOST_TOPICS)
    reason: Reason


class TopicsTold(Told):
    """The topics that hold now, and what the correction changed."""

    topics: list[TopicTold]
    added: list[str]
    removed: list[str]


@router.get("/articles", response=Page[ArticleBrief], summary="List articles", **reads(Scope.ARTICLES_READ))
def list_articles(request: HttpRequest, params: Query[ArticleParams]) -> Page[ArticleBrief]:
    """Newest in the archive first. To search, see /search."""
    rows = Article.objects.select_related("outlet").defer("text")
    if params.outlet:
        if not Outlet.objects.filter(pk=params.outlet).exists():
            raise bad_field("query.outlet", _("không có báo nào mang mã này"))
        rows = rows.filter(outlet=params.outlet)
    if params.story is not None:
        rows = rows.filter(story=params.story)
    if params.gone is not None:
        rows = rows.filter(gone_at__isnull=not params.gone)
    if params.changed_within_days is not None:
        rows = rows.filter(changed_at__gte=timezone.now() - timedelta(days=params.changed_within_days))
    found, cursor = page_of(rows, params)
    return Page[ArticleBrief](items=[brief(row) for row in found], next_cursor=cursor)


@router.get(
    "/articles/{row:pk}", response=ArticleTold, summary="Read an article", **reads(Scope.ARTICLES_READ)
)
def read_article(request: HttpRequest, pk: int) -> ArticleTold:
    """Its text, places, topics, versions, events, and findings with both sides' evidence."""
    row = Article.objects.select_related("outlet").filter(pk=pk).first()
    if row is None:
        raise not_found()
    revisions = list(_revisions(row))
    newest = revisions[-1].pk if revisions else None
    everything = list(row.findings.select_related("revision"))
    findings = [found for found in everything if is_current(found, newest)]
    return ArticleTold(
        **brief(row).model_dump(exclude={"published_at", "first_seen_at", "gone_at"}),
        published_at=row.published_at,
        first_seen_at=row.first_seen_at,
        gone_at=row.gone_at,
        canonical_url=row.canonical_url,
        text=row.text,
        language=row.language,
        about=[_place(one) for one in findings if one.kind == "province" and one.label == "about"],
        places=[_place(one) for one in findings if one.kind == "place"],
        topics=_topics(everything),
        revisions=[_revision(one) for one in revisions],
        events=[EventTold(kind=one.kind, at=one.at, status=one.status) for one in row.events.all()],
        findings=findings_told(row, [one for one in findings if one.kind == "signal"]),
    )


@router.get(
    "/articles/{row:pk}/revisions/{row:number}",
    response=RevisionTold,
    summary="Read a version of an article",
    **reads(Scope.ARTICLES_READ),
)
def read_revision(request: HttpRequest, pk: int, number: int) -> RevisionTold:
    """One version as it was seen, and what changed, sentence by sentence."""
    row = Revision.objects.select_related("snapshot").filter(article=pk, number=number).first()
    if row is None:
        raise not_found()
    told = _revision(row).model_dump(exclude={"seen_at"})
    texts = {"title": row.title, "lead": row.lead, "text": row.text, "changes": row.changes}
    return RevisionTold(**told, **texts, seen_at=row.seen_at)


@router.post(
    "/articles/{row:pk}/topics",
    response=TopicsTold,
    summary="Correct an article's topics",
    **writes(Scope.TOPICS_WRITE),
)
@once
def correct_article_topics(request: HttpRequest, pk: int, body: TopicBody) -> TopicsTold:
    """Kept through re-classification, and learned from. Topics already as asked for are left alone."""
    known = topic_names()
    for name in ("add", "remove"):
        for place, topic in enumerate(getattr(body, name)):
            if topic not in known:
                raise bad_field(f"body.{name}.{place}", _("không có chủ đề này"))
    if not Article.objects.filter(pk=pk).exists():
        raise not_found()
    made = correct_topics(
        pk,
        added=body.add,
        removed=body.remove,
        by=token_of(request).owner,
        now=timezone.now(),
        reason=body.reason,
    )
    topics = _topics(list(Finding.objects.filter(article=pk, kind="topic")))
    return TopicsTold(topics=topics, added=made.added, removed=made.removed)


def _revisions(row: Article) -> list[Revision]:
    rows = row.revisions.select_related("snapshot").defer("text", "lead", "changes")
    return list(rows.order_by("number"))


def _revision(row: Revision) -> RevisionBrief:
    return RevisionBrief(
        number=row.number,
        seen_at=row.seen_at,
        digest=row.digest,
        material=row.material,
        evidence=row.snapshot.sequence if row.snapshot else None,
    )


def _place(row: Finding) -> Place:
    evidence = row.evidence if isinstance(row.evidence, dict) else {}
    now = evidence.get("now")
    return Place(
        name=str(evidence.get("name") or place_name(row.code) or row.label),
        code=row.code,
        now=str(now) if now else None,
        spans=spans_of(row),
    )


def _topics(findings: list[Finding]) -> list[TopicTold]:
    return [TopicTold(id=topic, name=topic_name(topic)) for topic in topics_of(findings)]
