"""Addresses of pages for messages. The paths are those of ``web/urls.py``; a test keeps them equal."""

from __future__ import annotations


def alert_page(public_url: str, alert_id: int) -> str:
    """The page of an alert; "" when nobody said where the pages are reached."""
    return f"{public_url}/canh-bao/{alert_id}/" if public_url else ""


def case_page(public_url: str, case_id: int) -> str:
    """The page of a case; "" when nobody said where the pages are reached."""
    return f"{public_url}/ho-so/{case_id}/" if public_url else ""


def inbox_page(public_url: str) -> str:
    """The inbox; "" when nobody said where the pages are reached."""
    return f"{public_url}/canh-bao/" if public_url else ""
