"""HTML text to an element tree, with a parser that fetches nothing and forgives much."""

from __future__ import annotations

import re

from lxml import etree, html

from crawlers.errors import Unreadable
from crawlers.records import FailureKind

MAX_BYTES = 10 * 1024 * 1024
CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127|6553[45])|x0*(?:[0-8bcef]|1[0-9a-f]|7f|fff[ef]))(?:;|(?![\da-f]))",
    re.IGNORECASE,
)
LONG_TAG = re.compile(r"<[A-Za-z][^<>]{20000,}")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
MAX_ATTRIBUTES = 2_000  # of one tag; the parser compares each with all others
MAX_ELEMENTS = 60_000  # pages of the press have under 10,000


def parse_html(text: str, url: str) -> html.HtmlElement:
    """The root element of a page, or ``Unreadable`` when there is nothing in it or far too much."""
    text = CONTROL_REFERENCE.sub("", text)
    if any(len(QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES for tag in LONG_TAG.finditer(text)):
        raise Unreadable(
            FailureKind.TOO_LARGE, f"{url}: một thẻ có hàng nghìn thuộc tính; không phải bài viết."
        )
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Unreadable(FailureKind.UNREADABLE, f"{url}: trang rỗng, không phải HTML ({error}).") from error
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise Unreadable(
            FailureKind.TOO_LARGE,
            f"{url}: trang có hơn {MAX_ELEMENTS:,} phần tử; không phải bài viết.",
        )
    return root


def require_size(body: bytes, url: str) -> None:
    """Raises ``Unreadable`` when a page is larger than 10 MB."""
    if len(body) > MAX_BYTES:
        raise Unreadable(
            FailureKind.TOO_LARGE,
            f"{url}: trang dài {len(body):,} byte, quá giới hạn {MAX_BYTES:,}; không phải bài viết.",
        )
