"""Where the article's text stands: trafilatura finds it, the tree tells its bounds."""

from __future__ import annotations

import copy
import re

import trafilatura
from lxml import html

from crawlers.extraction.blocks import Block

MASS = 0.9  # share of the found text that the container must hold
KEY = 48  # characters that identify a line
INLINE = frozenset(
    [
        "p",
        "span",
        "b",
        "strong",
        "em",
        "i",
        "u",
        "font",
        "a",
        "h2",
        "h3",
        "h4",
        "blockquote",
        "li",
    ]
)


def locate(body: html.HtmlElement, blocks: list[Block]) -> html.HtmlElement:
    """The smallest element under ``body`` that holds the article's text.

    ``blocks`` are the lines of ``body``. Without a finding of trafilatura's, long lines with few links
    decide; without those the body itself is the container.
    """
    anchors = _anchors(body, blocks)
    total = sum(len(b.text) for b in anchors)
    if not total:
        return body
    mass: dict[html.HtmlElement, int] = {}
    for block in anchors:
        element: html.HtmlElement | None = block.element
        while element is not None:
            mass[element] = mass.get(element, 0) + len(block.text)
            element = element.getparent() if element is not body else None
    container = body
    while True:
        heavy = [child for child in container if mass.get(child, 0) >= MASS * total]
        if not heavy or heavy[0].tag in INLINE:
            return container
        container = heavy[0]


def _anchors(body: html.HtmlElement, blocks: list[Block]) -> list[Block]:
    found = _squeezed(_by_trafilatura(body))
    anchors = [b for b in blocks if b.linked < 0.5 and b.words >= 4 and _squeezed(b.text)[:KEY] in found]
    if sum(b.words for b in anchors) >= 20:
        return anchors
    return [b for b in blocks if b.linked < 0.3 and b.words >= 10]


def _by_trafilatura(body: html.HtmlElement) -> str:
    root = html.Element("html")
    root.append(copy.deepcopy(body))
    document = trafilatura.bare_extraction(
        root, fast=True, include_comments=False, include_tables=True, with_metadata=False
    )
    return str(getattr(document, "text", None) or "")


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
