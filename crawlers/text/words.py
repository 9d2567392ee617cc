"""Small repairs every text gets: white space, invisible characters, left-over entities."""

from __future__ import annotations

import html
import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
TAG = re.compile(r"<[/!]?[A-Za-z][^<>]{0,500}>")


def one_line(text: str) -> str:
    """``text`` as one NFC line: invisible characters gone, runs of white space one blank."""
    return unicodedata.normalize("NFC", " ".join(INVISIBLE.sub("", text).split()))


def headline(text: str) -> str:
    """A title as a reader sees it, from feeds that encode entities twice or leave tags in."""
    for _ in range(2):
        if ENTITY.search(text):
            text = html.unescape(text)
    return one_line(TAG.sub(" ", text))
