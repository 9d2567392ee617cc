"""Front, section and article pages, in six designs as newspapers really build them."""
# ruff: noqa: E501 - markup reads better unbroken

from __future__ import annotations

import json
from datetime import datetime
from html import escape

from demo.newsroom import SECTION_NAMES, Newsroom, Shown
from demo.timetable import VIETNAM

_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_LISTED = 80
_RELATED = 5


def section_page(newsroom: Newsroom, moment: datetime, section: str) -> str:
    """The front page (``section`` empty) or one section, newest first."""
    items = "".join(
        f'<div class="story"><h3><a href="{one.scheduled.path}" title="{escape(one.draft.title)}">'
        f"{escape(one.draft.title)}</a></h3><p>{escape(one.draft.lead)}</p></div>\n"
        for one in newsroom.shown(moment, section)[:_LISTED]
    )
    heading = SECTION_NAMES.get(section, newsroom.outlet.name)
    return _document(newsroom, heading, "", f'<main class="list"><h1>{escape(heading)}</h1>\n{items}</main>')


def article_page(newsroom: Newsroom, moment: datetime, one: Shown, clock: str) -> str:
    """One article. ``clock`` is the time of day that a portal prints in its header."""
    written, draft = one.scheduled.written, one.draft
    published = one.scheduled.published_at.astimezone(VIETNAM)
    others = [other for other in newsroom.shown(moment) if other.scheduled is not one.scheduled][:_RELATED]
    related = _related(others)
    paragraphs = [f"<p>{escape(paragraph)}</p>" for paragraph in draft.paragraphs]
    figure = (
        f'<figure><img src="/anh/{written.id}.jpg" alt=""><figcaption>{escape(written.caption)}'
        "</figcaption></figure>"
        if written.caption
        else ""
    )
    title, lead = escape(draft.title), escape(draft.lead)
    day = f"{published:%d/%m/%Y}"
    weekday = _WEEKDAYS[published.weekday()]
    head = f'<link rel="canonical" href="{newsroom.base}{one.scheduled.path}">'
    match newsroom.habits.design:
        case "newspaper":
            head += _linked_data(newsroom, one)
            half = max(1, len(paragraphs) // 2)
            body = (
                f'<article class="detail"><h1 class="detail__title">{title}</h1>'
                f'<div class="detail__meta">{weekday}, {day} - {published:%H:%M} (GMT+7)</div>'
                f'<h2 class="sapo">{lead}</h2><div class="detail__content">{figure}'
                f"{_lines(paragraphs[:half])}{related}{_lines(paragraphs[half:])}</div></article>"
            )
        case "broadcaster":
            head += _open_graph(one)
            body = (
                f'<div class="main"><h1>{title}</h1><time datetime="{published.isoformat(timespec="minutes")}">'
                f'{published:%H:%M} | {day}</time><div class="summary"><strong>{lead}</strong></div>'
                f'<div class="body-text">{_lines(paragraphs)}{figure}</div></div>{related}'
            )
        case "portal":
            body = (
                f'<table class="khung"><tr><td class="noidung"><h1 class="tieude">{title}</h1>'
                f'<p class="ngay">Ngày đăng: {published:%d-%m-%Y %H:%M}</p><p class="trichyeu"><b>{lead}</b></p>'
                f"{_lines(paragraphs)}</td></tr></table>{related}"
            )
        case "national":
            head += _open_graph(one)
            body = (
                f'<section class="article"><h1 class="title-news">{title}</h1>'
                f'<p class="publish">{weekday}, ngày {day}, {published:%H:%M}</p>'
                f'<h2 class="description">{lead}</h2><article class="content">{figure}{_lines(paragraphs)}'
                f"</article></section>{related}"
            )
        case "weekly":
            head += _linked_data(newsroom, one)
            body = (
                f'<div id="content"><h1>{title}</h1><div class="meta">{published:%H:%M}, {weekday}, {day}</div>'
                f'<p class="chapeau"><em>{lead}</em></p><div class="article__body">{_lines(paragraphs)}{figure}'
                f"</div>{related}</div>"
            )
        case _:
            body = (
                f'<div class="doc"><h1>{title}</h1><span class="time">{published:%H:%M %d/%m/%Y}</span>'
                f'<div class="lead">{lead}</div>{_lines(paragraphs)}'
                f'<p class="source">Theo {escape(_origin_name(newsroom, one))}</p></div>{related}'
            )
    tags = "".join(f'<a href="/tim-kiem/?q={escape(tag)}">{escape(tag)}</a> ' for tag in written.tags)
    tags = f'<div class="tags">Từ khóa: {tags}</div>' if tags else ""
    return _document(newsroom, draft.title, head, f"{body}{tags}{_comments(newsroom)}", clock)


def message_page(text: str) -> str:
    """A page that only says something."""
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"></head><body><p>{text}</p></body></html>'
    )


def _document(newsroom: Newsroom, title: str, head: str, body: str, clock: str = "") -> str:
    name = escape(newsroom.outlet.name)
    nav = "".join(f'<a href="/{key}/">{SECTION_NAMES[key]}</a> ' for key in newsroom.sections)
    header_clock = f'<div class="clock">{clock}</div>' if clock else ""
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{escape(title)} | {name}</title>{head}</head>
<body><header>{header_clock}<a href="/">{name}</a><nav>{nav}<a href="/noi-bo/lich.html">Lịch nội bộ</a></nav></header>
<div class="banner">Quảng cáo: liên hệ phòng phát hành</div>
{body}
<footer>{name}, một tòa soạn không có thật của tỉnh Lam Giang. Trang này dùng để chạy thử Điểm Báo.</footer>
</body></html>"""


def _related(others: list[Shown]) -> str:
    links = "".join(
        f'<li><a href="{one.scheduled.path}">{escape(one.draft.title)}</a></li>' for one in others
    )
    return f'<div class="related"><b>Tin liên quan</b><ul>{links}</ul></div>'


def _comments(newsroom: Newsroom) -> str:
    if newsroom.habits.design == "portal":
        return ""
    return (
        '<section class="comments"><h3>Ý kiến bạn đọc</h3><p>Cảm ơn tòa soạn đã đưa tin.</p>'
        "<p>Mong cơ quan chức năng sớm trả lời.</p></section>"
    )


def _open_graph(one: Shown) -> str:
    published = one.scheduled.published_at.astimezone(VIETNAM).isoformat(timespec="seconds")
    return (
        f'<meta property="og:title" content="{escape(one.draft.title)}">'
        f'<meta property="og:description" content="{escape(one.draft.lead)}">'
        f'<meta property="article:published_time" content="{published}">'
    )


def _linked_data(newsroom: Newsroom, one: Shown) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": one.draft.title,
        "datePublished": one.scheduled.published_at.astimezone(VIETNAM).isoformat(timespec="seconds"),
        "dateModified": one.changed_at.astimezone(VIETNAM).isoformat(timespec="seconds"),
        "publisher": {"@type": "Organization", "name": newsroom.outlet.name},
    }
    text = json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _origin_name(newsroom: Newsroom, one: Shown) -> str:
    return newsroom.origins.get(one.scheduled.written.id, newsroom.outlet.name)


def _lines(paragraphs: list[str]) -> str:
    return "\n".join(paragraphs)
