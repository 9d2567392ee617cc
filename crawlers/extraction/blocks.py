"""An element tree as the lines a reader sees, each with what the rules need to know of it."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree, html

from crawlers.extraction.elements import BLOCKS, HEADINGS, style_of
from crawlers.text.words import one_line

PICTURES = frozenset({"img", "picture", "video", "figure", "amp-img", "source"})
ITALIC = frozenset({"em", "i"})
EMPHASIS = frozenset({"em", "i", "b", "strong"})
SMALLEST_PICTURE = 60  # pixels; smaller ones are icons


@dataclass(slots=True)
class Block:
    """One line. ``linked``, ``stressed`` (bold or italic) and ``italic`` are shares of its characters."""

    text: str
    element: html.HtmlElement  # the block element that holds it
    linked: float = 0.0
    stressed: float = 0.0
    italic: float = 0.0
    after_picture: bool = False
    right: bool = False
    centred: bool = False

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.text.split())

    @property
    def is_heading(self) -> bool:
        """Whether it stands in h1 to h6."""
        return self.element.tag in HEADINGS


class _Line:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = self.stressed = self.italic = self.length = 0

    def add(self, text: str, in_link: bool, in_stress: bool, in_italic: bool) -> None:
        self.pieces.append(text)
        visible = len(text.strip())
        self.length += visible
        self.linked += visible if in_link else 0
        self.stressed += visible if in_stress else 0
        self.italic += visible if in_italic else 0


def blocks_of(container: html.HtmlElement) -> list[Block]:
    """The lines under ``container`` in document order; ``<br>`` and block elements end a line."""
    out: list[Block] = []
    line = _Line()
    stack: list[html.HtmlElement] = []
    links = stresses = italics = 0
    picture = False

    def flush() -> None:
        nonlocal line, picture
        text = one_line("".join(line.pieces))
        if text and stack:
            length = max(1, line.length)
            right, centred = _alignment(stack[-1])
            out.append(
                Block(
                    text=text,
                    element=stack[-1],
                    linked=line.linked / length,
                    stressed=line.stressed / length,
                    italic=line.italic / length,
                    after_picture=picture,
                    right=right,
                    centred=centred,
                )
            )
            picture = False
        line = _Line()

    for event, element in etree.iterwalk(container, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag in PICTURES and _is_large(element):
                flush()
                picture = True
            if tag in BLOCKS or element is container:
                flush()
                stack.append(element)
            elif tag == "br":
                flush()
            links += tag == "a"
            stresses += tag in EMPHASIS
            italics += tag in ITALIC
            if element.text:
                line.add(element.text, links > 0, stresses > 0, italics > 0)
        else:
            if tag in BLOCKS or element is container:
                flush()
                stack.pop()
            links -= tag == "a"
            stresses -= tag in EMPHASIS
            italics -= tag in ITALIC
            if element.tail and element is not container:
                line.add(element.tail, links > 0, stresses > 0, italics > 0)
            if tag == "td":
                line.add(" ", False, False, False)
    flush()
    return out


def _is_large(picture: html.HtmlElement) -> bool:
    width = picture.get("width") or ""
    return not (width.isdigit() and int(width) < SMALLEST_PICTURE)


def _alignment(element: html.HtmlElement) -> tuple[bool, bool]:
    style = style_of(element) + ";align:" + (element.get("align") or "").lower()
    return "align:right" in style, "align:center" in style
