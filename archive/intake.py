"""Takes in what a visit to a page brought: a new article, a new revision, or nothing new.

Each door is one transaction: after a kill at any moment the page is either done or still due.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from archive import evidence
from archive.diff import Version, compare, is_material
from archive.identity import canonical_of, same_article
from archive.models import Article, ArticleEvent, Page, Revision, Snapshot
from archive.polling import RevisitSchedule, page_wait_after_failure, page_wait_when_refused
from archive.textform import content_digest, stored
from archive.warc import WarcFolder

# More precise first; a time is only ever replaced by a more precise one.
RANK = {"minute": 2, "day": 1, "unknown": 0}
# Nobody publishes later than this after we fetched it: such a clock is wrong.
MAX_AHEAD = timedelta(days=1)
# Kinds of failure that no quick retry mends.
REFUSALS = {"robots", "address"}
# A page without an article may be a broken answer once; after this many times it is none.
UNREADABLE_BEFORE_REFUSED = 3
MAX_URL_BYTES = 2000


@dataclass(frozen=True, slots=True)
class ArticleContent:
    """What a reader sees of an article. ``precision``: minute, day or unknown; times aware."""

    url: str
    canonical_url: str
    title: str
    lead: str
    text: str
    published_at: datetime | None
    precision: str
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What became of a visit. ``outcome``: new, revision, unchanged, duplicate or gone.

    ``revision`` is the newest revision's number, 0 when there is no article. ``came_back``: the
    article had been gone.
    """

    outcome: str
    article_id: int | None
    revision: int
    came_back: bool = False


def record_page(
    page_id: int,
    *,
    at: datetime,
    snapshot: evidence.RawAnswer | None,
    content: ArticleContent,
    schedule: RevisitSchedule,
    store: WarcFolder,
) -> IntakeReport:
    """Record an article page. Raises ``Page.DoesNotExist``, ``OSError`` when evidence cannot be kept.

    An address that leads to an article already known by another address joins it ("duplicate") and
    is not visited again: the article's own address is.
    """
    try:
        return _record_page(page_id, at, snapshot, content, schedule, store)
    except IntegrityError:
        # Another worker made the same article a moment earlier; now it is there to be found.
        return _record_page(page_id, at, snapshot, content, schedule, store)


def record_gone(
    page_id: int,
    *,
    at: datetime,
    status: int,
    snapshot: evidence.RawAnswer | None,
    schedule: RevisitSchedule,
    store: WarcFolder,
) -> IntakeReport:
    """Record that a page answers 404 or 410. What was kept stays; the schedule goes on to its end."""
    with transaction.atomic():
        page = Page.objects.select_for_update().get(pk=page_id)
        _visited(page, Page.State.GONE)
        article = _locked_article(page)
        if article is None:
            page.due_at = schedule.next_due(None, page.found_at, at)
            page.save()
            return IntakeReport("gone", None, 0)
        if article.url == page.url:
            page.due_at = schedule.next_due(article.published_at, article.first_seen_at, at)
            if article.gone_at is None:
                proof = evidence.append(store, snapshot, article) if snapshot else None
                _event(article, ArticleEvent.Kind.GONE, at, status, proof)
                article.gone_at = article.changed_at = at
                _changed(article)
        else:
            page.due_at = None
        page.save()
    return IntakeReport("gone", article.pk, article.revision_count)


def record_page_failure(
    page_id: int,
    *,
    at: datetime,
    kind: str,
    message: str,
    retry_after: float | None = None,
    rng: random.Random | None = None,
) -> None:
    """Record that a visit failed (``kind`` as in ``crawlers.records.FailureKind``). Never gives up.

    Robots.txt and forbidden addresses, and pages that hold no article time after time, are asked
    about again after days only. A page already archived keeps its state.
    """
    rng = rng or random.Random()  # noqa: S311  (spreads load, guards nothing)
    with transaction.atomic():
        page = Page.objects.select_for_update().get(pk=page_id)
        page.lease_until = None
        repeated = page.last_error_kind == kind
        page.failures += 1
        page.last_error_kind = kind[:20]
        page.last_error = stored(message)
        hopeless = kind == "unreadable" and repeated and page.failures >= UNREADABLE_BEFORE_REFUSED
        refused = kind in REFUSALS or hopeless
        if refused:
            wait = page_wait_when_refused(page.failures, rng)
        else:
            wait = page_wait_after_failure(page.failures, retry_after, rng)
        if page.article_id is None:
            page.state = Page.State.REFUSED if refused else Page.State.FAILED
        page.due_at = at + timedelta(seconds=wait)
        page.save()


