"""Takes out of a page what is never part of an article: scripts, menus, related boxes, captions, comments.

General rules over element names; a rule never takes the headline with it, nor most of the page's text.
"""

from __future__ import annotations

import re

from lxml import html

from crawlers.extraction.elements import BLOCKS, drop, names_of, style_of

NEVER_TEXT = (
    "script style noscript template iframe object embed form button input select textarea svg canvas audio nav "
    "footer dialog map figcaption amp-ad amp-iframe amp-analytics amp-sidebar amp-social-share amp-list link meta"
).split()
FURNITURE = re.compile(
    r"\b(?:relat(?:ed|e)\w*|tin lien quan|lien ?quan|xem them|doc them|read ?more|more news|recommend\w*|suggest\w*|"
    r"most (?:view|read)\w*|doc nhieu|xem nhieu|tin (?:moi|khac|nong|hot)|cung chuyen muc|cung muc|same cat\w*|other ?news|"
    r"sidebar|side bar|outbrain|taboola|mgid|newsletter|subscri\w+|social\w*|share|sharing|chia se|breadcrumbs?|bread crumb|"
    r"ads?|advert\w*|adsense|banner|quang ?cao|sponsor\w*|tags?|tag list|keywords?|tu khoa|copyright|footer|foot|menu|"
    r"navbar|navigation|toolbars?|tool ?box|rating|vote|print|popup|modal|login|poll|survey|font size|skip link|"
    r"next prev|prev next|pagination|paging|topic box|box topic|event box|widget)\b"
)
TALK = re.compile(r"\b(?:comments?|binh ?luan|y ?kien|disqus|fb comments|reactions?|phan hoi)\b")
CAPTION = re.compile(
    r"\b(?:captions?|chu ?thich|desc cation|photo ?desc|img ?desc|image ?desc|pic ?desc|photo ?cms ?caption|photocms|"
    r"wp caption|image credit|photo credit|tpl ?caption)\b"
)
SIGNATURE = re.compile(
    r"\b(?:author\w*|byline|by line|tac gia|tacgia|nguon|source|credit|signature|but danh|writer|reporter|editor|"
    r"ky ten|nguoi viet)\b"
)
CONTENT = re.compile(r"\b(?:article|content|body|detail|entry|post|main|noi dung|news)\b")
HIDDEN = re.compile(r"display:none|visibility:hidden")
HIDDEN_NAME = re.compile(r"\b(?:sr only|visually hidden|screen reader text)\b")
PICTURE_TABLE = re.compile(r"\b(?:picture|image|img|photo|pic|anh|tpl caption)\b")
LONGEST_CAPTION = 120  # words
LONGEST_SIGNATURE = 30  # words
MOST_OF_PAGE = 0.5
CONTENT_SHARE = 0.2


class Weights:
    """Characters of text and of linked text under each element, counted once for the whole tree."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.text: dict[html.HtmlElement, int] = {}
        self.linked: dict[html.HtmlElement, int] = {}
        for element in reversed(list(root.iter())):
            own = self.text.get(element, 0) + len((element.text or "").strip())
            self.text[element] = own
            if element.tag == "a":
                self.linked[element] = own
            parent = element.getparent()
            if parent is not None:
                self.text[parent] = self.text.get(parent, 0) + own + len((element.tail or "").strip())
                self.linked[parent] = self.linked.get(parent, 0) + self.linked.get(element, 0)

    def plain(self, element: html.HtmlElement) -> int:
        """Characters that are not linked."""
        return self.text.get(element, 0) - self.linked.get(element, 0)


def prune(body: html.HtmlElement, title: html.HtmlElement | None) -> None:
    """Removes furniture from ``body`` in place; ``title`` and its ancestors stay."""
    kept = set(title.iterancestors()) | {title} if title is not None else set()
    for element in list(body.iter(*NEVER_TEXT)):
        if element not in kept and not _holds_page(element):
            drop(element)
    weights = Weights(body)
    page = max(1, weights.plain(body))
    for element in list(body.iter()):
        if element is body or element in kept or not isinstance(element.tag, str):
            continue
        if element.getparent() is None:
            continue
        if _in_sentence(element, weights):
            continue
        if _is_furniture(element, weights, page):
            drop(element)


def _in_sentence(element: html.HtmlElement, weights: Weights) -> bool:
    """A linked name within a sentence is text, whatever its class says."""
    parent = element.getparent()
    if element.tag in BLOCKS or parent is None or parent.tag not in ("p", "li", "td", "blockquote"):
        return False
    return weights.text[parent] > 2 * weights.text[element]


def _holds_page(element: html.HtmlElement) -> bool:
    """ASP.NET wraps the whole page in one form."""
    return element.tag == "form" and (element.find(".//h1") is not None or len(element.findall(".//p")) > 3)


def _is_furniture(element: html.HtmlElement, weights: Weights, page: int) -> bool:
    share = weights.plain(element) / page
    names = names_of(element)
    if HIDDEN.search(style_of(element)) or element.get("hidden") is not None or HIDDEN_NAME.search(names):
        return share < MOST_OF_PAGE
    if element.tag == "figure":
        return share < CONTENT_SHARE or weights.text[element] < 600
    if not names:
        return element.tag == "table" and _is_picture(element, names)
    if element.tag == "table" and _is_picture(element, names):
        return True
    if CAPTION.search(names) and len(element.text_content().split()) <= LONGEST_CAPTION:
        return True
    if SIGNATURE.search(names) and len(element.text_content().split()) <= LONGEST_SIGNATURE:
        return True
    is_content = bool(CONTENT.search(names))
    if TALK.search(names):
        return not is_content or share < CONTENT_SHARE
    if FURNITURE.search(names):
        return share < (CONTENT_SHARE if is_content else MOST_OF_PAGE)
    return False


def _is_picture(table: html.HtmlElement, names: str) -> bool:
    if table.find(".//img") is None and not PICTURE_TABLE.search(names):
        return False
    words = len(table.text_content().split())
    return words <= LONGEST_CAPTION and len(table.findall(".//p")) <= 3
