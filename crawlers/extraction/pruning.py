"""Takes out of a page what is never part of an article: scripts, menus, related boxes, captions, comments.

General rules over element names; a rule never takes the headline with it, nor most of the page's text.
"""

from __future__ import annotations

import re

from lxml import html

from crawlers.extraction.elements import BLOCKS, drop, names_of, style_of
from crawlers.extraction.vocabulary import name_pattern

NEVER_TEXT = (
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "link", "meta", "map"),
    *("form", "button", "input", "select", "textarea", "svg", "canvas", "audio", "nav", "footer", "dialog"),
    *("figcaption", "amp-ad", "amp-iframe", "amp-analytics", "amp-sidebar", "amp-social-share", "amp-list"),
)
HIDDEN = re.compile(r"display:none|visibility:hidden")
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
    if (
        HIDDEN.search(style_of(element))
        or element.get("hidden") is not None
        or name_pattern("hidden").search(names)
    ):
        return share < MOST_OF_PAGE
    if element.tag == "figure":
        return share < CONTENT_SHARE or weights.text[element] < 600
    if not names:
        return element.tag == "table" and _is_picture(element, names)
    if element.tag == "table" and _is_picture(element, names):
        return True
    if name_pattern("caption").search(names) and len(element.text_content().split()) <= LONGEST_CAPTION:
        return True
    if name_pattern("signature").search(names) and len(element.text_content().split()) <= LONGEST_SIGNATURE:
        return True
    is_content = bool(name_pattern("content").search(names))
    if name_pattern("talk").search(names):
        return not is_content or share < CONTENT_SHARE
    if name_pattern("furniture").search(names):
        return share < (CONTENT_SHARE if is_content else MOST_OF_PAGE)
    return False


def _is_picture(table: html.HtmlElement, names: str) -> bool:
    if table.find(".//img") is None and not name_pattern("picture").search(names):
        return False
    words = len(table.text_content().split())
    return words <= LONGEST_CAPTION and len(table.findall(".//p")) <= 3