@transaction.atomic
def _record_page(
    page_id: int,
    at: datetime,
    snapshot: evidence.RawAnswer | None,
    content: ArticleContent,
    schedule: RevisitSchedule,
    store: WarcFolder,
) -> IntakeReport:
    page = Page.objects.select_for_update().get(pk=page_id)
    version = Version(stored(content.title), stored(content.lead), stored(content.text))
    digest = content_digest(version.title, version.lead, version.text)
    published_at, precision = _published(page, content, at)
    _visited(page, Page.State.FETCHED)

    article = _locked_article(page)
    canonical = ""
    if article is None:
        canonical = _fitting(page, canonical_of(page, content.url, content.canonical_url))
        article = Article.objects.select_for_update().filter(canonical_url=canonical).first()
        if article is not None and not same_article(article, version.title, version.text):
            canonical = page.url
            article = Article.objects.select_for_update().filter(canonical_url=canonical).first()
    if article is None:
        article = Article(
            outlet_id=page.outlet_id,
            url=page.url,
            canonical_url=canonical,
            language=content.language[:8],
            published_at=published_at,
            published_precision=precision,
            first_seen_at=at,
            revision_count=0,
            version=0,
        )
        outcome = "new"
    elif article.url != page.url:
        return _joined(page, article, published_at, precision)
    else:
        outcome = "unchanged" if article.digest == digest else "revision"

    came_back = article.gone_at is not None
    changed = _more_precise(article, published_at, precision) or came_back
    article.gone_at = None
    if outcome == "unchanged":
        if changed:
            _changed(article)
    else:
        _add_revision(article, version, digest, at, snapshot, store)
    if came_back:
        _event(article, ArticleEvent.Kind.BACK, at, snapshot.status if snapshot else None, None)
    page.article = article
    page.due_at = schedule.next_due(article.published_at, article.first_seen_at, at)
    page.save()
    return IntakeReport(outcome, article.pk, article.revision_count, came_back)


def _add_revision(
    article: Article,
    version: Version,
    digest: str,
    at: datetime,
    snapshot: evidence.RawAnswer | None,
    store: WarcFolder,
) -> None:
    """Make ``version`` the article's newest revision; saves the article."""
    changes = []
    if article.revision_count:
        changes = compare(Version(article.title, article.lead, article.text), version)
    article.title, article.lead, article.text = version.title, version.lead, version.text
    article.digest = digest
    article.segments = ""
    article.revision_count += 1
    article.changed_at = at
    article.needs_classify = article.needs_story = article.needs_signals = True
    _changed(article)
    proof = evidence.append(store, snapshot, article) if snapshot else None
    Revision.objects.create(
        article=article,
        number=article.revision_count,
        seen_at=at,
        title=version.title,
        lead=version.lead,
        text=version.text,
        digest=digest,
        snapshot=proof,
        material=is_material(changes),
        changes=[change.as_json() for change in changes],
    )


def _joined(page: Page, article: Article, published_at: datetime | None, precision: str) -> IntakeReport:
    if _more_precise(article, published_at, precision):
        _changed(article)
    page.article = article
    page.due_at = None
    page.save()
    return IntakeReport("duplicate", article.pk, article.revision_count)


def _locked_article(page: Page) -> Article | None:
    if page.article_id is None:
        return None
    return Article.objects.select_for_update().get(pk=page.article_id)


def _visited(page: Page, state: Page.State) -> None:
    page.state = state
    page.lease_until = None
    page.visits += 1
    page.failures = 0
    page.last_error_kind = page.last_error = ""


def _changed(article: Article) -> None:
    article.version += 1
    article.needs_index = True
    article.index_error = ""
    article.save()


def _event(
    article: Article, kind: ArticleEvent.Kind, at: datetime, status: int | None, proof: Snapshot | None
) -> None:
    ArticleEvent.objects.create(article=article, kind=kind, at=at, status=status, snapshot=proof)


def _published(page: Page, content: ArticleContent, at: datetime) -> tuple[datetime | None, str]:
    """The more precise of what the page and its source say; the page's own where they are equal."""
    told = [(content.published_at, content.precision), (page.found_published_at, page.found_precision)]
    credible = [
        (time, precision)
        for time, precision in told
        if time is not None and RANK.get(precision, 0) and time <= at + MAX_AHEAD
    ]
    return max(credible, key=lambda pair: RANK[pair[1]], default=(None, "unknown"))


def _more_precise(article: Article, published_at: datetime | None, precision: str) -> bool:
    if RANK[precision] <= RANK[article.published_precision]:
        return False
    article.published_at, article.published_precision = published_at, precision
    return True


def _fitting(page: Page, url: str) -> str:
    return url if len(url.encode()) <= MAX_URL_BYTES else page.url
