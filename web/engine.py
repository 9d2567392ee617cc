"""The search engine that the pages ask: one for the process, opened at the first search."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from search.port import SearchEngine
from search.service import open_engine


@cache
def engine() -> SearchEngine:
    """Opened from ``settings.DIEMBAO_SEARCH``. Raises ``EngineUnavailable``."""
    return open_engine(settings.DIEMBAO_SEARCH)
