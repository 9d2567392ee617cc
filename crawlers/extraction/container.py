"""Where the article's text stands: trafilatura finds it, the tree tells its bounds."""

from __future__ import annotations

import copy
import re

import trafilatura
from lxml import html

from crawlers.extraction.blocks import Block

MASS = 0.6  # share of the found text that the container must hold
LITTLE = 12  # text beside the container counts when it is at least one part in so many
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
    mass = _mass(anchors, body)
    linked = _mass([b for b in blocks if b.linked >= 0.5], body)
    container = body
    while True:
        heaviest = max(container, key=lambda child: mass.get(child, 0), default=None)
        if (
            heaviest is None
            or heaviest.tag in INLINE
            or mass.get(heaviest, 0) < MASS * mass.get(container, 0)
        ):
            return container
        if any(_continues(child, heaviest, mass, linked) for child in container if child is not heaviest):
            return container
        container = heaviest


def _mass(blocks: list[Block], body: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """Characters of ``blocks`` under each element up to ``body``."""
    mass: dict[html.HtmlElement, int] = {}
    for block in blocks:
        element: html.HtmlElement | None = block.element
        while element is not None:
            mass[element] = mass.get(element, 0) + len(block.text)
            element = element.getparent() if element is not body else None
    return mass


def _continues(
    sibling: html.HtmlElement,
    heaviest: html.HtmlElement,
    mass: dict[html.HtmlElement, int],
    linked: dict[html.HtmlElement, int],
) -> bool:
    """Whether text beside the heaviest part belongs to the article too: no list of links, and not little."""
    own = mass.get(sibling, 0)
    if not own or linked.get(sibling, 0):
        return False
    alike = sibling.tag == heaviest.tag and sibling.get("class") == heaviest.get("class")
    return alike or own * LITTLE >= mass[heaviest]


def _anchors(body: html.HtmlElement, blocks: list[Block]) -> list[Block]:
    found = _squeezed(_by_trafilatura(body))
    anchors = [b for b in blocks if b.linked < 0.5 and b.words >= 4 and _squeezed(b.text)[:KEY] in found]
    if sum(b.words for b in anchors) >= 20:
        return anchors
    return [b for b in blocks if b.linked < 0.3 and b.words >= 10]


def _by_trafilatura(body: html.HtmlElement) -> str:
    root = html.Element("html")
    root.append(copy.deepcopy(body))
    try:
        document = trafilatura.bare_extraction(
            root, fast=True, include_comments=False, include_tables=True, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, IndexError, AssertionError, RecursionError):
        return ""  # a tree it cannot take; the caller then goes by the lines themselves
    return str(getattr(document, "text", None) or "")


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
