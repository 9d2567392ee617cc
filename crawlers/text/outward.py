"""Addresses that came from outside."""

from __future__ import annotations

from urllib.parse import urlsplit


def outward(url: str) -> str:
    """``url`` when a browser may follow it (http or https with a host), else ""."""
    if any(character <= " " or character == "\x7f" for character in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""
