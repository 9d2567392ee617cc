"""Addresses of our pages in documents.

The paths are those of ``web/urls.py``; a test keeps them equal.
"""

from __future__ import annotations


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
