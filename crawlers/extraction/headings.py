"""The headline: the page's own h1, or what stands in its place in older layouts."""

from __future__ import annotations

import re
from collections import Counter

from lxml import html

from crawlers.extraction.elements import BLOCKS, names_of
from crawlers.extraction.vocabulary import name_pattern
from crawlers.text.words import headline

STAND_INS = ("h2", "h3", "h4", "div", "span", "td", "p", "b", "strong", "font")
SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " » ", " « ")
LONGEST = 400  # characters of a headline
SIMILAR = 0.45
EQUAL = 0.8


def find_headline(root: html.HtmlElement, expected: list[str]) -> html.HtmlElement | None:
    """The element that heads the article; ``expected`` are titles the page or its feed states."""
    ones = [(h, headline(h.text_content())) for h in root.iter("h1")]
    ones = [(h, text) for h, text in ones if text and len(text) <= LONGEST and not _is_logo(h)]
    if ones:
        best = max(ones, key=lambda pair: similarity(pair[1], expected))
        if similarity(best[1], expected) >= SIMILAR:
            return best[0]
    stand_in = _stand_in(root, expected)
    if stand_in is not None:
        return stand_in
    long = [h for h, text in ones if len(text.split()) >= 4]
    return long[0] if long else None


def similarity(text: str, expected: list[str]) -> float:
    """The best word F1 of ``text`` with an expected title or the part before its outlet's name."""
    return max((_f1(text, variant) for title in expected for variant in variants(title)), default=0.0)


def variants(title: str) -> list[str]:
    """A ``<title>`` and what is left of it without an appended or prepended outlet name."""
    out = [title]
    for separator in SEPARATORS:
        if separator in title:
            parts = (
                title.rpartition(separator)[0],
                title.partition(separator)[2],
                title.partition(separator)[0],
            )
            out += [part for part in parts if 2 * len(part) >= len(title)]
    return out


def _f1(one: str, other: str) -> float:
    a, b = Counter(one.casefold().split()), Counter(other.casefold().split())
    common = sum((a & b).values())
    return 2 * common / (a.total() + b.total()) if common else 0.0


def _stand_in(root: html.HtmlElement, expected: list[str]) -> html.HtmlElement | None:
    best: tuple[float, html.HtmlElement] | None = None
    for element in root.iter(*STAND_INS):
        if any(child.tag in BLOCKS for child in element) or _in_link(element):
            continue
        text = headline(element.text_content()[: LONGEST + 1])
        if not 8 <= len(text) <= LONGEST:
            continue
        score = similarity(text, expected)
        if score < (SIMILAR if name_pattern("title").search(names_of(element)) else EQUAL):
            continue
        if best is None or score > best[0] + 0.05:
            best = (score, element)
    return best[1] if best else None


def _is_logo(heading: html.HtmlElement) -> bool:
    """The outlet's name, which many pages head with an h1 that leads home."""
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    homes = [
        a for a in links if re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?#?", a.get("href") or "-")
    ]
    return bool(homes) or "site title" in names_of(heading)


def _in_link(element: html.HtmlElement) -> bool:
    return any(a.tag in ("a", "li", "nav", "head") for a in element.iterancestors())
