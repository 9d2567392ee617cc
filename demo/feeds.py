"""RSS 2.0, Atom and news sitemaps of a newsroom."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from demo.newsroom import Newsroom
from demo.timetable import VIETNAM

_ITEMS = 60


def rss(newsroom: Newsroom, moment: datetime) -> str:
    """The newest articles as RSS 2.0, with leads in CDATA as newspapers write them."""
    items = "".join(
        f"<item><title>{escape(one.draft.title)}</title>"
        f"<link>{newsroom.base}{one.scheduled.path}</link>"
        f'<guid isPermaLink="false">{one.scheduled.written.id}</guid>'
        f"<pubDate>{format_datetime(one.scheduled.published_at.astimezone(VIETNAM))}</pubDate>"
        f"<description><![CDATA[{escape(one.draft.lead)}]]></description></item>\n"
        for one in newsroom.shown(moment)[:_ITEMS]
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(newsroom.outlet.name)}</title><link>{newsroom.base}/</link>"
        f"<description>Tin mới</description><language>vi</language>\n{items}</channel></rss>"
    )


def atom(newsroom: Newsroom, moment: datetime) -> str:
    """The newest articles as Atom 1.0."""
    shown = newsroom.shown(moment)[:_ITEMS]
    entries = "".join(
        f"<entry><id>urn:demo:{one.scheduled.written.id}</id><title>{escape(one.draft.title)}</title>"
        f'<link rel="alternate" href="{newsroom.base}{one.scheduled.path}"/>'
        f"<published>{_utc(one.scheduled.published_at)}</published><updated>{_utc(one.changed_at)}</updated>"
        f"<summary>{escape(one.draft.lead)}</summary></entry>\n"
        for one in shown
    )
    newest = max((one.changed_at for one in shown), default=moment)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">'
        f"<title>{escape(newsroom.outlet.name)}</title><id>{newsroom.base}/</id>"
        f'<link href="{newsroom.base}/"/><updated>{_utc(newest)}</updated>\n{entries}</feed>'
    )


def sitemap(newsroom: Newsroom, moment: datetime) -> str:
    """A news sitemap of everything that stands on the site."""
    urls = "".join(
        f"<url><loc>{newsroom.base}{one.scheduled.path}</loc><news:news><news:publication>"
        f"<news:name>{escape(newsroom.outlet.name)}</news:name><news:language>vi</news:language>"
        f"</news:publication><news:publication_date>"
        f"{one.scheduled.published_at.astimezone(VIETNAM).isoformat(timespec='seconds')}"
        f"</news:publication_date><news:title>{escape(one.draft.title)}</news:title></news:news></url>\n"
        for one in newsroom.shown(moment)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>'
    )


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
