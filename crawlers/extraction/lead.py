"""The lead (sapo): the summary between headline and text, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html

from crawlers.extraction.blocks import Block
from crawlers.extraction.elements import names_of
from crawlers.extraction.vocabulary import name_pattern
from crawlers.text.words import one_line

LONGEST = 1500  # characters
SHORTEST = 25
EMPHASISED = 0.9
LOOK_AHEAD = 150  # elements after the headline


def find_lead(body: html.HtmlElement, title: html.HtmlElement | None) -> html.HtmlElement | None:
    """The element named as a lead after the headline (or anywhere, when there is no headline)."""
    elements: list[html.HtmlElement] = [e for e in body.iter() if isinstance(e.tag, str)]
    start = elements.index(title) + 1 if title is not None and title in elements else 0
    for element in elements[start : start + LOOK_AHEAD]:
        names = names_of(element)
        if (
            element.tag in ("a", "li", "ul", "img")
            or not name_pattern("lead").search(names)
            or name_pattern("not_lead").search(names)
        ):
            continue
        text = one_line(element.text_content())
        if SHORTEST <= len(text) <= LONGEST and not _in_list(element, body):
            return element
    return None


def lead_text(element: html.HtmlElement) -> str:
    """The lead as one line; a place set before it as a stamp stays a word of its own."""
    for stamp in element.iter("span"):
        if "stamp" in names_of(stamp):
            stamp.tail = " " + (stamp.tail or "")
    return one_line(element.text_content())


def lead_among(blocks: list[Block], descriptions: Iterable[str]) -> int | None:
    """The index of a first block that is a lead by its look (all bold, a heading) or is the description."""
    for index, block in enumerate(blocks[:2]):
        if not SHORTEST <= len(block.text) <= LONGEST or len(blocks) - index < 3:
            continue
        stated = any(_same(block.text, description) for description in descriptions)
        looks = block.stressed >= EMPHASISED or block.element.tag in ("h2", "h3")
        if stated or (looks and block.words >= 15):
            return index
    return None


def _same(text: str, description: str) -> bool:
    return description.casefold().rstrip(".… ") == text.casefold().rstrip(".… ") != ""


def _in_list(element: html.HtmlElement, body: html.HtmlElement) -> bool:
    return any(a.tag in ("li", "ul", "aside", "a") for a in element.iterancestors() if a is not body)
