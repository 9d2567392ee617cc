"""Section pages: the article links a reader sees, in page order."""

from __future__ import annotations

import regex
from lxml import html

from crawlers.errors import Unreadable
from crawlers.records import FailureKind, FoundLink
from crawlers.text.charset import decode
from crawlers.text.pages import parse_html, require_size
from crawlers.text.urls import absolute_url, canonical_url, same_site
from crawlers.text.words import headline

MAX_LINKS = 20_000  # anchors looked at
PATIENCE = 0.1  # seconds that a pattern may take for one address
# Without a rule: a last part of four words or more, and no page that only lists others.
LISTS = r"tags?|tu-khoa|chu-de|su-kien|tac-gia|authors?|search|tim-kiem|category|chuyen-muc"
SLUG = rf"^(?!.*/(?:{LISTS})/).*/[^/?]*-[^/?]*-[^/?]*-[^/?]*[^/]*$"


def read_listing(body: bytes, *, url: str, article_url: str) -> tuple[FoundLink, ...]:
    """The links of a section page received from ``url`` that ``article_url`` matches.

    Same registrable host, page order, each address once; the title is the longest link text or
    ``title`` attribute. An empty ``article_url`` takes addresses that end in a slug. Raises
    ``Unreadable`` for bytes that are no page, and for a pattern that is invalid or runs away.
    """
    require_size(body, url)
    pattern = _compiled(article_url, url)
    document = parse_html(decode(body, url=url), url)
    base = next((b.get("href") or "" for b in document.iter("base")), "")
    base = absolute_url(base, url) or url
    titles: dict[str, str] = {}
    for number, anchor in enumerate(document.iter("a")):
        if number >= MAX_LINKS:
            break
        link = absolute_url(anchor.get("href") or "", base)
        if not link or link == canonical_url("", url) or not same_site(link, url):
            continue
        if link not in titles and not _matches(pattern, link, article_url, url):
            continue
        title = max(_titles(anchor), key=len)
        if len(title) > len(titles.setdefault(link, "")):
            titles[link] = title
    return tuple(FoundLink(url=link, title=title) for link, title in titles.items())


def is_article(link: str, *, article_url: str) -> bool:
    """Whether an address is that of an article, by the outlet's rule. Raises ``Unreadable`` as above."""
    return _matches(_compiled(article_url, link), link, article_url, link)


def _compiled(article_url: str, url: str) -> regex.Pattern[str]:
    try:
        return regex.compile(article_url or SLUG)
    except regex.error as error:
        raise Unreadable(
            FailureKind.UNREADABLE,
            f"{url}: article_url {article_url!r} không phải biểu thức chính quy ({error}); hãy sửa quy tắc.",
        ) from error


def _matches(pattern: regex.Pattern[str], link: str, article_url: str, url: str) -> bool:
    try:
        return pattern.search(link, timeout=PATIENCE) is not None
    except TimeoutError as error:
        raise Unreadable(
            FailureKind.UNREADABLE,
            f"{url}: article_url {article_url!r} chạy quá lâu với {link}; tránh lặp lồng nhau.",
        ) from error


def _titles(anchor: html.HtmlElement) -> list[str]:
    shown = headline(" ".join(anchor.itertext()))
    return [shown] if len(shown) > 20 else [shown, headline(anchor.get("title") or "")]
