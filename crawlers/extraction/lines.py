"""Which lines of an article's container are not its text: links to other articles, captions, signatures."""

from __future__ import annotations

import re

from crawlers.extraction.blocks import Block
from crawlers.extraction.vocabulary import line_pattern

POINTER = r"^[•*\-\s(]*{pointer}"
END = r"^{end}(?:\s*\(\d+\))?\s*:?$"
IMPRINT = r"{imprint}"
PHOTO_CREDIT = r"^\(?{picture}\s*(?:tư liệu)?\s*:\s*.{1,80}$"
CAPTION_END = (
    r"[\s(.\-–—]{picture}\s*(?::|-)\s*[^:]{1,60}$|\((?:ảnh|nguồn)[^()]{0,60}\)\.?$"
    r"|ảnh minh h(?:ọa|oạ)\.?$"
)
CREDIT = r"^\(?{credit}(?:\s*[:/.\-]\s*|\s+)(?:\S+\s*){0,10}\)?$"
BARE = r"^\(?{bare_signature}\)?\.?$"
WIDGET = r"^{widget}$"
NAME = re.compile(r"^[^\W\d_]+\.?$")
ASIDE = re.compile(r"\([^()]{0,40}\)")
BETWEEN_NAMES = re.compile(r"\s*[/,&\-–—]\s*|\s+và\s+")
SENTENCE_END = re.compile(r"[.!?]$")
LINKED = 0.8
LONGEST_CAPTION = 70  # words
LONGEST_POINTER = 45
LONGEST_SIGNATURE = 14
LONGEST_WIDGET = 12
LONGEST_END = 8
LONGEST_IMPRINT = 80


def is_pointer(block: Block) -> bool:
    """A line that sends the reader to another article."""
    if block.linked >= LINKED and block.words >= 4:
        return True
    if not line_pattern(POINTER).match(block.text):
        return False
    return block.words <= 7 or (block.linked >= 0.25 and block.words <= LONGEST_POINTER)


def is_end(block: Block) -> bool:
    """A heading of what follows an article: tags, comments, other articles."""
    return block.words <= LONGEST_END and bool(line_pattern(END).match(block.text))


def is_imprint(block: Block) -> bool:
    """A line of the page's foot: licence, publisher, terms."""
    return block.words <= LONGEST_IMPRINT and bool(line_pattern(IMPRINT).search(block.text))


def is_caption(block: Block) -> bool:
    """The line under a picture, or the credit of one."""
    if block.words <= LONGEST_SIGNATURE and line_pattern(PHOTO_CREDIT).match(block.text):
        return True
    if not block.after_picture or block.words > LONGEST_CAPTION or block.is_heading:
        return False
    return bool(line_pattern(CAPTION_END).search(block.text)) or block.italic >= 0.9 or block.centred


def is_widget(block: Block) -> bool:
    """A label of a button."""
    return block.words <= LONGEST_WIDGET and bool(line_pattern(WIDGET).match(block.text))


def is_signature(block: Block) -> bool:
    """Who wrote it or where it was taken from, on a line of its own at the end."""
    text = block.text.strip(" .*-–—")
    if block.words > LONGEST_SIGNATURE or not text:
        return not text
    if line_pattern(BARE).match(text):
        return True
    if line_pattern(CREDIT).match(text) and not SENTENCE_END.search(block.text):
        return True
    if block.right:
        return True
    names = BETWEEN_NAMES.sub(" ", ASIDE.sub(" ", text)).split()
    return (
        1 <= len(names) <= 8
        and all(NAME.match(name) and name[0].isupper() for name in names)
        and not block.is_heading
        and block.text[-1] not in "!?:"
    )
