"""Small questions about elements that every rule asks."""

from __future__ import annotations

import re

from lxml import html

BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    ]
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SPLIT = re.compile(r"[\s_\-:.,/]+")
NAMING = ("class", "id", "type", "data-role", "data-type", "itemprop", "role")


def names_of(element: html.HtmlElement) -> str:
    """Class, id and role of an element as lower-case words: ``detail-sapo`` is ``detail sapo``."""
    stated = " ".join(element.get(key) or "" for key in NAMING)
    return SPLIT.sub(" ", CAMEL.sub(" ", stated[:300])).lower().strip()


def style_of(element: html.HtmlElement) -> str:
    """The inline style without blanks, lower case."""
    return re.sub(r"\s+", "", (element.get("style") or "")[:500]).lower()


def drop(element: html.HtmlElement) -> None:
    """Takes an element out of the tree; the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()
