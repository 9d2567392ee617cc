"""Addresses of our pages in documents, and which outward addresses may be followed.

The paths are those of ``web/urls.py``; a test keeps them equal.
"""

from __future__ import annotations

from urllib.parse import urlsplit


def article_page(base: str, article: int) -> str:
    """The page of an article; "" when nobody said where the pages are reached."""
    return f"{base}/bai/{article}/" if base else ""


def register_page(base: str, entry: int) -> str:
    """The page of an entry of the register; "" as above."""
    return f"{base}/so-lieu/muc/{entry}/" if base else ""


def case_page(base: str, case: int) -> str:
    """The page of a case; "" as above."""
    return f"{base}/ho-so/{case}/" if base else ""


def measure_page(base: str, week: str) -> str:
    """The page that lists what a week's briefing counted; "" as above."""
    return f"{base}/ban-tin/tuan/{week}/" if base else ""


def outward(url: str) -> str:
    """``url`` when a reader may follow it (http or https with a host), else ""."""
    if any(character <= " " or character == "\x7f" for character in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""
