"""An article's address that leads to the front page: how many sites take an article down."""

from __future__ import annotations

from datetime import datetime

from archive.evidence import RawAnswer
from archive.intake import IntakeReport, record_gone, record_page_failure
from archive.models import Page
from archive.polling import RevisitSchedule
from archive.warc import WarcFolder

KIND = "sent-home"
# A site that is being mended sends every reader home for a while: it is asked again before it is believed.
ASKED_AGAIN_S = 600.0


def record_sent_home(
    page_id: int,
    *,
    at: datetime,
    status: int,
    message: str,
    snapshot: RawAnswer,
    schedule: RevisitSchedule,
    store: WarcFolder,
) -> IntakeReport | None:
    """Record that a page redirects to the front page; ``status`` is the redirect's.

    Twice in a row the page is gone, as with 404, and ``snapshot`` is the proof. None: seen for the
    first time, asked again in ten minutes.
    """
    page = Page.objects.select_related("article").get(pk=page_id)
    known_gone = page.article is not None and page.article.gone_at is not None
    if not known_gone and page.last_error_kind != KIND:
        record_page_failure(page_id, at=at, kind=KIND, message=message, retry_after=ASKED_AGAIN_S)
        return None
    return record_gone(page_id, at=at, status=status, snapshot=snapshot, schedule=schedule, store=store)
