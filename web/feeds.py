"""RSS and Atom of a saved search: the newest articles, without authors, the same bytes for the same state."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import gettext as _

from archive.models import Article
from crawlers.text.outward import outward
from search.port import SearchEngine, SearchRequest, Sort
from search.query import parse
from web.choices import Choices
from web.models import SavedSearch

SIZE = 50
FORMS = {
    "rss": (feedgenerator.Rss201rev2Feed, "application/rss+xml; charset=utf-8"),
    "atom": (feedgenerator.Atom1Feed, "application/atom+xml; charset=utf-8"),
}
# Characters that XML 1.0 cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Newest:
    """What a feed is made of."""

    articles: tuple[Article, ...]
    etag: str
    changed_at: datetime


def newest(search: SavedSearch, choices: Choices, door: SearchEngine) -> Newest:
    """The newest matches. Raises ``EngineUnavailable``, ``QuerySyntaxError``."""
    request = SearchRequest(
        query=parse(choices.q), filters=choices.filters, sort=Sort.NEWEST, size=SIZE, highlight=False
    )
    hits = door.search(request).hits
    articles_found = Article.objects.select_related("outlet").defer("text", "segments")
    rows = articles_found.in_bulk([hit.id for hit in hits])
    articles = tuple(rows[hit.id] for hit in hits if hit.id in rows)
    state = [f"{search.pk} {search.changed_at.isoformat()}"]
    state += [f"{article.pk} {article.changed_at.isoformat()}" for article in articles]
    return Newest(
        articles,
        hashlib.sha256("\n".join(state).encode()).hexdigest(),
        max([search.changed_at, *(article.changed_at for article in articles)]),
    )


def write(form: str, search: SavedSearch, found: Newest, request: HttpRequest) -> bytes:
    """The feed as bytes."""
    kind, _content_type = FORMS[form]
    site = settings.DIEMBAO_ALERTS.public_url or request.build_absolute_uri("/").rstrip("/")
    feed = kind(
        title=_text(_("Điểm Báo: %(name)s") % {"name": search.name}),
        link=f"{site}{reverse('web:search')}?{search.params}",
        feed_url=f"{site}{request.path}",
        description=_text(_("Bài mới nhất khớp với câu tìm đã lưu “%(name)s”.") % {"name": search.name}),
        language="vi",
    )
    for article in found.articles:
        page = f"{site}{reverse('web:article', args=(article.pk,))}"
        feed.add_item(
            title=_text(article.title),
            link=outward(article.url) or page,
            description=_text(article.lead),
            unique_id=page,
            unique_id_is_permalink=False,
            pubdate=article.published_at or article.first_seen_at,
            updateddate=article.changed_at,
            categories=(_text(article.outlet.name),),
        )
    feed.latest_post_date = lambda: found.changed_at  # type: ignore[method-assign]  # never the clock
    return feed.writeString("utf-8").encode()


def _text(text: str) -> str:
    return _UNWRITABLE.sub("", text)
